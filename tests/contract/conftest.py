"""One index per engine and test; the engines are those of :data:`tests.search.support.ADDRESSES`."""

import pytest

from search.rebuild import rebuild
from tests.contract import collection
from tests.contract.reference import Reference
from tests.search import support


@pytest.fixture(scope="session")
def reference():
    """The slow answers."""
    return Reference(collection.entries())


@pytest.fixture(params=support.ADDRESSES)
def engine_settings(request, settings, tmp_path):
    """Settings of an engine with an empty index of its own, which goes with the test."""
    with support.engine_of(request.param, settings, tmp_path):
        yield request.param


@pytest.fixture
def collected(engine_settings, db):
    """The collection, indexed; the source that it came from."""
    with (
        support.only_facets(*collection.FACETS),
        support.only_source(support.SampleSource(collection.entries())) as source,
    ):
        rebuild()
        yield source
