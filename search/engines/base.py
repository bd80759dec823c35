"""What an engine is: requests and answers in tokens and exact terms, and the protocol that both engines follow.

``tests/contract`` runs the same requests against every engine; the service knows none of them by name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, ClassVar, NamedTuple, Protocol, Self

from search.documents import PUBLIC, IndexRecord
from search.query import Sort
from search.tree import Clause, Field, Node


class EngineError(Exception):
    """The engine can't answer or store."""


class EngineUnavailable(EngineError):
    """The engine can't work now: it is down or too slow."""


class IndexUnreadable(EngineUnavailable):
    """There is no index yet, or one that can't be read: only a rebuild ends it."""


class RecordsRefused(EngineError):
    """Some records can't be stored as they are; all others have been."""

    def __init__(self, errors: dict[tuple[str, int], str]) -> None:
        """Take (source, id) -> why."""
        super().__init__(f"{len(errors)} records can't be stored, one of them: {next(iter(errors.values()), '')}")
        self.errors = errors


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """Count a facet's values; ``limit`` cuts to the commonest (ties by value), ``None`` gives all.

    Values in ``always`` are counted even where the limit would leave them out, unless nothing has them.
    """

    code: str
    limit: int | None = None
    always: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """One search.

    ``match`` (``None``: everything), ``filters``, ``scopes`` and nothing else decide what matches; a facet is
    counted without its own filter. ``clauses`` decide the score. A document matches the scopes if it carries one
    of them and none of its ``superseded_for`` is among them.
    """

    match: Node | None = None
    clauses: tuple[Clause, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scopes: frozenset[str] = frozenset({PUBLIC})
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[FacetRequest, ...] = ()
    fetch: bool = True
    """Whether hits come with what is stored of them; without, their payload holds the id alone."""


class EngineHit(NamedTuple):
    """A match: its score (0 unless sorted by relevance), the stored payload of its record, and its long texts."""

    score: float
    payload: dict[str, Any]
    body: Callable[[], str]
    """Reads the long texts; called only for hits that show a passage."""


@dataclass(frozen=True, slots=True)
class EngineResult:
    """The page asked for, the exact number of matches, and complete counts: facet code -> [(value, count)]."""

    hits: list[EngineHit]
    total: int
    facets: dict[str, list[tuple[str, int]]]


class Stamp(NamedTuple):
    """What the index says of one document."""

    source_id: int
    key: str
    version: int


class EngineWriter(Protocol):
    """Changes an index. There is at most one writer of an index at a time."""

    generation: str
    """What :meth:`Engine.index_id` says of the index that it changes."""

    def encode(self, record: IndexRecord) -> Any:
        """Return the record in the form that :meth:`replace` takes; raises what is wrong with the record."""

    def replace(self, references: Iterable[tuple[str, int]], encoded: Iterable[Any]) -> None:
        """Remove all faces of the (source, id) pairs, then store encoded records."""

    def commit(self) -> None:
        """Make everything so far durable and visible to all readers.

        Raises :class:`RecordsRefused` when that is done for all but some records that can't be stored.
        """

    def close(self) -> None:
        """Free the index without committing what is pending."""

    def __enter__(self) -> Self:
        """Return the writer."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""


class EngineEncoder(Protocol):
    """Turns records into what an engine's builder takes; works in any process."""

    def encode(self, record: IndexRecord) -> Any:
        """Return the record encoded; the answer can be pickled."""


class EngineBuilder(Protocol):
    """Builds a whole new index beside the one that is read. Unless finished, leaving it removes what was built."""

    def add(self, encoded: Any) -> None:
        """Store an encoded record."""

    def finish(self) -> None:
        """Put the new index in place of the old one at once.

        Raises :class:`RecordsRefused` when that is done without some records that can't be stored.
        """


class Engine(Protocol):
    """A search engine. All methods raise :class:`EngineUnavailable` when it can't do its work now."""

    name: ClassVar[str]

    def exists(self) -> bool:
        """Return whether an index was ever built."""

    def search(self, request: EngineRequest) -> EngineResult:
        """Return the page, total and facet counts of a request."""

    def count(self, request: EngineRequest) -> int:
        """Return the total alone."""

    def frequencies(self, stems: Iterable[str]) -> tuple[int, dict[str, int]]:
        """Return the number of documents, and of documents with each stem, whoever may see them: for weights only."""

    def completions(self, field: Field, prefix: str, limit: int) -> list[str]:
        """Return the commonest tokens of a field that begin with ``prefix``, whoever may see them."""

    def vocabulary(self) -> Mapping[str, int]:
        """Return public word -> number of public documents with it, as of the last :meth:`refresh_vocabulary`."""

    def refresh_vocabulary(self) -> None:
        """Bring the stored vocabulary up to the index; called by the writer now and then."""

    def stamps(self, source: str) -> Iterator[Stamp]:
        """Yield what the index holds of a source."""

    def sources(self) -> set[str]:
        """Return the names of all sources that have documents in the index."""

    def writer(self) -> EngineWriter:
        """Return a writer of the index in use; makes an empty index if there is none."""

    def encoder(self, sample: Sequence[IndexRecord]) -> EngineEncoder:
        """Return what a new index is to be built with; ``sample`` shows what the collection is like."""

    def builder(self, encoder: EngineEncoder) -> AbstractContextManager[EngineBuilder]:
        """Return a builder of a new index."""

    def index_id(self) -> str:
        """Return what tells the index in use from the one that a rebuild puts in its place."""

    def tidy(self) -> None:
        """Remove indexes that a rebuild has replaced."""

    def drop(self) -> None:
        """Remove the index and all that belongs to it; for indexes that were made to be thrown away."""

    def info(self) -> dict[str, Any]:
        """Return documents, segments, bytes on disk, for reports."""
