"""What tests of the search service may use."""

import pytest

from search.facets import Facet
from tests.search import support


@pytest.fixture
def search_folder(settings, tmp_path):
    """A folder for index and locks, empty."""
    support.use_search_folder(settings, tmp_path)
    return tmp_path


@pytest.fixture
def source(request, search_folder, settings):
    """The only source: it has no documents until a test puts some in.

    Its engine is the embedded one; ``@every_engine`` runs a test on each.
    """
    name = getattr(request, "param", "tantivy")
    with support.engine_of(name, settings, search_folder), support.only_source(support.SampleSource()) as found:
        yield found


@pytest.fixture
def elastic(settings, tmp_path):
    """An Elasticsearch engine with a prefix of its own, and the only source; all of it goes with the test."""
    with support.engine_of("elasticsearch", settings, tmp_path) as engine, support.only_source(support.SampleSource()):
        yield engine


@pytest.fixture
def facets():
    """Two open facets and a closed one."""
    with support.only_facets(
        Facet("theme", "tema", "Theme", open=True, labels=lambda values, language: {v: v.title() for v in values}),
        Facet("year", "tahun", "Year", open=True, order="value-desc"),
        Facet("stage", "tahap", "Stage"),
    ):
        yield
