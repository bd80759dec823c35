"""What a text asks for: its words, their synonyms, and corrections of words that nobody's reader can find.

Nothing here depends on documents that the asker may not see: whether a word is unknown is counted within the
asker's scopes, and corrections come from public documents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.analysis import QueryWord, index_terms, query_words, tokenize
from search.documents import fold_name
from search.engines.base import Engine, EngineRequest
from search.planning import NO_OPERATORS, Correction, Operators, Plan, Statistics, make_plan, stems_needed
from search.query import MAX_WORDS
from search.query_language import MAX_WITHOUT, Parsed, Piece, parse
from search.spelling import Speller
from search.synonyms import Ambiguity, Expansion, Thesaurus, ambiguities, expand
from search.tree import Node, Term, all_of, words_in_order

CANDIDATES = 3
#: A joined spelling counts as two words when it is at least this common beside the two.
JOINED_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, understood."""

    parsed: Parsed
    words: tuple[QueryWord, ...]
    """The plain words, without those of phrases."""
    plan: Plan | None
    """How to search for it; ``None`` for a text without a word."""
    corrections: tuple[Correction, ...] = ()
    """Of plain words, whose candidates are searched too, and of those in phrases, which hold as they are typed."""
    ambiguities: tuple[Ambiguity, ...] = ()

    @property
    def corrected_text(self) -> str:
        """Return the text with every unknown word to be found replaced by its best candidate."""
        best = {correction.surface: correction.candidates[0][0] for correction in self.corrections}
        asked = [range(piece.start, piece.end) for piece in self.parsed.of("words", "phrase")]
        text = self.parsed.raw
        pieces, at = [], 0
        for token in tokenize(text):
            if token.surface in best and token.start >= at and any(token.start in part for part in asked):
                pieces += [text[at : token.start], best[token.surface]]
                at = token.end
        return "".join([*pieces, text[at:]])


def read(
    engine: Engine,
    text: str,
    scopes: frozenset[str],
    correct: bool = True,
    synonyms: bool = True,
    known: Thesaurus | None = None,
) -> Reading:
    """Return what ``text`` asks for; ``correct=False`` takes it literally, ``synonyms=False`` in its own words.

    ``known`` stands in for the thesaurus in use.
    """
    parsed = parse(text)
    words = tuple(query_words(parsed.free)[:MAX_WORDS])
    operators = _operators(parsed) if parsed.has_operators else NO_OPERATORS
    expansions = [*expand(words, known)] if synonyms and words else []
    pairs = _pairs(words) if synonyms else {}
    needed = stems_needed((*words, *operators.said), expansions, ()) | set(pairs.values())
    total, frequencies = engine.frequencies(needed) if needed else (0, {})
    expansions += _joined(engine, words, scopes, pairs, frequencies)
    corrections = _corrections(engine, operators.said or words, frequencies, scopes) if correct else []
    plain = {word.surface for word in words}
    searched = [correction for correction in corrections if correction.surface in plain]
    missing = stems_needed((), (), searched) - needed
    if missing:
        frequencies |= engine.frequencies(missing)[1]
    statistics = Statistics(total, frequencies)
    plan = make_plan(words, expansions, searched, statistics, fold_name(parsed.said), operators)
    return Reading(parsed, words, plan, tuple(corrections), tuple(ambiguities(words, known)) if words else ())


def _operators(parsed: Parsed) -> Operators:
    """Return what a text demands beside its plain words."""
    phrases = tuple(tuple(index_terms(piece.text)[1].split()) for piece in parsed.of("phrase"))
    said = tuple(query_words(parsed.said)[:MAX_WORDS])
    return Operators(phrases, tuple(map(_ruled_out, parsed.of("without")[:MAX_WITHOUT])), said)


def _ruled_out(piece: Piece) -> Node:
    """Return what rules a document out: a phrase as it is written, a word in any of its forms."""
    stems, surfaces = index_terms(piece.text)
    if " " in piece.text:
        return words_in_order("surface", tuple(surfaces.split()))
    return all_of(*(Term("stem", stem) for stem in stems.split()))


def _pairs(words: Sequence[QueryWord]) -> dict[int, str]:
    """Return the stem of each two neighbours written as one word, by the place of the first."""
    pairs = {}
    for at, (first, second) in enumerate(pairwise(words)):
        if first.role == second.role == "content":
            stems = index_terms(first.surface + second.surface)[0].split()
            if len(stems) == 1:
                pairs[at] = stems[0]
    return pairs


def _joined(
    engine: Engine,
    words: Sequence[QueryWord],
    scopes: frozenset[str],
    pairs: Mapping[int, str],
    frequencies: Mapping[str, int],
) -> list[Expansion]:
    """Return neighbours that are also written as one word (*ibu kota*, *ibukota*).

    Only where the one word is common beside the two: *kotabaru*, a place, isn't *kota baru*.
    """
    found = []
    for at, stem in pairs.items():
        if not frequencies[stem]:
            continue
        apart = all_of(Term("stem", words[at].stem), Term("stem", words[at + 1].stem))
        together = engine.count(EngineRequest(match=Term("stem", stem), scopes=scopes))
        if together and together >= JOINED_SHARE * engine.count(EngineRequest(match=apart, scopes=scopes)):
            found.append(Expansion((at, at + 2), words[at].surface + words[at + 1].surface, (stem,)))
    return found


def _corrections(
    engine: Engine, words: Sequence[QueryWord], frequencies: dict[str, int], scopes: frozenset[str]
) -> list[Correction]:
    corrections = []
    for word in words:
        if word.role != "content" or _is_known(engine, word, frequencies, scopes):
            continue
        candidates = Speller(engine.vocabulary()).candidates(word.surface)[:CANDIDATES]
        stemmed = [(surface, index_terms(surface)[0].split()) for surface, _ in candidates]
        kept = tuple((surface, stems[0]) for surface, stems in stemmed if len(stems) == 1 and stems[0] != word.stem)
        if kept:
            corrections.append(Correction(word.surface, kept))
    return corrections


def _is_known(engine: Engine, word: QueryWord, frequencies: dict[str, int], scopes: frozenset[str]) -> bool:
    """Return whether the asker can find a document with the word; drafts of others don't make a word known."""
    if not frequencies.get(word.stem):
        return False
    if engine.vocabulary().get(word.stem):
        return True
    return engine.count(EngineRequest(match=Term("stem", word.stem), scopes=scopes)) > 0
