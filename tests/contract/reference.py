"""What the questions must find, worked out the slow way: no engine, no query tree, no planning.

Only the analysis of words, the thesaurus and the speller are the product's own; what matches, who sees it and what
is counted is said here once more, entry by entry.
"""

import re
from collections import Counter
from dataclasses import dataclass

from search.analysis import query_words, tokenize
from search.documents import PUBLIC, SearchDocument
from search.spelling import Speller
from search.synonyms import expand
from tests.contract.collection import CODES, Question

ENOUGH = 10
RARE_SHARE = 0.01
CANDIDATES = 3


@dataclass
class Expected:
    """The answer to one question."""

    ids: set[int]
    facets: dict[str, dict[str, int]]
    relaxed: bool
    ordered: list[int]


def stems_of(text: str) -> set[str]:
    """Return the stems of a text."""
    return {token.stem for token in tokenize(text)}


def text_of(face: SearchDocument) -> str:
    """Return everything of a face that can be searched."""
    parts = (face.title, face.brand_name, face.expansion, face.summary, *face.body, *face.names, *face.extra)
    return "\n".join(parts)


def _folded(face: SearchDocument) -> list[str]:
    """Return the texts of a face in small letters without signs, each between spaces."""
    heading = " ".join(filter(None, (face.title, face.brand_name, face.expansion)))
    parts = (heading, face.summary, *face.body, *face.names, *face.extra)
    return [" " + " ".join(re.findall(r"\w+", part.casefold())) + " " for part in parts]


def facets_of(face: SearchDocument) -> dict[str, set[str]]:
    """Return the facet values of a face."""
    found = {code: set(values) for code, values in face.facets.items()}
    found["year"] = {str(face.year)}
    return found


class Reference:
    """Answers questions about a collection."""

    def __init__(self, faces: list[SearchDocument]) -> None:
        self.faces = faces
        self.texts = {face.key: _folded(face) for face in faces}
        self.stems = {face.key: stems_of(text_of(face)) for face in faces}
        self.frequencies = Counter(stem for stems in self.stems.values() for stem in stems)
        self.vocabulary: Counter[str] = Counter()
        for face in faces:
            if PUBLIC in face.scopes:
                words = {token.surface for token in tokenize(text_of(face))} | self.stems[face.key]
                self.vocabulary.update(words)

    def visible(self, scopes: frozenset[str]) -> list[SearchDocument]:
        """Return one face an entry: its draft if the asker may see it, else the live one if they may see that."""
        chosen: dict[int, SearchDocument] = {}
        for face in self.faces:
            if face.scopes & scopes and (face.source_id not in chosen or face.key.endswith(":draft")):
                chosen[face.source_id] = face
        return list(chosen.values())

    def groups(self, question: Question, seen: list[SearchDocument]) -> list[list[set[str]]]:
        """Return the content words; each is a list of alternatives, each alternative a set of stems to be held."""
        words = query_words(question.words)[:32]
        content = [word for word in words if word.role == "content"] or words
        groups: dict[str, list[set[str]]] = {}
        for word in content:
            groups.setdefault(word.stem, [{word.stem}])
        for expansion in expand(words):
            for word in words[slice(*expansion.span)]:
                if word.stem in groups:
                    groups[word.stem].append(set(expansion.terms))
        for word in words:
            known = any(word.stem in self.stems[face.key] for face in seen)
            if word.role == "content" and not known:
                for candidate, _ in Speller(self.vocabulary).candidates(word.surface)[:CANDIDATES]:
                    groups[word.stem].append(stems_of(candidate))
        return list(groups.values())

    def holds(self, face: SearchDocument, groups: list[list[set[str]]]) -> int:
        """Return how many of the words a face holds."""
        stems = self.stems[face.key]
        return sum(any(alternative <= stems for alternative in group) for group in groups)

    def allowed(self, face: SearchDocument, question: Question) -> bool:
        """Return whether a face holds every phrase as it is written, and nothing that rules it out."""
        phrases = all(any(f" {phrase} " in text for text in self.texts[face.key]) for phrase in question.phrases)
        return phrases and not any(stem in self.stems[face.key] for stem in question.without)

    def strictly(self, face: SearchDocument, groups: list[list[set[str]]]) -> bool:
        """Return whether a face holds enough: both of two words, two of more or the one rare word."""
        if self.holds(face, groups) >= min(len(groups), 2):
            return True
        own = sorted((self.frequencies[stem], stem) for group in groups for stem in group[0])
        own = [one for one in own if one[0]]
        if len(groups) < 3 or not own or own[0][0] > RARE_SHARE * len(self.faces):
            return False
        return own[0][1] in self.stems[face.key]

    def answer(self, question: Question) -> Expected:
        """Return what a question must find."""
        seen = self.visible(question.scopes)
        groups = self.groups(question, seen)
        allowed = [face for face in seen if self.allowed(face, question)]
        matching, relaxed = allowed, False
        if groups:
            matching = [face for face in allowed if self.strictly(face, groups)]
            loosely = allowed if question.phrases else [face for face in allowed if self.holds(face, groups)]
            may_relax = len(groups) > 1 or question.phrases
            if len(matching) < ENOUGH and may_relax and len(loosely) > len(matching):
                matching, relaxed = loosely, True
        found = [face for face in matching if _passes(face, question.filters)]
        facets = {}
        for code in CODES:
            others = {other: values for other, values in question.filters.items() if other != code}
            counted = [value for face in matching if _passes(face, others) for value in facets_of(face).get(code, ())]
            facets[code] = dict(Counter(counted))
        return Expected(
            ids={face.source_id for face in found},
            facets=facets,
            relaxed=relaxed,
            ordered=[face.source_id for face in sorted(found, key=ORDERS.get(question.sort, ORDERS["newest"]))],
        )


def _passes(face: SearchDocument, filters: dict[str, tuple[str, ...]]) -> bool:
    values = facets_of(face)
    return all(values.get(code, set()) & set(chosen) for code, chosen in filters.items())


ORDERS = {
    "newest": lambda face: (-face.published_at, face.source_id),
    "evidence": lambda face: (-face.evidence_level, -face.published_at, face.source_id),
    "adoptions": lambda face: (-face.adoption_count, -(face.published_at // 86_400), face.source_id),
}
