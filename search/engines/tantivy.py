"""The embedded engine: a tantivy index in folders beside the database, many readers, one writer.

``SEARCH_URL=tantivy:///folder``. Only modules named after it import tantivy. Its searches run without the GIL.
"""

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import tantivy
from tantivy import Query

from search.documents import PUBLIC, SEPARATOR, IndexRecord
from search.engines.base import EngineRequest, EngineResult, IndexUnreadable, Stamp
from search.engines.generations import Generations, Pointer
from search.engines.payload import PayloadCodec, train
from search.engines.tantivy_encoding import Encoder
from search.engines.tantivy_facets import ALL_FIELD
from search.engines.tantivy_schema import TEXT_FIELDS, create_index, open_index
from search.engines.tantivy_search import IndexSearch
from search.engines.tantivy_writing import TantivyBuilder, TantivyWriter
from search.engines.vocabulary import Vocabulary, write_vocabulary
from search.facets import open_facets
from search.tree import Field

logger = logging.getLogger(__name__)

OPEN_ATTEMPTS = 2


@contextmanager
def _readable() -> Iterator[None]:
    """Report what tantivy finds wrong with its files; a panic of its Rust code is no ``Exception``."""
    try:
        yield
    except (OSError, ValueError) as error:
        logger.exception("The search index can't be read")
        raise IndexUnreadable(f"the search index can't be read: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        logger.exception("The search index can't be read")
        raise IndexUnreadable(f"the search index can't be read: {error}") from error


@dataclass(slots=True)
class _Reader:
    """One generation, opened."""

    generation: str
    index: tantivy.Index
    encoder: Encoder
    mark: tuple[int, int, int] | None = None
    vocabulary_file: str = ""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


class TantivyEngine:
    """See :class:`search.engines.base.Engine`."""

    name = "tantivy"

    def __init__(self, url: str) -> None:
        """Take ``tantivy:///folder``; nothing is opened yet."""
        parts = urlsplit(url)
        self.generations = Generations(Path(unquote(parts.netloc + parts.path)))
        self._reader: _Reader | None = None
        self._lock = threading.Lock()

    def _current(self) -> _Reader:
        """Return the generation in use as of its last commit; a ``stat`` when nothing has changed."""
        mark = self.generations.mark()
        reader = self._reader
        if reader is not None and mark is not None and reader.mark == mark:
            return reader
        with self._lock:
            return self._refreshed()

    def _refreshed(self) -> _Reader:
        """Open what the pointer names now; a rebuild may replace it, and remove the old one, at any moment."""
        error: Exception | None = None
        for _ in range(OPEN_ATTEMPTS):
            mark, pointer = self.generations.mark(), self.generations.read()
            if pointer is None:
                raise IndexUnreadable(f"no search index in {self.generations.root}: run rebuild_search_index")
            try:
                reader = self._reader = self._opened(pointer)
            except (OSError, ValueError, KeyError) as found:
                error = found
                continue
            reader.mark = mark
            return reader
        raise IndexUnreadable(f"the search index can't be read, run rebuild_search_index: {error}") from error

    def _opened(self, pointer: Pointer) -> _Reader:
        reader, folder = self._reader, self.generations.folder(pointer.generation)
        if reader is None or reader.generation != pointer.generation:
            index = open_index(folder)
            reader = _Reader(pointer.generation, index, Encoder.load(folder))
        else:
            reader.index.reload()
        if reader.vocabulary_file != pointer.vocabulary:
            reader.vocabulary, reader.vocabulary_file = Vocabulary(folder / pointer.vocabulary), pointer.vocabulary
        return reader

    def exists(self) -> bool:
        """Return whether an index was ever built."""
        return self.generations.read() is not None

    def search(self, request: EngineRequest) -> EngineResult:
        """Return the page, total and facet counts of a request."""
        with _readable():
            return self._answer(self._current(), request)

    def _answer(self, reader: _Reader, request: EngineRequest) -> EngineResult:
        search = IndexSearch(reader.index, reader.encoder, request)
        found, total = search.page()
        hits = search.stored(found) if request.fetch else search.bare(found)
        return EngineResult(hits, total, search.facets(total))

    def count(self, request: EngineRequest) -> int:
        """Return the total alone."""
        with _readable():
            reader = self._current()
            return IndexSearch(reader.index, reader.encoder, request).count()

    def frequencies(self, stems: Iterable[str]) -> tuple[int, dict[str, int]]:
        """Return the number of documents, and of documents with each stem."""
        with _readable():
            searcher = self._current().index.searcher()
            return searcher.num_docs, {stem: searcher.doc_freq("st", stem) for stem in stems}

    def completions(self, field: Field, prefix: str, limit: int) -> list[str]:
        """Return the commonest tokens of a field that begin with ``prefix``."""
        with _readable():
            searcher = self._current().index.searcher()
            return [term for term, _ in searcher.terms_with_prefix(TEXT_FIELDS[field], prefix, None, limit)]

    def vocabulary(self) -> Mapping[str, int]:
        """Return public word -> number of public documents with it."""
        return self._current().vocabulary

    def stamps(self, source: str) -> Iterator[Stamp]:
        """Yield what the index holds of a source."""
        searcher = self._current().index.searcher()
        for term, count in searcher.terms_with_prefix("stamp", source + SEPARATOR, Query.all_query()):
            _, source_id, key, version = term.split(SEPARATOR)
            for _ in range(count):
                yield Stamp(int(source_id), key, int(version))

    def sources(self) -> set[str]:
        """Return the names of all sources that have documents in the index."""
        searcher = self._current().index.searcher()
        prefix = "source" + SEPARATOR
        found = searcher.terms_with_prefix(ALL_FIELD, prefix, Query.all_query())
        return {term.removeprefix(prefix) for term, count in found if count}

    def index_id(self) -> str:
        """Return the name of the generation in use, empty without one."""
        pointer = self.generations.read()
        return pointer.generation if pointer else ""

    def info(self) -> dict[str, Any]:
        """Return documents, segments, bytes on disk."""
        searcher = self._current().index.searcher()
        return {"documents": searcher.num_docs, "segments": searcher.num_segments, "bytes": self.generations.size()}

    def encoder(self, sample: Sequence[IndexRecord]) -> Encoder:
        """Return what a build encodes records with; ``sample`` teaches it the collection's common words."""
        dictionary = train([record.payload, record.body] for record in sample)
        return Encoder(PayloadCodec(dictionary), frozenset(open_facets()))

    def builder(self, encoder: Encoder) -> TantivyBuilder:
        """Return a builder of a new generation."""
        return TantivyBuilder(self.generations, encoder, create_index, _public_words)

    def writer(self) -> TantivyWriter:
        """Return a writer of the generation in use; raises IndexUnreadable if there is none."""
        with self._lock:
            reader = self._refreshed()
        return TantivyWriter(self.generations, reader.generation, reader.encoder, open_index)

    def refresh_vocabulary(self) -> None:
        """Write the words of public documents beside the index and tell readers."""
        with self._lock:
            reader = self._refreshed()
        name = write_vocabulary(self.generations.folder(reader.generation), _public_words(reader.index))
        self.generations.advance(reader.generation, vocabulary=name)

    def tidy(self) -> None:
        """Remove indexes that a rebuild has replaced."""
        self.generations.remove_others()

    def drop(self) -> None:
        """Remove the folder with all that is in it."""
        with self._lock:
            self._reader = None
            self.generations.remove_all()


def _public_words(index: tantivy.Index) -> dict[str, int]:
    """Return word -> public documents that hold it; a root counts the documents with any of its forms."""
    searcher = index.searcher()
    public = Query.term_query(index.schema, "scope", PUBLIC)
    words: dict[str, int] = {}
    for name in ("st", "su"):
        for word, count in searcher.terms_with_prefix(name, "", public):
            if count and word.isalnum():
                words[word] = max(count, words.get(word, 0))
    return words
