"""Sources: where documents come from. Each app registers its own in a module ``search`` (see :func:`autodiscover`)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from search.documents import PUBLIC, SearchDocument

Card = Mapping[str, Any]

BATCH = 500


class SearchSource(Protocol):
    """What search needs of one kind of record. Inherit from :class:`BaseSource` for sensible defaults."""

    name: str
    """Short and stable (at most 40 characters): it stands in the outbox and in every document."""
    label: object
    """Translatable plural, for reports."""

    def documents(self, ids: Sequence[int]) -> Iterator[SearchDocument]:
        """Yield the faces of the records as they are now, in any order; a record that is gone yields none.

        The number of SQL queries must not depend on the number of ids.
        """

    def ids(self) -> Iterator[int]:
        """Yield the ids of all records that have a document, ascending."""

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield (id, version) of all records, ascending: what their documents' ``version`` should be now."""

    def public_ids(self, ids: Collection[int]) -> set[int]:
        """Return those of ``ids`` that anybody may see at this moment, with one query."""

    def visible_ids(self, ids: Collection[int], scopes: frozenset[str]) -> set[int]:
        """Return those of ``ids`` that a holder of ``scopes`` may see at this moment, with one query."""

    def cards(self, ids: Collection[int]) -> dict[int, Card]:
        """Return id -> card of those of ``ids`` that anybody may see at this moment, in a fixed number of queries."""

    def fallback(self, text: str, limit: int, without: Sequence[str] = ()) -> tuple[list[Card], int]:
        """Return (cards, total) of public records by words of their title, straight from the database.

        Records with one of the texts ``without`` in their title are left out.
        A card may carry its record's id as ``id``.
        """


class BaseSource:
    """Defaults for a :class:`SearchSource`."""

    name = ""
    label: object = ""

    def documents(self, ids: Sequence[int]) -> Iterator[SearchDocument]:
        """See :meth:`SearchSource.documents`."""
        raise NotImplementedError

    def ids(self) -> Iterator[int]:
        """See :meth:`SearchSource.ids`."""
        raise NotImplementedError

    def versions(self) -> Iterator[tuple[int, int]]:
        """Tell versions by building all documents; a source that can tell from its rows overrides this."""
        ids = list(self.ids())
        for start in range(0, len(ids), BATCH):
            newest: dict[int, int] = {}
            for document in self.documents(ids[start : start + BATCH]):
                newest[document.source_id] = max(document.version, newest.get(document.source_id, document.version))
            yield from sorted(newest.items())

    def public_ids(self, ids: Collection[int]) -> set[int]:
        """See :meth:`SearchSource.public_ids`."""
        raise NotImplementedError

    def visible_ids(self, ids: Collection[int], scopes: frozenset[str]) -> set[int]:
        """Return the public ones: a source with drafts must say itself who may see them."""
        return self.public_ids(ids) if PUBLIC in scopes else set()

    def cards(self, ids: Collection[int]) -> dict[int, Card]:
        """Take them from the public documents."""
        public = self.public_ids(ids)
        faces = self.documents(sorted(public)) if public else iter(())
        return {face.source_id: face.card for face in faces if PUBLIC in face.scopes}

    def fallback(self, text: str, limit: int, without: Sequence[str] = ()) -> tuple[list[Card], int]:
        """Find nothing without the engine."""
        return [], 0


_sources: dict[str, SearchSource] = {}


def register_source(source: SearchSource) -> None:
    """Register ``source``; a second one with the same name replaces the first."""
    _sources[source.name] = source


def unregister_source(name: str) -> None:
    """Forget a source; its documents leave the index with the next rebuild or sync."""
    _sources.pop(name, None)


def sources() -> dict[str, SearchSource]:
    """Return name -> source of all registered sources."""
    return dict(_sources)


def get_source(name: str) -> SearchSource | None:
    """Return the source of that name, ``None`` if no app registers it (any more)."""
    return _sources.get(name)


def visible(source: SearchSource, ids: Collection[int], scopes: frozenset[str]) -> set[int]:
    """Return those of ``ids`` that a holder of ``scopes`` may see at this moment."""
    return source.public_ids(ids) if scopes == {PUBLIC} else source.visible_ids(ids, scopes)
