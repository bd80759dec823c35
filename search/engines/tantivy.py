"""The embedded engine: a tantivy index in folders beside the database, many readers, one writer.

``SEARCH_URL=tantivy:///folder``. Only this module imports tantivy. Its searches run without the GIL.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import tantivy
from tantivy import Occur, Query

from search.documents import PUBLIC, SEPARATOR, IndexRecord
from search.engines.base import EngineHit, EngineRequest, EngineResult, FacetRequest, IndexUnreadable, Stamp
from search.engines.generations import Generations, Pointer
from search.engines.payload import PayloadCodec, train
from search.engines.tantivy_encoding import Encoder
from search.engines.tantivy_facets import (
    ALL_FIELD,
    JSON_FIELD,
    OPEN_FIELD,
    by_aggregation,
    by_count,
    count_facets,
)
from search.engines.tantivy_writing import TantivyBuilder, TantivyWriter
from search.engines.vocabulary import Vocabulary, write_vocabulary
from search.facets import open_facets
from search.tree import AllOf, AnyOf, AtLeastTwo, Clause, Field, Node, Phrase, Term

logger = logging.getLogger(__name__)

#: Hits fetched beyond the page, so that equal scores at its end are ordered by the record, not by chance.
TIE_MARGIN, TIE_LIMIT = 30, 20_000
OPEN_ATTEMPTS = 2
#: From this many words on, tantivy's own counting beats pairs of words.
PAIRS_UP_TO = 8
TEXT_FIELDS = {"stem": "st", "surface": "su", "title": "ti", "title_surface": "ts", "name": "na"}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "ref", "stamp", "scope", "hidden", "na", OPEN_FIELD, ALL_FIELD):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("st", "su"):
        builder.add_text_field(name, tokenizer_name="whitespace_only", index_option="freq")
    builder.add_text_field("ti", tokenizer_name="whitespace_only", index_option="position")
    builder.add_text_field("ts", tokenizer_name="whitespace_only", index_option="basic")
    builder.add_json_field(JSON_FIELD, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("newest", "evidence", "adoptions", "tie", "id"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_float_field("boost", fast=True)
    builder.add_bytes_field("payload", stored=True)
    builder.add_bytes_field("body", stored=True)
    return builder.build()


def _open(folder: Path) -> tantivy.Index:
    return _prepared(tantivy.Index.open(str(folder)))


def _create(folder: Path) -> tantivy.Index:
    return _prepared(tantivy.Index(_schema(), str(folder), reuse=False))


def _prepared(index: tantivy.Index) -> tantivy.Index:
    """Split at spaces only, and show commits only when asked to: readers learn of them by the pointer."""
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace_only", splitter)
    index.config_reader("Manual", 0)
    return index


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


#: Score and address of each hit.
Found = list[tuple[float, Any]]


@dataclass(slots=True)
class _Reader:
    """One generation, opened."""

    generation: str
    index: tantivy.Index
    schema: tantivy.Schema
    encoder: Encoder
    mark: tuple[int, int, int] | None = None
    vocabulary_file: str = ""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


def _required(match: Node | None) -> tuple[Node, ...]:
    """Return the nodes that must all hold for ``match`` to hold."""
    if match is None:
        return ()
    return match.nodes if isinstance(match, AllOf) else (match,)


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
            index = _open(folder)
            reader = _Reader(pointer.generation, index, index.schema, Encoder.load(folder))
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
        search = _Search(reader, request)
        found, total = search.page()
        hits = search.stored(found) if request.fetch else search.bare(found)
        return EngineResult(hits, total, search.facets(total))

    def count(self, request: EngineRequest) -> int:
        """Return the total alone."""
        with _readable():
            return _Search(self._current(), request).count()

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
        return TantivyBuilder(self.generations, encoder, _create, _public_words)

    def writer(self) -> TantivyWriter:
        """Return a writer of the generation in use; raises IndexUnreadable if there is none."""
        with self._lock:
            reader = self._refreshed()
        return TantivyWriter(self.generations, reader.generation, reader.encoder, _open)

    def refresh_vocabulary(self) -> None:
        """Write the words of public documents beside the index and tell readers."""
        with self._lock:
            reader = self._refreshed()
        name = write_vocabulary(self.generations.folder(reader.generation), _public_words(reader.index))
        self.generations.advance(reader.generation, vocabulary=name)

    def tidy(self) -> None:
        """Remove indexes that a rebuild has replaced."""
        self.generations.remove_others()


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


def _body(document: tantivy.Document, unpack: Callable[[bytes], Any]) -> str:
    return unpack(document.get_first("body"))


class _Search:
    """One request against one state of the index."""

    def __init__(self, reader: _Reader, request: EngineRequest) -> None:
        self.reader = reader
        self.schema = reader.schema
        self.searcher = reader.index.searcher()
        self.request = request
        self._match = self._compile(request.match) if request.match else None

    def page(self) -> tuple[Found, int]:
        """Return (score, address) of the hits of the page, and the total."""
        request = self.request
        if request.sort == "relevance" and request.clauses:
            return self._by_relevance()
        order = "newest" if request.sort == "relevance" else request.sort
        found = self.searcher.search(
            self.restricted(), max(request.limit, 1), order_by_field=order, offset=request.offset
        )
        return [(0.0, address) for _, address in found.hits[: request.limit]], found.count

    def _by_relevance(self) -> tuple[Found, int]:
        request = self.request
        query = self._scored()
        end = request.offset + request.limit
        size = max(end, 1) + TIE_MARGIN
        found = self.searcher.search(query, size, weight_by_field="boost")
        hits, total = found.hits, found.count
        while len(hits) == size < TIE_LIMIT and end and hits[end - 1][0] == hits[-1][0]:
            size *= 4
            hits = self.searcher.search(query, size, count=False, weight_by_field="boost").hits
        page = self._ordered(hits, request.offset, end)
        return [(score / 2, address) for score, address in page], total

    def _ordered(self, hits: Found, start: int, end: int) -> Found:
        """Return ``hits[start:end]`` of the hits with equal scores put in the order of their records."""
        scores = [score for score, _ in hits]
        if len(set(scores)) == len(scores):
            return hits[start:end]
        while 0 < start < len(scores) and scores[start - 1] == scores[start]:
            start -= 1
        skipped = self.request.offset - start
        last = min(end, len(scores))
        while 0 < last < len(scores) and scores[last - 1] == scores[last]:
            last += 1
        part = hits[start:last]
        ties = self.searcher.fast_field_values("tie", [address for _, address in part])
        ranked = sorted(range(len(part)), key=lambda at: (-part[at][0], ties[at]))
        return [part[at] for at in ranked[skipped : skipped + end - self.request.offset]]

    def stored(self, found: Found) -> list[EngineHit]:
        """Return the hits with what is stored of them; long texts are unpacked when they are asked for."""
        documents = [self.searcher.doc(address) for _, address in found]
        unpack = self.reader.encoder.codec.unpack
        return [
            EngineHit(score, unpack(document.get_first("payload")), partial(_body, document, unpack))
            for (score, _), document in zip(found, documents, strict=True)
        ]

    def bare(self, found: Found) -> list[EngineHit]:
        """Return the hits with their ids, without reading what is stored of them."""
        ids = self.searcher.fast_field_values("id", [address for _, address in found])
        return [EngineHit(score, {"i": source_id}, str) for (score, _), source_id in zip(found, ids, strict=True)]

    def facets(self, total: int) -> dict[str, list[tuple[str, int]]]:
        """Return the counts of the facets asked for; each chosen one takes one more pass, without its filter."""
        request = self.request
        chosen = [facet for facet in request.facets if facet.code in request.filters]
        others = [facet for facet in request.facets if facet.code not in request.filters]
        counts = count_facets(self.searcher, self.restricted(), others, total, self.reader.encoder.opened)
        for facet in chosen:
            counts[facet.code] = self._count_chosen(facet, request.filters[facet.code], total)
        return {facet.code: counts[facet.code] for facet in request.facets}

    def _count_chosen(self, facet: FacetRequest, values: Sequence[str], total: int) -> list[tuple[str, int]]:
        """Return the counts of a chosen facet. Of a single chosen value the total is the count already."""
        known = {values[0]: total} if len(values) == 1 and total else {}
        asked = FacetRequest(facet.code, facet.limit, tuple(value for value in facet.always if value not in known))
        query = self.restricted(without=facet.code)
        counted = dict(by_aggregation(self.searcher, query, [asked])[facet.code])
        return by_count((counted | known).items())

    # Queries

    def restricted(self, without: str = "") -> Query:
        """Return what matches, unscored; ``without`` leaves one facet's filter out."""
        parts = self._restrictions(without)
        if self._match is not None:
            parts.append((Occur.Must, self._match))
        return Query.boolean_query(parts)

    def count(self) -> int:
        """Return the total. Searching would score every match; an aggregation doesn't."""
        counted = self.searcher.aggregate(self.restricted(), {"total": {"value_count": {"field": "id"}}})
        return int(counted["total"]["value"])

    def _scored(self) -> Query:
        """Return what matches, scored. Words that must be there score where they are looked for, not once more."""
        parts = [(occur, self._unscored(query, occur)) for occur, query in self._restrictions()]
        clauses = list(self.request.clauses)
        for node in _required(self.request.match):
            own = next((clause for clause in clauses if clause.node == node and not clause.constant), None)
            if own is None:
                parts.append((Occur.Must, Query.const_score_query(self._compile(node), 0.0)))
            else:
                clauses.remove(own)
                parts.append((Occur.Must, self._compile_clause(own)))
        parts += [(Occur.Should, self._compile_clause(clause)) for clause in clauses]
        return Query.boolean_query(parts)

    def _compile_clause(self, clause: Clause) -> Query:
        query = self._compile(clause.node)
        if clause.constant:
            return Query.const_score_query(query, clause.weight)
        return Query.boost_query(query, clause.weight)

    @staticmethod
    def _unscored(query: Query, occur: Occur) -> Query:
        return query if occur == Occur.MustNot else Query.const_score_query(query, 0.0)

    def _restrictions(self, without: str = "") -> list[tuple[Occur, Query]]:
        scopes = sorted(self.request.scopes)
        parts = [(Occur.Must, self._any_term("scope", scopes))]
        hiding = [scope for scope in scopes if scope != PUBLIC]
        if hiding:
            parts.append((Occur.MustNot, self._any_term("hidden", hiding)))
        for code, values in self.request.filters.items():
            if code != without:
                parts.append((Occur.Must, self._any_term(ALL_FIELD, [code + SEPARATOR + value for value in values])))
        return parts

    def _any_term(self, name: str, values: Sequence[str]) -> Query:
        if not values:
            return Query.empty_query()
        if len(values) == 1:
            return Query.term_query(self.schema, name, values[0], "basic")
        return Query.term_set_query(self.schema, name, list(values))

    def _compile(self, node: Node) -> Query:
        if isinstance(node, Term):
            return Query.term_query(self.schema, TEXT_FIELDS[node.field], node.value, "freq")
        if isinstance(node, Phrase):
            return Query.phrase_query(self.schema, TEXT_FIELDS[node.field], list(node.values))
        if isinstance(node, AllOf):
            return Query.boolean_query([(Occur.Must, self._compile(child)) for child in node.nodes])
        if isinstance(node, AnyOf):
            return self._any(node.nodes)
        return self._at_least_two(node)

    def _any(self, nodes: Sequence[Node]) -> Query:
        if len(nodes) == 1:
            return self._compile(nodes[0])
        return Query.boolean_query([(Occur.Should, self._compile(child)) for child in nodes])

    def _at_least_two(self, node: AtLeastTwo) -> Query:
        """Return "two or more" as pairs: each node with any of those after it, the commonest first.

        tantivy's own counting keeps a heap and takes three times as long for three to six words.
        """
        nodes = sorted(node.nodes, key=self._frequency, reverse=True)
        if len(nodes) > PAIRS_UP_TO:
            return Query.boolean_query(
                [(Occur.Should, self._compile(child)) for child in nodes], minimum_number_should_match=2
            )
        pairs = [
            Query.boolean_query([(Occur.Must, self._compile(first)), (Occur.Must, self._any(nodes[at + 1 :]))])
            for at, first in enumerate(nodes[:-1])
        ]
        return pairs[0] if len(pairs) == 1 else Query.boolean_query([(Occur.Should, pair) for pair in pairs])

    def _frequency(self, node: Node) -> int:
        if isinstance(node, Term):
            return self.searcher.doc_freq(TEXT_FIELDS[node.field], node.value)
        if isinstance(node, AnyOf):
            return sum(self._frequency(child) for child in node.nodes)
        if isinstance(node, AllOf):
            return min(self._frequency(child) for child in node.nodes)
        return 0
