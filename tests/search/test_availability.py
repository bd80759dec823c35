"""Without its engine the search is limited, says so, and is never an error."""

import shutil

import pytest
from django.core.exceptions import ImproperlyConfigured

from search import engines, service
from search.availability import Circuit, CircuitOpen, circuit
from search.engines import get_engine
from search.engines.base import EngineUnavailable, IndexUnreadable
from search.query import SearchQuery
from search.service import search
from search.suggest import suggest
from tests.search.support import SOURCE, build, document

DOWN = 5.0


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Flaky:
    """An engine that fails while it is ``down``, and counts how often it was asked."""

    down = True
    asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.down:
            raise EngineUnavailable("timed out")
        return "answer"


@pytest.fixture
def clock(settings):
    settings.SEARCH_DOWN_SECONDS = DOWN
    return Clock()


def fails(breaker: Circuit, work: Flaky) -> None:
    with pytest.raises(EngineUnavailable):
        breaker.call(work)


def test_after_one_failure_the_engine_is_left_alone_for_a_while(clock):
    breaker, work = Circuit(clock), Flaky()
    fails(breaker, work)
    clock.now = DOWN - 0.1
    with pytest.raises(CircuitOpen):
        breaker.call(work)
    assert work.asked == 1


def test_then_one_request_tries_and_the_others_still_do_not_wait(clock):
    breaker, work = Circuit(clock), Flaky()
    fails(breaker, work)
    clock.now = DOWN

    def while_others_ask() -> str:
        with pytest.raises(CircuitOpen):
            breaker.call(work)
        return "answer"

    assert breaker.call(while_others_ask) == "answer"
    assert work.asked == 1


def test_a_failed_try_starts_the_wait_again_a_good_one_ends_it(clock):
    breaker, work = Circuit(clock), Flaky()
    fails(breaker, work)
    clock.now = DOWN
    fails(breaker, work)
    clock.now = 2 * DOWN - 0.1
    with pytest.raises(CircuitOpen):
        breaker.call(work)
    clock.now = 2 * DOWN
    work.down = False
    assert [breaker.call(work) for _ in range(3)] == ["answer"] * 3
    assert not breaker.is_open


def test_an_error_that_is_not_the_engines_does_not_open_the_circuit(clock):
    breaker = Circuit(clock)
    with pytest.raises(ZeroDivisionError):
        breaker.call(lambda: 1 / 0)
    assert not breaker.is_open


@pytest.mark.django_db
def test_before_the_first_build_title_words_are_found_in_the_database(source):
    source.put(document(1, "Ojek <b>pasar</b>", summary="kata " * 100))
    source.put(document(2, "Sekolah"))
    page = search(SearchQuery(text="ojek"))
    assert page.limited
    assert page.total == 1
    assert page.hits[0].title_html == "Ojek &lt;b&gt;pasar&lt;/b&gt;"
    assert 200 < len(page.hits[0].summary_html) < 250
    assert page.facets == {}
    assert suggest("oj") == []
    assert service.ids(SearchQuery(text="ojek"), SOURCE) is None


@pytest.mark.django_db
def test_once_built_the_search_is_whole_without_a_wait(source):
    assert search(SearchQuery()).limited
    build(document(1, "Ojek"))
    assert not search(SearchQuery()).limited


@pytest.mark.django_db
def test_limited_pages_follow_one_another(source):
    for number in range(1, 31):
        source.put(document(number, "Ojek"))
    assert [len(search(SearchQuery(text="ojek", page=page)).hits) for page in (1, 2, 3)] == [20, 10, 0]


def damage(folder) -> None:
    """Put nonsense in place of index files. As new files: cutting one that a reader has mapped ends the process."""
    for path in (folder / "search").glob("gen-*/*"):
        if path.suffix in {".idx", ".term", ".store", ".fast"}:
            broken = path.with_suffix(".broken")
            broken.write_bytes(b"\0" * 100)
            broken.replace(path)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["files", "meta", "folder", "pointer", "layout"])
def test_a_damaged_index_limits_the_search_and_a_rebuild_mends_it(source, search_folder, caplog, how):
    build(document(1, "Ojek"))
    folder = search_folder / "search"
    generation = folder / get_engine().index_id()
    if how == "files":
        damage(search_folder)
    elif how == "meta":
        (generation / "meta.json").write_text("{")
    elif how == "folder":
        shutil.rmtree(generation)
    elif how == "pointer":
        (folder / "current").write_text("nonsense")
    else:
        (generation / "layout.json").write_text('{"version": 0, "open": []}')
    get_engine.cache_clear()
    assert search(SearchQuery(text="ojek")).limited
    assert "Search is limited" in caplog.text
    build()
    assert search(SearchQuery(text="ojek")).hits[0].source_id == 1


@pytest.mark.django_db
def test_while_the_circuit_is_open_pages_do_not_ask_the_engine(source, monkeypatch):
    build(document(1, "Ojek"))
    asked = []

    def time_out(*args):
        asked.append(args)
        raise EngineUnavailable("timed out")

    monkeypatch.setattr(type(get_engine()), "search", time_out)
    assert search(SearchQuery(text="ojek")).limited
    assert search(SearchQuery(text="ojek")).limited
    assert len(asked) == 1
    circuit.reset()


def test_an_unknown_scheme_is_named_at_the_start(settings):
    settings.SEARCH_URL = "solr://localhost"
    with pytest.raises(ImproperlyConfigured, match=r"SEARCH_URL.*'solr'.*tantivy"):
        engines.engine_class()


def test_an_unreadable_index_is_an_unavailable_engine():
    assert issubclass(IndexUnreadable, EngineUnavailable)
