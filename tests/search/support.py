"""A source of documents in memory, and a search service of its own for each test."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings

from search import sources, suggest
from search.availability import circuit
from search.documents import PUBLIC, SearchDocument
from search.engines import get_engine
from search.engines.base import Engine
from search.facets import FACETS, Facet, register_facet
from search.rebuild import rebuild
from search.sources import BaseSource, register_source
from tests import services

SOURCE = "sample"
KIND = "inovasi"


class SampleSource(BaseSource):
    """Documents that a test puts in place; ``withdrawn`` ones are in the index but no longer public."""

    name = SOURCE
    label = "samples"

    def __init__(self, documents: Collection[SearchDocument] = ()) -> None:
        self.faces: dict[int, list[SearchDocument]] = {}
        self.withdrawn: set[int] = set()
        self.broken: set[int] = set()
        self.asked: list[tuple[frozenset[int], frozenset[str]]] = []
        for document in documents:
            self.put(document)

    def put(self, *faces: SearchDocument) -> None:
        """Replace all faces of a record, or add one to those that are there if only one comes."""
        kept = self.faces.setdefault(faces[0].source_id, [])
        kept[:] = [old for old in kept if old.key not in {face.key for face in faces}] + list(faces)

    def remove(self, source_id: int) -> None:
        """Delete a record."""
        del self.faces[source_id]

    def documents(self, ids: Sequence[int]) -> Iterator[SearchDocument]:
        for source_id in ids:
            if source_id in self.broken:
                raise LookupError(f"record {source_id} is broken")
            yield from self.faces.get(source_id, ())

    def ids(self) -> Iterator[int]:
        return iter(sorted(self.faces))

    def versions(self) -> Iterator[tuple[int, int]]:
        return ((source_id, faces[0].version) for source_id, faces in sorted(self.faces.items()))

    def public_ids(self, ids: Collection[int]) -> set[int]:
        return self.visible_ids(ids, frozenset({PUBLIC}))

    def visible_ids(self, ids: Collection[int], scopes: frozenset[str]) -> set[int]:
        self.asked.append((frozenset(ids), scopes))
        found = {i for i in ids for face in self.faces.get(i, ()) if face.scopes & scopes}
        return found - self.withdrawn

    def fallback(self, text: str, limit: int, without: Sequence[str] = ()) -> tuple[list[dict], int]:
        words = text.casefold().split()
        found = [
            {**face.card, "id": face.source_id}
            for faces in self.faces.values()
            for face in faces
            if PUBLIC in face.scopes
            and all(word in face.title.casefold() for word in words)
            and not any(word.casefold() in face.title.casefold() for word in without)
        ]
        return found[:limit], len(found)


def document(source_id: int, title: str = "", *, face: str = "live", **values) -> SearchDocument:
    """Return a document, public unless ``scopes`` says otherwise."""
    values.setdefault("scopes", frozenset({PUBLIC, "staff"} if face == "live" else {"staff"}))
    values.setdefault("version", 1)
    values.setdefault("card", {"title": title, "summary": values.get("summary", ""), "number": f"IN-{source_id}"})
    return SearchDocument(
        key=f"{KIND}:{source_id}:{face}", kind=KIND, source=SOURCE, source_id=source_id, title=title, **values
    )


def _unregister_all() -> None:
    for name in sources.sources():
        sources.unregister_source(name)


@contextmanager
def only_source(source: SampleSource) -> Iterator[SampleSource]:
    """Let ``source`` be the only one; whatever the test registers besides goes with it."""
    kept = sources.sources()
    _unregister_all()
    register_source(source)
    try:
        yield source
    finally:
        _unregister_all()
        for other in kept.values():
            register_source(other)


@contextmanager
def only_facets(*facets: Facet) -> Iterator[None]:
    """Let ``facets`` be the only ones."""
    kept = dict(FACETS)
    FACETS.clear()
    for facet in facets:
        register_facet(facet)
    try:
        yield
    finally:
        FACETS.clear()
        FACETS.update(kept)


class _LastingSettings:
    """Django's settings, with what is set here put back by a ``MonkeyPatch``."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        object.__setattr__(self, "_patch", patch)

    def __setattr__(self, name: str, value: object) -> None:
        self._patch.setattr(django_settings, name, value)


@contextmanager
def lasting_settings() -> Iterator[_LastingSettings]:
    """Give settings to change for longer than one test: pytest-django's own are for one."""
    with pytest.MonkeyPatch.context() as patch:
        yield _LastingSettings(patch)


def use_search_folder(settings, folder: Path) -> None:
    """Put index and locks into a folder of their own, with nothing remembered from other tests."""
    settings.DATA_DIR = folder
    settings.SEARCH_URL = f"tantivy://{folder}/search"
    get_engine.cache_clear()
    circuit.reset()
    suggest.forget()


def elasticsearch_address() -> str:
    """Return an address with a prefix of its own at the Elasticsearch for tests; skips (in CI: fails) without one."""
    try:
        return f"{services.find_elasticsearch()}/hub-tests-{uuid4().hex[:12]}"
    except services.ServiceMissing as error:
        services.skip_or_fail(error)
        raise


#: Name of the engine -> what gives the SEARCH_URL of an empty index; another engine is one more line.
ADDRESSES = {"tantivy": lambda folder: f"tantivy://{folder}/search", "elasticsearch": lambda _: elasticsearch_address()}
#: Runs a test that takes the fixture ``source`` on each engine; on Elasticsearch with one database only, as it is slow.
every_engine = pytest.mark.parametrize(
    "source",
    [pytest.param(name, marks=() if name == "tantivy" else pytest.mark.slow) for name in ADDRESSES],
    indirect=True,
)


@contextmanager
def engine_of(name: str, settings, folder: Path) -> Iterator[Engine]:
    """Let ``settings`` name an engine with an empty index of its own; the index goes at the end."""
    use_search_folder(settings, folder)
    settings.SEARCH_URL = ADDRESSES[name](folder)
    if name == "elasticsearch":
        settings.SEARCH_TIMEOUT_SECONDS = 30.0  # another program on the machine may keep it waiting
    get_engine.cache_clear()
    engine = get_engine()
    yield engine
    if name == "elasticsearch":
        engine.drop()
    circuit.reset()
    get_engine.cache_clear()


def build(*documents: SearchDocument) -> SampleSource:
    """Put documents into the registered sample source and build the index of them."""
    source = sources.get_source(SOURCE)
    assert isinstance(source, SampleSource)
    for one in documents:
        source.put(one)
    rebuild()
    return source
