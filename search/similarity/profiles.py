"""What is compared of a record: its content words by the place where they stand, its names, its facets."""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache

from search.analysis import function_words, index_terms, lexicon, question_words
from search.analysis.tokens import entries_of
from search.documents import SearchDocument


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What a word counts by the text that holds it; a word in several texts counts their sum.
TITLE, EXPANSION, SUMMARY, PROBLEM, BRAND, REST = 1.0, 0.8, 0.6, 0.5, 0.3, 0.2
#: Longer texts are compared by their beginning.
SUMMARY_CHARS, PROBLEM_CHARS, REST_CHARS = 1_000, 1_500, 6_000

#: What follows these words in a name is a place.
_PLACE_WORDS = _words(
    """kabupaten kab kota kotamadya provinsi prov kecamatan kec kelurahan kel desa nagari gampong kampung distrik dusun
    pulau puskesmas pustu posyandu rsud rsup sdn smpn sman smkn"""
)
#: Names that begin so are names of a whole body: none of their words says what a record is about.
_BODIES = _words("pemerintah pemkab pemkot pemprov kementerian kejaksaan kepolisian mahkamah komisi")
_NUMBER_WORDS = _words(
    """satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh ratus seratus ribu seribu juta
    pertama kedua ketiga setengah separuh"""
)
_PLACE_IN_TITLE = re.compile(
    r"\b(?:Kabupaten|Kab\.|Kota|Provinsi|Kecamatan|Kec\.|Kelurahan|Desa|Nagari|Gampong|Kampung|Distrik|Puskesmas)"
    r"((?:\s+[A-Z][a-z'-]+){1,4})"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One record as :func:`search.similarity.compare` sees it. Make it with :func:`make_profile`.

    The texts are kept for showing words as they were written.
    """

    title: str
    summary: str = ""
    problem: str = ""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Stem of a content word -> what it counts; without the words of its own places."""
    title_stems: Set[str] = frozenset()
    problem_stems: Set[str] = frozenset()
    places: Set[str] = frozenset()
    """Stems that name where the record is from."""
    names: Set[str] = frozenset()
    """Brand name and the acronym written out, each as its stems."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boost: float = 1.0
    """As in :class:`search.documents.SearchDocument`."""
    evidence_level: int = 0


def make_profile(
    title: str,
    *,
    brand_name: str = "",
    expansion: str = "",
    summary: str = "",
    problem: str = "",
    rest: str = "",
    places: Iterable[str] = (),
    facets: Mapping[str, tuple[str, ...]] | None = None,
    boost: float = 1.0,
    evidence_level: int = 0,
    only: Set[str] | None = None,
) -> Profile:
    """Return the profile of plain texts; ``places`` are names of agency, unit and region.

    With ``only``, the content words of another record, all others are left out but for the title's: enough for
    being compared with that one, in half the time.
    """
    own = frozenset[str]().union(*(place_stems(name) for name in places if name))
    problem = problem[:PROBLEM_CHARS]
    name, written_out = _stems(brand_name), _stems(expansion)
    title_stems, problem_stems = _content(_stems(_without_places(title)), own), _content(_stems(problem), own, only)
    parts = (
        (title_stems, TITLE),
        (_content(written_out, own, only), EXPANSION),
        (_content(_stems(summary[:SUMMARY_CHARS]), own, only), SUMMARY),
        (problem_stems, PROBLEM),
        (_content(name, own, only), BRAND),
        (_content(_stems(rest[:REST_CHARS]), own, only), REST),
    )
    weights: dict[str, float] = {}
    for stems, weight in parts:
        for stem in stems:
            weights[stem] = weights.get(stem, 0.0) + weight
    return Profile(
        title=title,
        summary=summary,
        problem=problem,
        weights=weights,
        title_stems=title_stems,
        problem_stems=problem_stems,
        places=own,
        names=frozenset(filter(None, (name, written_out))),
        facets=facets or {},
        boost=boost,
        evidence_level=evidence_level,
    )


def profile_of(document: SearchDocument, problem: str = "") -> Profile:
    """Return the profile of a search document; ``problem`` is the part of its body that says what was wrong."""
    return make_profile(
        document.title,
        brand_name=document.brand_name,
        expansion=document.expansion,
        summary=document.summary,
        problem=problem,
        rest=" ".join(text for text in document.body if text != problem),
        places=document.names,
        facets=document.facets,
        boost=document.boost,
        evidence_level=document.evidence_level,
    )


def _stems(text: str) -> str:
    return index_terms(text)[0] if text else ""


def _content(stems: str, places: Set[str], only: Set[str] | None = None) -> Set[str]:
    """Return the different stems that say something: no function words, single letters, numbers or places."""
    found = set(stems.split())
    if only is not None:
        return found.intersection(only).difference(places)
    found.difference_update(_empty_words(), places)
    return {stem for stem in found if len(stem) > 1 and not stem.isdecimal()}


@cache
def _empty_words() -> frozenset[str]:
    return function_words() | question_words() | frozenset(index_terms(" ".join(_NUMBER_WORDS))[0].split())


def _without_places(title: str) -> str:
    """Return a title without the places in it (*… di Kecamatan Payung*), unless all its words have capitals."""
    return _PLACE_IN_TITLE.sub(" ", title) if is_prose(title) else title


def is_prose(text: str) -> bool:
    """Return whether capitals mean something: not in a title that has one on every word."""
    words = [word for word in text.split() if word[:1].isalpha()]
    capital = sum(word[0].isupper() for word in words)
    return capital <= len(words) / 2


@lru_cache(maxsize=20_000)
def place_stems(name: str) -> frozenset[str]:
    """Return the stems of an agency's, unit's or region's name that name it, rather than say what it does.

    *Kabupaten Tanah Laut* and *Puskesmas Dukun* give what follows, *Dinas Kesehatan* nothing.
    """
    words = [part for entry in entries_of(name.split()) for part in entry.parts]
    named = bool(words) and words[0].surface in _BODIES
    found = set()
    for word in words:
        if named or word.stem not in lexicon.roots():
            found.add(word.stem)
        named = named or word.surface in _PLACE_WORDS
    return frozenset(found) - _empty_words()
