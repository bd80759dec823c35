"""What an index holds of one face of one record, and how it becomes tokens and exact terms.

A source (:mod:`search.sources`) builds a :class:`SearchDocument` from the database; :func:`prepare` turns it
into an :class:`IndexRecord`, which every engine stores as it is. Engines analyse nothing themselves, so two
engines given the same records match the same things.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from zlib import crc32

from search.analysis import index_terms

PUBLIC = "public"

#: Stands between two texts of a record among its surfaces, so that no phrase reaches from one into the next.
BREAK = "|"
#: Stands between a facet's code and a value.
SEPARATOR = "\x1f"

# Repeating the tokens that a reader meets first raises them at no cost at query time: combination R, which is
# worth two points of nDCG@10 on Indonesian questions over the same text without it.
TITLE_REPEATS = 7
SUMMARY_REPEATS = 1
SUMMARY_TOKENS = 60
#: Without a title the beginning of the text stands in for it: (first tokens, how many more times).
LEAD = ((3, 6), (12, 3), (50, 1))

MAX_TITLE_TOKENS = 60
MIN_BOOST, MAX_BOOST = 0.5, 4.0

_SECONDS_BITS = 33
_TIE_BITS = 30
_KIND_BITS = 6
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One face of one record, as its source describes it.

    A record has one document per face that differs. The live face has the scope ``public``; when no newer draft
    exists it carries the staff scopes too. A pending draft is a second document that carries only the staff
    scopes, and the live one then names them in ``superseded_for``: whoever holds one of these keys meets the
    draft instead of the live face, so an entry appears once for everybody. :func:`link_faces` fills that in.
    """

    key: str
    """``<kind>:<id>:live`` or ``<kind>:<id>:draft``, unique in the index."""
    kind: str
    source: str
    """Name of the registered source."""
    source_id: int
    version: int
    """Grows with every change of the record, e.g. the time of the change in microseconds; the newest wins."""
    scopes: frozenset[str]
    """Who may find it: ``public``, ``staff``, ``agency:3``, ``institution:4``, ``lab:5``, ``user:6``."""
    title: str
    card: Mapping[str, object]
    """JSON data of the result card, both languages."""
    brand_name: str = ""
    expansion: str = ""
    summary: str = ""
    body: tuple[str, ...] = ()
    """Long plain texts in reading order."""
    names: tuple[str, ...] = ()
    """Agency, unit, region, institution: found, with the weight of any other word."""
    extra: tuple[str, ...] = ()
    """Tags, translations, acronyms, registry number."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet code -> values, ancestors included."""
    year: int | None = None
    published_at: int = 0
    """Epoch seconds, 0 if never published."""
    evidence_level: int = 0
    adoption_count: int = 0
    boost: float = 1.0
    """Multiplies the score, 1.0 is neutral; kept between 0.5 and 4. Small steps (1.05) break ties, larger ones
    change the order of matches that differ."""
    superseded_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """What an engine stores: tokens joined by spaces, exact terms, numbers to sort by, and the payload."""

    key: str
    source: str
    source_id: int
    version: int
    scopes: tuple[str, ...]
    superseded_for: tuple[str, ...]
    stems: str
    surfaces: str
    title_stems: str
    title_surfaces: str
    names: tuple[str, ...]
    """Title, brand, expansion, acronyms as a whole, folded: what a query can name exactly."""
    facets: Mapping[str, tuple[str, ...]]
    boost: float
    newest: int
    evidence: int
    adoptions: int
    tie: int
    payload: dict[str, Any]
    """What a result card shows, read for every hit."""
    body: str
    """The long texts, one a line, read for a passage: in one long text words are found much faster than in many."""

    @property
    def stamp(self) -> str:
        """Return source, id, key and version as one term, by which index and database are compared."""
        return SEPARATOR.join((self.source, str(self.source_id), self.key, str(self.version)))

    @property
    def reference(self) -> str:
        """Return the term that all faces of the record share."""
        return reference(self.source, self.source_id)


def reference(source: str, source_id: int) -> str:
    """Return the term that all faces of a record carry, by which they are replaced together."""
    return f"{source}{SEPARATOR}{source_id}"


def link_faces(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """Return the documents with ``superseded_for`` of each live face set to the scopes of its draft."""
    found = list(documents)
    drafts: dict[tuple[str, int], frozenset[str]] = {}
    for document in found:
        if PUBLIC not in document.scopes:
            ref = (document.source, document.source_id)
            drafts[ref] = drafts.get(ref, frozenset()) | document.scopes
    return [
        replace(document, superseded_for=document.superseded_for | drafts[document.source, document.source_id])
        if PUBLIC in document.scopes and (document.source, document.source_id) in drafts
        else document
        for document in found
    ]


def fold_name(text: str) -> str:
    """Return the form in which whole names are compared: the folded words, one space between."""
    return _name_terms(text)[1]


@lru_cache(maxsize=20_000)
def _name_terms(text: str) -> tuple[str, str]:
    """Return the terms of a name, tag or agency: the same ones stand in thousands of records."""
    return index_terms(text)


def tie_of(source_id: int, key: str) -> int:
    """Return the number that orders records which are otherwise equal: by id, then by kind (30 bits)."""
    kind = crc32(key.partition(":")[0].encode()) & ((1 << _KIND_BITS) - 1)
    return ((source_id << _KIND_BITS) | kind) & ((1 << _TIE_BITS) - 1)


def _sort_key(major: int, tie: int) -> int:
    """Return one number below 2**63 that sorts descending by ``major`` and ascending by ``tie``."""
    major = min(max(major, 0), (1 << _SECONDS_BITS) - 1)
    return (major << _TIE_BITS) | ((1 << _TIE_BITS) - 1 - tie)


def sort_keys(document: SearchDocument) -> tuple[int, int, int, int]:
    """Return (newest, evidence, adoptions, tie); equal evidence or adoptions are ordered by newness."""
    tie = tie_of(document.source_id, document.key)
    published = min(max(document.published_at, 0), (1 << _SECONDS_BITS) - 1)
    level = min(max(document.evidence_level, 0), 7)
    adopted = min(max(document.adoption_count, 0), (1 << 13) - 1)
    return (
        _sort_key(published, tie),
        _sort_key((level << 30) | (published >> 3), tie),
        _sort_key((adopted << 20) | (published // _DAY), tie),
        tie,
    )


def _lead(tokens: list[str]) -> list[str]:
    repeated: list[str] = []
    for length, times in LEAD:
        repeated += tokens[:length] * times
    return repeated


def _stems(title: str, summary: str, rest: str) -> str:
    """Return the stems of a record: what is read first repeated, then everything once."""
    if title:
        beginning = " ".join(summary.split(" ", SUMMARY_TOKENS)[:SUMMARY_TOKENS])
        parts = [title] * (TITLE_REPEATS + 1) + [beginning] * SUMMARY_REPEATS
    else:
        parts = [" ".join(_lead(f"{summary} {rest}".split(None, LEAD[-1][0])[: LEAD[-1][0]]))]
    return " ".join((*parts, summary, rest))


def _whole_names(document: SearchDocument) -> tuple[str, ...]:
    names = (document.title, document.brand_name, document.expansion, *document.extra)
    folded = {fold_name(name) for name in names if name and len(name) <= 200}
    folded.discard("")
    return tuple(sorted(folded))


def facet_values(document: SearchDocument) -> dict[str, tuple[str, ...]]:
    """Return the document's facets with those that every document has: ``kind``, ``source`` and ``year``."""
    values = {code: tuple(dict.fromkeys(map(str, found))) for code, found in document.facets.items() if found}
    values["kind"] = (document.kind,)
    values["source"] = (document.source,)
    if document.year is not None:
        values.setdefault("year", (str(document.year),))
    return values


def prepare(document: SearchDocument) -> IndexRecord:
    """Return the tokens and exact terms of ``document``."""
    heading = " ".join(filter(None, (document.title, document.brand_name, document.expansion)))
    title, title_surfaces = index_terms(heading)
    summary, summary_surfaces = index_terms(document.summary)
    body = [index_terms(text) for text in document.body]
    names = [_name_terms(name) for name in (*document.extra, *document.names)]
    rest = " ".join([*(stems for stems, _ in names), *(stems for stems, _ in body)])
    newest, evidence, adoptions, tie = sort_keys(document)
    return IndexRecord(
        key=document.key,
        source=document.source,
        source_id=document.source_id,
        version=document.version,
        scopes=tuple(sorted(document.scopes)),
        superseded_for=tuple(sorted(document.superseded_for)),
        stems=_stems(title, summary, rest),
        surfaces=f" {BREAK} ".join([title_surfaces, summary_surfaces, *(surfaces for _, surfaces in (*names, *body))]),
        title_stems=" ".join(title.split()[:MAX_TITLE_TOKENS]),
        title_surfaces=" ".join(title_surfaces.split()[:MAX_TITLE_TOKENS]),
        names=_whole_names(document),
        facets=facet_values(document),
        boost=min(max(document.boost, MIN_BOOST), MAX_BOOST),
        newest=newest,
        evidence=evidence,
        adoptions=adoptions,
        tie=tie,
        payload={
            "k": document.key,
            "s": document.source,
            "i": document.source_id,
            "t": document.title,
            "b": document.brand_name,
            "x": document.expansion,
            "m": document.summary,
            "c": dict(document.card),
        },
        body="\n".join(filter(None, document.body)),
    )
