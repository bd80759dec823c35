"""Writing to Elasticsearch: changes to the index in use, and a new one beside it. Always through an alias."""

import json
import logging
import time
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import TracebackType
from typing import Any, NamedTuple, Self

from elasticsearch import Elasticsearch

from search.documents import SEPARATOR, IndexRecord, reference
from search.engines import elasticsearch_queries as queries
from search.engines.base import EngineError, EngineUnavailable, IndexUnreadable, RecordsRefused
from search.engines.elasticsearch_client import BUILD_TIMEOUT_SECONDS, WRITE_TIMEOUT_SECONDS, Address, reported
from search.engines.elasticsearch_document import Encoded, Encoder
from search.engines.elasticsearch_indexes import BUILDING, RAW, WINDOW, WORDS, Indexes

logger = logging.getLogger(__name__)

#: A request of this size is large enough to be worth its way, and small beside the memory of any server.
BULK_BYTES = 4_000_000
#: Records whose documents are looked up at once; a record has a few faces.
LOOKED_UP = 1000
#: A server with too much to do says so: the same documents again after these seconds.
PAUSES = (0.5, 1.0, 2.0, 4.0)
BUSY = 429
#: What Elasticsearch says of a document that it can't take as it is, today or tomorrow.
UNFIT = {
    "document_parsing_exception",
    "illegal_argument_exception",
    "mapper_parsing_exception",
    "strict_dynamic_mapping_exception",
}
WORDS_ID = "words"


class Operation(NamedTuple):
    """A document to store, or (without a source) to remove."""

    key: str
    source: bytes | None = None

    def lines(self) -> list[bytes]:
        """Return the operation as a bulk request has it."""
        action = json.dumps({"delete" if self.source is None else "index": {"_id": self.key}}).encode()
        return [action] if self.source is None else [action, self.source]


def _chunks(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    chunk: list[Operation] = []
    size = 0
    for operation in operations:
        chunk.append(operation)
        size += len(operation.source or b"")
        if size >= BULK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def write(client: Elasticsearch, alias: str, operations: Iterable[Operation]) -> dict[str, str]:
    """Send operations; return key -> reason of documents that can't be stored as they are.

    Raises EngineUnavailable with the first reason when another one isn't done.
    """
    refused: dict[str, str] = {}
    for chunk in _chunks(operations):
        rest = chunk
        for pause in (*PAUSES, None):
            rest = _send(client, alias, rest, refused)
            if not rest:
                break
            if pause is None:
                raise EngineUnavailable(f"the search engine has too much to do: {len(rest)} documents weren't taken")
            time.sleep(pause)
    return refused


def _send(
    client: Elasticsearch, alias: str, operations: Sequence[Operation], refused: dict[str, str]
) -> list[Operation]:
    """Send one request; return what the server was too busy for. Removing what isn't there is no error."""
    lines: list[Any] = [line for operation in operations for line in operation.lines()]
    answer = client.bulk(
        index=alias, operations=lines, require_alias=True, filter_path="errors,items.*.error,items.*.status"
    )
    if not answer["errors"]:
        return []
    again = []
    for operation, item in zip(operations, answer["items"], strict=True):
        [outcome] = item.values()
        error = outcome.get("error")
        if error and outcome["status"] == BUSY and "block" not in str(error.get("type")):
            again.append(operation)
        elif error and error.get("type") in UNFIT:
            refused[operation.key] = _explained(error)
        elif error:
            problem = f"{operation.key} can't be written to {alias}: {error.get('type')}: {error.get('reason')}"
            kind = IndexUnreadable if error.get("type") == "index_not_found_exception" else EngineUnavailable
            raise kind(problem)
    return again


def _explained(error: Mapping[str, Any]) -> str:
    """Return what is wrong with a document: the cause, where Elasticsearch tells it apart."""
    parts = [f"{one.get('type')}: {one.get('reason')}" for one in (error, error.get("caused_by")) if one]
    return "; ".join(parts)


def save_words(client: Elasticsearch, alias: str, words: dict[str, int]) -> None:
    """Store the words of public documents where readers find them, with a new mark."""
    packed = zlib.compress(json.dumps(words, ensure_ascii=False).encode("utf-8"))
    document = {"mark": f"{time.time_ns()}", "packed": b64encode(packed).decode("ascii")}
    client.index(index=alias, id=WORDS_ID, document=document, require_alias=True)


def public_words(client: Elasticsearch, index: str) -> dict[str, int]:
    """Return word -> public documents that hold it or a form of it, counted in parts that an answer can hold."""
    about = _aggregate(client, index, queries.different_words())["words"]["value"]
    parts = about // (queries.ALL_VALUES // 2) + 1
    while (words := _words_in_parts(client, index, parts)) is None:
        parts *= 2
    return words


def _words_in_parts(client: Elasticsearch, index: str, parts: int) -> dict[str, int] | None:
    """Return the words, ``None`` when one of so many parts is too large for an answer."""
    words: dict[str, int] = {}
    for part in range(parts):
        found = _aggregate(client, index, queries.words(part, parts))["words"]["buckets"]
        if len(found) >= queries.ALL_VALUES:
            return None
        words |= {bucket["key"]: bucket["doc_count"] for bucket in found}
    return words


def _aggregate(client: Elasticsearch, index: str, search: Any) -> Any:
    return client.search(index=index, body=search.to_dict(), allow_partial_search_results=False)["aggregations"]


def _errors(documents: Iterable[Encoded], refused: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """Return source and id of the records whose documents were refused, with the reason."""
    found = {}
    for one in documents:
        if one.key in refused:
            source, _, source_id = one.reference.rpartition(SEPARATOR)
            found[source, int(source_id)] = refused[one.key]
    return found


class ElasticsearchWriter:
    """Changes the index in use. Nothing is sent before a commit."""

    def __init__(self, indexes: Indexes, address: Address, generation: str) -> None:
        """Take the index in use; what another writer left unseen becomes visible."""
        self.generation = generation
        self._address = address
        self._alias = indexes.write
        self._client = indexes.client.options(request_timeout=WRITE_TIMEOUT_SECONDS)
        self._encoder = Encoder()
        self._pending: dict[str, list[Encoded]] = {}
        with reported(address):
            self._client.indices.refresh(index=self._alias)

    def encode(self, record: IndexRecord) -> Encoded:
        """Return the record as :meth:`replace` takes it."""
        return self._encoder.encode(record)

    def replace(self, references: Iterable[tuple[str, int]], encoded: Iterable[Encoded]) -> None:
        """Remember to remove all faces of the (source, id) pairs, then to store encoded records."""
        for source, source_id in references:
            self._pending[reference(source, source_id)] = []
        for one in encoded:
            self._pending.setdefault(one.reference, []).append(one)

    def commit(self) -> None:
        """Store everything so far, on disk and visible to all readers; until that is done, nothing is forgotten.

        Raises RecordsRefused afterwards if some records can't be stored as they are.
        """
        if not self._pending:
            return
        with reported(self._address):
            refused = write(self._client, self._alias, self._operations())
            self._client.indices.refresh(index=self._alias)
        errors = _errors(chain.from_iterable(self._pending.values()), refused)
        self._pending = {}
        if errors:
            raise RecordsRefused(errors)

    def _operations(self) -> Iterator[Operation]:
        new = {one.key for documents in self._pending.values() for one in documents}
        for key in self._stored_keys(list(self._pending)):
            if key not in new:
                yield Operation(key)
        for documents in self._pending.values():
            yield from (Operation(one.key, one.source) for one in documents)

    def _stored_keys(self, references: Sequence[str]) -> Iterator[str]:
        """Yield the keys of the records' documents in the index, as of the last commit: nobody else writes."""
        for start in range(0, len(references), LOOKED_UP):
            search = queries.faces(references[start : start + LOOKED_UP], WINDOW)
            answer = self._client.search(
                index=self._alias,
                body=search.to_dict(),
                allow_partial_search_results=False,
                filter_path="hits.hits._id",
            )
            yield from (hit["_id"] for hit in answer.body.get("hits", {}).get("hits", ()))

    def close(self) -> None:
        """Forget what isn't committed."""
        self._pending = {}

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()


class ElasticsearchBuilder:
    """Fills a new index while the old one is read and changed; unless finished, leaving removes it."""

    def __init__(self, indexes: Indexes, address: Address, on_finish: Callable[[], None]) -> None:
        """Take where to build; ``on_finish`` is called when the new index is in use."""
        self._indexes = indexes
        self._address = address
        self._client = indexes.client.options(request_timeout=BUILD_TIMEOUT_SECONDS)
        self._on_finish = on_finish
        self._waiting: list[Encoded] = []
        self._bytes = 0
        self._keys: set[str] = set()
        self._errors: dict[tuple[str, int], str] = {}
        self._finished = False

    def __enter__(self) -> Self:
        """Create the index."""
        with reported(self._address):
            self.generation = self._indexes.create()
        return self

    def add(self, encoded: Encoded) -> None:
        """Store an encoded record; sent when enough have come together."""
        self._waiting.append(encoded)
        self._keys.add(encoded.key)
        self._bytes += len(encoded.source)
        if self._bytes >= BULK_BYTES:
            self._flush()

    def _flush(self) -> None:
        documents, self._waiting, self._bytes = self._waiting, [], 0
        operations = [Operation(one.key, one.source) for one in documents]
        with reported(self._address):
            refused = write(self._client, self.generation + RAW + BUILDING, operations)
        self._keys -= refused.keys()
        self._errors |= _errors(documents, refused)

    def finish(self) -> None:
        """Compare counts, list the words, and put the new index in place of the old one at once.

        Raises RecordsRefused afterwards if some records can't be stored as they are.
        """
        self._flush()
        name = self.generation
        with reported(self._address):
            self._indexes.complete(name)
            self._compare_counts()
            save_words(self._client, name + WORDS + BUILDING, public_words(self._client, name))
            self._indexes.put_in_place(name)
        self._finished = True
        self._on_finish()
        if self._errors:
            raise RecordsRefused(self._errors)

    def _compare_counts(self) -> None:
        """Raise EngineError unless the new index holds exactly what was sent and can be stored."""
        stored = self._client.count(index=self.generation)["count"]
        if stored != len(self._keys):
            raise EngineError(f"the new search index {self.generation} holds {stored} of {len(self._keys)} documents")

    def __exit__(self, *_: object) -> None:
        """Remove an unfinished index; if the server doesn't answer, the next rebuild will."""
        if self._finished:
            return
        try:
            with reported(self._address):
                self._indexes.remove(self.generation)
        except EngineError as error:
            logger.warning("The unfinished search index %s stays for now: %s", self.generation, error)
