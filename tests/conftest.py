"""What every test may use: the migrated database, and the services that some need."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import SimpleTestCase, TransactionTestCase

from tests import services
from tests.database import migrated_database

# Playwright's driver keeps an event loop in the thread of the tests; Django would refuse its own ORM there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Make the test database from the snapshot of the migrated one (see ``tests/database.py``).

    After a test that commits, the database is put back; Django would only empty its tables.
    """
    database = migrated_database()
    with django_db_blocker.unblock():
        snapshots = database.__enter__()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: snapshots.restore())
        yield
    with django_db_blocker.unblock():
        database.__exit__(None, None, None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Let tests that share what takes long to make run on one worker."""
    from tests.scheduling import GroupedScheduling

    return GroupedScheduling(config, log) if config.getvalue("dist") == "load" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that only PostgreSQL can run say so instead of failing elsewhere; there only those with a database run."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
        items[:] = [item for item in items if _uses_database(item)]
        return
    reason = "needs PostgreSQL: 'make test' runs it in its second pass"
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason=reason))


def _uses_database(item: pytest.Item) -> bool:
    """Return whether a test may ask the database: the others have said all they know in the first pass."""
    if isinstance(getattr(item, "cls", None), type) and issubclass(item.cls, SimpleTestCase):
        return True
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
    return bool(marked) or bool({"db", "transactional_db"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def no_index_left_behind() -> Iterator[None]:
    """Fail a test that leaves a search index where the next one would find it: ``SEARCH_URL`` of a test is its own."""
    yield
    folder = Path(settings.DATA_DIR) / "search"
    if f"tantivy://{folder}" == settings.SEARCH_URL and folder.exists():
        shutil.rmtree(folder)
        pytest.fail(f"the test wrote a search index to {folder}; set SEARCH_URL to a folder of its own")


@pytest.fixture(autouse=True)
def labels_are_read_again() -> None:
    """Labels of facets are kept for a minute in the process; the next test has others."""
    from innovation_hub.innovations.search_facets import forget_labels

    forget_labels()


@pytest.fixture(autouse=True)
def synonyms_are_read_again() -> Iterator[None]:
    """Synonyms of the database are kept for seconds in the process; what a test stores goes with it."""
    from search import synonyms
    from search.stored_synonyms import stored_thesaurus

    stored_thesaurus.reset()
    yield
    synonyms.use_provider(stored_thesaurus)
    stored_thesaurus.reset()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove what this run wrote: its data folder, and the run's when it was the last worker."""
    folder = Path(settings.DATA_DIR)
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.rmdir()


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of a running PostgreSQL; skips (in CI: fails) when there is none."""
    try:
        return services.find_postgres()
    except services.ServiceMissing as error:
        services.skip_or_fail(error)


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The path of Chromium; skips (in CI: fails) when there is none."""
    try:
        return services.find_chromium()
    except services.ServiceMissing as error:
        services.skip_or_fail(error)
