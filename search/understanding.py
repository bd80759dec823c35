"""What a text asks for: its words, their synonyms, and corrections of words that nobody's reader can find.

Nothing here depends on documents that the asker may not see: whether a word is unknown is counted within the
asker's scopes, and corrections come from public documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import QueryWord, index_terms, query_words, tokenize
from search.documents import fold_name
from search.engines.base import Engine, EngineRequest
from search.planning import Correction, Plan, Statistics, make_plan, stems_needed
from search.query import MAX_WORDS
from search.spelling import Speller
from search.synonyms import Ambiguity, Expansion, ambiguities, expand
from search.tree import Term

CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, understood."""

    text: str
    words: tuple[QueryWord, ...]
    plan: Plan | None
    """How to search for it; ``None`` for a text without a word."""
    corrections: tuple[Correction, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()

    @property
    def corrected_text(self) -> str:
        """Return the text with every unknown word replaced by its best candidate."""
        best = {correction.surface: correction.candidates[0][0] for correction in self.corrections}
        pieces, at = [], 0
        for token in tokenize(self.text):
            if token.surface in best and token.start >= at:
                pieces += [self.text[at : token.start], best[token.surface]]
                at = token.end
        return "".join([*pieces, self.text[at:]])


def read(engine: Engine, text: str, scopes: frozenset[str], correct: bool = True) -> Reading:
    """Return what ``text`` asks for; ``correct=False`` takes it literally."""
    words = tuple(query_words(text)[:MAX_WORDS])
    if not words:
        return Reading(text, (), None)
    expansions = expand(words)
    needed = stems_needed(words, expansions, ())
    total, frequencies = engine.frequencies(needed)
    corrections = _corrections(engine, words, frequencies, scopes) if correct else []
    missing = stems_needed((), (), corrections) - needed
    if missing:
        frequencies |= engine.frequencies(missing)[1]
    statistics = Statistics(total, frequencies)
    plan = make_plan(words, expansions, corrections, statistics, fold_name(text))
    return Reading(text, words, plan, tuple(corrections), tuple(ambiguities(words)))


def literal_plan(engine: Engine, reading: Reading) -> Plan | None:
    """Return how the text is searched without corrections."""
    if not reading.corrections:
        return reading.plan
    expansions: Sequence[Expansion] = expand(reading.words)
    total, frequencies = engine.frequencies(stems_needed(reading.words, expansions, ()))
    return make_plan(reading.words, expansions, (), Statistics(total, frequencies), fold_name(reading.text))


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
