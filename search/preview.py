"""What a change of synonyms would do to a search: the same search with both thesauri, nothing saved, nothing swapped.

Only public documents are asked, whoever looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from search.query import MAX_PAGE_SIZE, SearchQuery
from search.service import answer, confirmed
from search.stored_synonyms import groups_in_use, thesaurus_of
from search.synonyms import Ambiguity, Thesaurus

SHOWN = 10
#: A result is new when it isn't among so many results of before.
COMPARED = MAX_PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Found:
    """One result of a preview."""

    title: str
    number: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What a search finds with one thesaurus."""

    expansions: tuple[str, ...]
    total: int
    """Entries with the words asked for, or what stands for them."""
    looser: int
    """Entries that are shown too because they hold some of the words."""
    hits: tuple[Found, ...]
    ambiguities: tuple[Ambiguity, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A search before and after a change; ``after`` is empty where the engine can't be asked."""

    text: str
    before: Side | None
    after: Side | None

    @property
    def changes_nothing(self) -> bool:
        """Return whether both sides search for the same."""
        if self.before is None or self.after is None:
            return False
        return self.before.expansions == self.after.expansions and self.before.total == self.after.total


def preview(text: str, phrases: Sequence[str], row: int | None = None) -> Preview:
    """Return what searching for ``text`` finds now, and with a group of these ``phrases`` (none: without the group).

    ``row`` is the group that they replace.
    """
    query = SearchQuery(text=text, page_size=COMPARED, facets=None, passages=False)
    others = groups_in_use(without=row)
    before = _side(query, thesaurus_of(groups_in_use()))
    after = _side(query, thesaurus_of([*others, list(phrases)] if phrases else others), before)
    return Preview(query.text, before, after) if before and after else Preview(query.text, None, None)


@dataclass(frozen=True, slots=True)
class _Side(Side):
    ids: frozenset[tuple[str, int]] = frozenset()


def _side(query: SearchQuery, known: Thesaurus, before: "_Side | None" = None) -> "_Side | None":
    """Return what ``query`` finds with a thesaurus, ``None`` while the engine can't be asked."""
    found = answer(query, known=known)
    if found is None:
        return None
    plan = found.reading.plan
    hits = confirmed(found.result.hits, query.scopes)
    ids = [(hit.payload["s"], hit.payload["i"]) for hit in hits]
    shown = [
        Found(hit.payload["t"], hit.payload["c"].get("number", ""), before is not None and one not in before.ids)
        for hit, one in zip(hits[:SHOWN], ids, strict=False)
    ]
    return _Side(
        expansions=plan.expansions if plan else (),
        total=found.strict_total,
        looser=found.result.total - found.strict_total,
        hits=tuple(shown),
        ambiguities=found.reading.ambiguities,
        ids=frozenset(ids),
    )
