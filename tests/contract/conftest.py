"""One built index per engine for the whole suite. Another engine is one more line in :data:`ENGINES`."""

import pytest
from django.test import override_settings

from search.availability import circuit
from search.engines import get_engine
from search.rebuild import rebuild
from tests.contract import collection
from tests.contract.reference import Reference
from tests.search import support

#: Name of the engine -> the SEARCH_URL of an empty index for a test folder.
ENGINES = {"tantivy": "tantivy://{folder}/search"}


@pytest.fixture(scope="session")
def reference():
    """The slow answers."""
    return Reference(collection.entries())


@pytest.fixture(params=ENGINES)
def engine_settings(request, tmp_path):
    """Settings of an engine with an empty index of its own."""
    with override_settings(DATA_DIR=tmp_path, SEARCH_URL=ENGINES[request.param].format(folder=tmp_path)):
        get_engine.cache_clear()
        circuit.reset()
        yield request.param
    get_engine.cache_clear()


@pytest.fixture
def collected(engine_settings, db):
    """The collection, indexed; the source that it came from."""
    with (
        support.only_facets(*collection.FACETS),
        support.only_source(support.SampleSource(collection.entries())) as source,
    ):
        rebuild()
        yield source
