"""The engine for more than one machine: an Elasticsearch 8 or 9 that several readers share, one writer.

``SEARCH_URL=http(s)://[user:password@]host:port/prefix``. Only modules named after it import the client. Text is
analysed before it gets here; Elasticsearch splits at spaces, matches, scores, counts and stores.
"""

import json
import threading
import time
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search

from search.documents import SEPARATOR, IndexRecord
from search.engines import elasticsearch_queries as queries
from search.engines.base import (
    EngineError,
    EngineHit,
    EngineRequest,
    EngineResult,
    EngineUnavailable,
    IndexUnreadable,
    Stamp,
)
from search.engines.elasticsearch_client import (
    PATIENT_TIMEOUT_SECONDS,
    WRITE_TIMEOUT_SECONDS,
    Address,
    connect,
    reported,
)
from search.engines.elasticsearch_document import TEXT_FIELDS, Encoder
from search.engines.elasticsearch_indexes import WINDOW, Indexes
from search.engines.elasticsearch_writing import (
    WORDS_ID,
    ElasticsearchBuilder,
    ElasticsearchWriter,
    public_words,
    save_words,
)
from search.tree import Field

#: Readers ask this seldom (seconds) whether the vocabulary has changed; the writer renews it once a minute.
VOCABULARY_SECONDS = 10.0
KEEP_ALIVE = "1m"
EVERYTHING = 2**62
#: Fields whose terms can be listed.
COMPLETED: tuple[Field, ...] = ("title_surface",)
#: What answers are cut to.
SHOWN = ",".join(
    (
        "_shards.total",
        "hits.total.value",
        *(f"hits.hits.{name}" for name in ("_score", "_source", "fields", "sort")),
        "aggregations",
        "pit_id",
    )
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary as it was last read."""

    asked_at: float
    mark: str
    words: Mapping[str, int]


class ElasticsearchEngine:
    """See :class:`search.engines.base.Engine`."""

    name = "elasticsearch"

    def __init__(self, url: str) -> None:
        """Take the address; nothing is connected yet."""
        self.address = Address.parse(url)
        self._words: _Words | None = None
        self._shards = 0
        self._lock = threading.Lock()

    @cached_property
    def client(self) -> Elasticsearch:
        """Return this process's client."""
        return connect(self.address)

    @cached_property
    def _patient(self) -> Elasticsearch:
        """Return the client for small questions of indexer and commands."""
        return self.client.options(request_timeout=PATIENT_TIMEOUT_SECONDS)

    @cached_property
    def indexes(self) -> Indexes:
        """Return the indexes of this installation."""
        return Indexes(self.client, self.address.prefix)

    def exists(self) -> bool:
        """Return whether an index was ever built and has all that belongs to it."""
        return bool(self.index_id())

    def index_id(self) -> str:
        """Return the name of the index in use, empty without one."""
        with reported(self.address):
            return self.indexes.current()

    def _ask(self, search: Search, patiently: bool = False) -> Mapping[str, Any]:
        """Return the answer of all shards, or raise; what no page waits for is asked ``patiently``."""
        options: dict[str, Any] = {"allow_partial_search_results": False, "filter_path": SHOWN}
        if self._shards > 1:
            # Words count as rare or common in the whole collection, not in the part on one shard.
            options["search_type"] = "dfs_query_then_fetch"
        client = self._patient if patiently else self.client
        with reported(self.address):
            return client.search(index=self.indexes.read, body=search.to_dict(), **options).body

    def search(self, request: EngineRequest) -> EngineResult:
        """Return the page, total and facet counts of a request."""
        if request.offset + request.limit > WINDOW:
            return self._walk(request)
        answer = self._ask(queries.page(request, self._shards))
        if self._learns_of_shards(answer):
            answer = self._ask(queries.page(request, self._shards))
        total = _total(answer)
        return EngineResult(_hits(request, answer), total, queries.read_counts(request, _counted(answer), total))

    def _learns_of_shards(self, answer: Mapping[str, Any]) -> bool:
        """Remember how many shards the index has; return whether the search was made for another number.

        A rebuild may have changed it. Of an unknown number the search is right for any.
        """
        known, self._shards = self._shards, answer["_shards"]["total"]
        return bool(known) and known != self._shards

    def _walk(self, request: EngineRequest) -> EngineResult:
        """Return a page beyond the window of Elasticsearch: all hits are walked, as of one moment, up to its end."""
        hits: list[EngineHit] = []
        counts, total, passed = {}, 0, 0
        for answer in self._pages(queries.page(request).to_dict(), request.offset + request.limit):
            if not passed:
                total = _total(answer)
                counts = queries.read_counts(request, _counted(answer), total)
            found = _hits(request, answer)
            hits += found[max(request.offset - passed, 0) :]
            passed += len(found)
        return EngineResult(hits[: request.limit], total, counts)

    def _pages(self, body: dict[str, Any], wanted: int) -> Iterator[Mapping[str, Any]]:
        """Yield the answers that together hold the first ``wanted`` hits of a search as of one moment."""
        with reported(self.address):
            pit = self._patient.open_point_in_time(index=self.indexes.read, keep_alive=KEEP_ALIVE)["id"]
        client = self.client.options(request_timeout=WRITE_TIMEOUT_SECONDS)
        body = {**body, "from": 0}
        try:
            while wanted > 0:
                body |= {"size": min(wanted, WINDOW), "pit": {"id": pit, "keep_alive": KEEP_ALIVE}}
                with reported(self.address):
                    answer = client.search(body=body, allow_partial_search_results=False, filter_path=SHOWN).body
                pit = answer.get("pit_id", pit)
                yield answer
                found = _found(answer)
                wanted -= len(found)
                if len(found) < body["size"]:
                    return
                body |= {"search_after": found[-1]["sort"], "track_total_hits": False}
                body.pop("aggs", None)
        finally:
            with reported(self.address):
                client.close_point_in_time(id=pit)

    def count(self, request: EngineRequest) -> int:
        """Return the total alone."""
        return _total(self._ask(queries.count(request)))

    def frequencies(self, stems: Iterable[str]) -> tuple[int, dict[str, int]]:
        """Return the number of documents, and of documents with each stem."""
        asked = sorted(set(stems))
        answer = self._ask(queries.frequencies(asked))
        buckets = _counted(answer)["stems"]["buckets"] if asked else {}
        return _total(answer), {stem: buckets[stem]["doc_count"] for stem in asked}

    def completions(self, field: Field, prefix: str, limit: int) -> list[str]:
        """Return the commonest tokens of a field that begin with ``prefix``."""
        if field not in COMPLETED:
            raise EngineError(f"the words of {field!r} can't be completed; those of {', '.join(COMPLETED)} can")
        answer = self._ask(queries.completions(TEXT_FIELDS[field], prefix, limit))
        return [bucket["key"] for bucket in _counted(answer)["terms"]["buckets"]]

    def stamps(self, source: str) -> Iterator[Stamp]:
        """Yield what the index holds of a source."""
        for answer in self._pages(queries.stamps(source).to_dict(), EVERYTHING):
            for hit in _found(answer):
                _, source_id, key, version = hit["fields"]["stamp"][0].split(SEPARATOR)
                yield Stamp(int(source_id), key, int(version))

    def sources(self) -> set[str]:
        """Return the names of all sources that have documents in the index."""
        answer = self._ask(queries.sources(), patiently=True)
        return {bucket["key"] for bucket in _counted(answer)["sources"]["buckets"]}

    def vocabulary(self) -> Mapping[str, int]:
        """Return public word -> number of public documents with it."""
        known = self._words
        if known and time.monotonic() - known.asked_at < VOCABULARY_SECONDS:
            return known.words
        with self._lock:
            known = self._words
            if known is None or time.monotonic() - known.asked_at >= VOCABULARY_SECONDS:
                known = self._words = self._read_words(known)
        return known.words

    def _read_words(self, known: _Words | None) -> _Words:
        """Return the stored vocabulary; only its mark is sent when it is the one that is known."""
        with reported(self.address):
            stored = self._stored_words("mark")
            if known and known.mark == stored["mark"]:
                return _Words(time.monotonic(), known.mark, known.words)
            stored = self._stored_words("mark,packed")
        return _Words(time.monotonic(), stored["mark"], json.loads(zlib.decompress(b64decode(stored["packed"]))))

    def _stored_words(self, fields: str) -> dict[str, str]:
        return self.client.get(index=self.indexes.words, id=WORDS_ID, source_includes=fields)["_source"]

    def forget_vocabulary(self) -> None:
        """Read the vocabulary anew when it is next asked for."""
        self._words = None

    def refresh_vocabulary(self) -> None:
        """Count the words of public documents once more and store them for all readers."""
        client = self.client.options(request_timeout=WRITE_TIMEOUT_SECONDS)
        with reported(self.address):
            save_words(client, self.indexes.words, public_words(client, self.indexes.write))
        self.forget_vocabulary()

    def encoder(self, sample: Sequence[IndexRecord]) -> Encoder:
        """Return what a build encodes records with."""
        return Encoder()

    def builder(self, encoder: Encoder) -> ElasticsearchBuilder:
        """Return a builder of a new index."""
        return ElasticsearchBuilder(self.indexes, self.address, self.forget_vocabulary)

    def writer(self) -> ElasticsearchWriter:
        """Return a writer of the index in use; raises IndexUnreadable if there is none."""
        generation = self.index_id()
        if not generation:
            raise IndexUnreadable(f"no search index at {self.address}: run rebuild_search_index")
        return ElasticsearchWriter(self.indexes, self.address, generation)

    def tidy(self) -> None:
        """Remove indexes that a rebuild has replaced."""
        with reported(self.address):
            self.indexes.remove_others()

    def drop(self) -> None:
        """Remove all indexes and aliases that begin with the address's prefix."""
        with reported(self.address):
            self.indexes.remove_all()
        self.forget_vocabulary()

    def info(self) -> dict[str, Any]:
        """Return documents, segments, bytes on disk."""
        client = self.client.options(request_timeout=WRITE_TIMEOUT_SECONDS)
        with reported(self.address):
            found = client.indices.stats(index=self.indexes.read, metric="docs,segments,store")["_all"]["primaries"]
        if not found:
            # The server has just started, and opens the index next.
            raise EngineUnavailable(f"the search index at {self.address} isn't open yet")
        return {
            "documents": found["docs"]["count"],
            "segments": found["segments"]["count"],
            "bytes": found["store"]["size_in_bytes"],
        }


def _found(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    return answer.get("hits", {}).get("hits", [])


def _total(answer: Mapping[str, Any]) -> int:
    return answer["hits"]["total"]["value"]


def _counted(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    return answer.get("aggregations", {})


def _hits(request: EngineRequest, answer: Mapping[str, Any]) -> list[EngineHit]:
    """Return the hits of an answer; long texts came with them and are handed out when they are asked for."""
    if not request.fetch:
        return [EngineHit(_score(hit), {"i": hit["fields"]["id"][0]}, str) for hit in _found(answer)]
    return [
        EngineHit(_score(hit), hit["_source"]["payload"], partial(str, hit["_source"]["body"]))
        for hit in _found(answer)
    ]


def _score(hit: Mapping[str, Any]) -> float:
    return hit.get("_score") or 0.0
