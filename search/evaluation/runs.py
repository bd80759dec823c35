"""Indexing a judged collection into a throw-away index, and asking it as the product asks its own."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings

from search.documents import PUBLIC, SearchDocument, prepare
from search.engines import engine_class
from search.engines.base import Engine
from search.evaluation.files import Document, Query
from search.query import MAX_PAGE_SIZE, SearchQuery
from search.service import answer_of

SOURCE, KIND = "evaluation", "dokumen"
SAMPLE = 400
WARM_UP = 50


@dataclass(slots=True)
class Run:
    """What the engine answered: rankings with scores, and how long each query took, in seconds."""

    rankings: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)

    @property
    def keys(self) -> dict[str, list[str]]:
        """Return qid -> docids, best first."""
        return {qid: [key for key, _ in ranked] for qid, ranked in self.rankings.items()}

    def milliseconds(self, share: float) -> float:
        """Return the duration that ``share`` of the queries don't exceed."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 if ordered else 0.0


@contextmanager
def throwaway_engine(documents: Sequence[Document]) -> Iterator[Engine]:
    """Yield an engine of the kind that ``SEARCH_URL`` names, holding ``documents`` in an index of its own.

    The index is removed at the end; that of the product is not touched.
    """
    with _own_address(settings.SEARCH_URL) as address:
        engine: Engine = engine_class()(address)  # type: ignore[call-arg]
        try:
            _fill(engine, documents)
            yield engine
        finally:
            engine.drop()


@contextmanager
def _own_address(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    if parts.scheme == "tantivy":
        with tempfile.TemporaryDirectory(prefix="hub-evaluation-") as folder:
            yield f"tantivy://{Path(folder)}"
        return
    prefix = parts.path.strip("/") or "hub"
    yield parts._replace(path=f"/{prefix}-evaluation-{uuid4().hex[:12]}").geturl()


def _fill(engine: Engine, documents: Sequence[Document]) -> None:
    records = [prepare(_document(number, document)) for number, document in enumerate(documents)]
    encoder = engine.encoder(records[:: max(len(records) // SAMPLE, 1)])
    with engine.builder(encoder) as builder:
        for record in records:
            builder.add(encoder.encode(record))
        builder.finish()


def _document(number: int, document: Document) -> SearchDocument:
    return SearchDocument(
        key=f"{KIND}:{number}:live",
        kind=KIND,
        source=SOURCE,
        source_id=number,
        version=1,
        scopes=frozenset({PUBLIC}),
        title=document.title,
        body=(document.text,),
        card={},
    )


def run_queries(engine: Engine, documents: Sequence[Document], queries: Sequence[Query], floor: bool = True) -> Run:
    """Ask every query for its best hundred documents, after some to warm up; ``floor=False`` takes any word."""
    run = Run()
    for query in queries[:WARM_UP]:
        answer_of(engine, _asked(query), fetch=False, floor=floor)
    for query in queries:
        started = time.perf_counter()
        answer = answer_of(engine, _asked(query), fetch=False, floor=floor)
        run.seconds.append(time.perf_counter() - started)
        run.totals.append(answer.result.total)
        run.rankings[query.key] = [(documents[hit.payload["i"]].key, hit.score) for hit in answer.result.hits]
    return run


def _asked(query: Query) -> SearchQuery:
    return SearchQuery(text=query.text, page_size=MAX_PAGE_SIZE, passages=False)


def write_trec(run: Run, path: Path, tag: str) -> None:
    """Write the run in the form that ``trec_eval`` and ``ir_measures`` read."""
    with path.open("w", encoding="utf-8") as file:
        for qid, ranked in run.rankings.items():
            for place, (key, value) in enumerate(ranked, 1):
                file.write(f"{qid} Q0 {key} {place} {value:.6f} {tag}\n")
