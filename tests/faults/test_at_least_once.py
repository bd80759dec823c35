"""An indexer that dies between the engine's commit and the outbox leaves work to do again, which changes nothing."""

import signal

import pytest

from search import locks
from search.engines import get_engine
from search.indexer import drain
from search.models import OutboxEntry
from search.outbox import enqueue
from search.query import SearchQuery
from search.rebuild import rebuild
from search.service import search
from tests.factories import make_draft, make_published
from tests.faults.conftest import use

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SOURCE = "innovation"
#: The indexer, which a power cut ends in the worst of moments.
DIES_BEFORE_REMOVING_ROWS = """
import os, signal
import django
django.setup()
from django.core.management import call_command
from search import outbox
outbox.done = lambda rows: os.kill(os.getpid(), signal.SIGKILL)
call_command("run_indexer")
"""


@pytest.fixture(params=["tantivy", "elasticsearch"])
def engine(request, settings, tmp_path):
    """An engine with an empty index."""
    if request.param == "tantivy":
        use(settings, tmp_path, f"tantivy://{tmp_path}/search")
        yield get_engine()
        get_engine.cache_clear()
        return
    elastic = request.getfixturevalue("elastic")
    settings.SEARCH_TIMEOUT_SECONDS = 30.0
    get_engine.cache_clear()
    yield elastic


def content() -> tuple[object, ...]:
    """Return all that the index holds, as far as anybody can see it."""
    stamps = sorted(get_engine().stamps(SOURCE))
    scopes = frozenset({"public", "staff"})
    found = search(SearchQuery(page_size=100, scopes=scopes, facets=("agency", "year"), sort="newest"))
    return stamps, [(hit.key, hit.card) for hit in found.hits], found.facets


def save_some() -> None:
    """Save entries with one face and with two."""
    for number in range(8):
        make_published(title_plain=f"Ojek {number}")
    make_draft(title_plain="Ojek yang belum terbit")
    both = make_published(title_plain="Ojek terbit")
    both.summary = "Dengan perubahan"
    both.save_revision()


def test_an_indexer_killed_before_it_removes_rows_applies_them_again(engine, indexer):
    rebuild()
    save_some()
    rows = list(OutboxEntry.objects.values_list("pk", flat=True))
    dying = indexer("-c", DIES_BEFORE_REMOVING_ROWS)
    assert dying.process.wait(60) == -signal.SIGKILL
    assert list(OutboxEntry.objects.filter(attempts=0).values_list("pk", flat=True)) == rows
    before = content()
    assert len(before[0]) == 11
    assert not locks.is_locked(locks.WRITER)
    assert drain()
    assert not OutboxEntry.objects.exists()
    assert content() == before


def test_applying_the_same_rows_twice_gives_the_same_index(engine, transactional_db):
    rebuild()
    save_some()
    ids = list(OutboxEntry.objects.values_list("source_id", flat=True))
    assert drain()
    before = content()
    enqueue(SOURCE, [*ids, *reversed(ids)])
    enqueue(SOURCE, ids)
    assert drain()
    assert content() == before
