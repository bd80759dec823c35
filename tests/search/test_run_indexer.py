"""``manage.py run_indexer`` as a process: builds what is missing, keeps up, and ends when it is told to."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60

#: Migrates a database of its own, then runs the indexer in the same process.
PROGRAM = """
import os, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.search.support import SampleSource, document
from search import sources
for name in sources.sources():
    sources.unregister_source(name)
sources.register_source(SampleSource([document(1, "Ojek")]))
call_command("run_indexer")
"""


#: Leaves a request as the button does, and waits until it is done; runs beside the indexer.
REQUEST = """
import time
import django
django.setup()
from search.models import IndexRun
from search.runs import ask_for
run = ask_for("sync", None)
for _ in range(600):
    run.refresh_from_db()
    if run.ended_at:
        break
    time.sleep(0.1)
print(run.state, run.result.get("repaired"), run.error)
"""


@pytest.fixture
def environment(tmp_path):
    """Variables of a hub in a folder of its own, with only the search app's tables."""
    settings = tmp_path / "indexer_settings.py"
    settings.write_text(
        "from innovation_hub.settings.test import *\n"
        "INSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth', 'search']\n"
        "AUTH_USER_MODEL = 'auth.User'\n"
        "ROOT_URLCONF, MIDDLEWARE, TEMPLATES = 'search.urls', [], []\n"
        f"DATA_DIR = __import__('pathlib').Path({str(tmp_path)!r})\n"
        f"SEARCH_URL = 'tantivy://{tmp_path}/search'\n"
        f"DATABASES = {{'default': {{'ENGINE': 'django.db.backends.sqlite3', 'NAME': {str(tmp_path / 'db')!r}}}}}\n",
        encoding="utf-8",
    )
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "indexer_settings",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
        "PYTHONUNBUFFERED": "1",
    }


def start(environment: dict[str, str], program: str = PROGRAM) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(process: subprocess.Popen[str], text: str) -> list[str]:
    """Return the lines up to the one that holds ``text``."""
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if text in line:
            return lines
    raise AssertionError("\n".join(lines))


@pytest.mark.slow
def test_it_builds_the_missing_index_and_ends_cleanly_and_the_next_one_waits(environment):
    first = start(environment)
    try:
        lines = read_until(first, "The indexer is running.")
        assert any("Built an index of 1 documents" in line for line in lines)
        second = start(environment)
        try:
            read_until(second, "Another indexer is running")
            first.send_signal(signal.SIGTERM)
            assert "The indexer has stopped." in first.communicate(timeout=PATIENCE)[0]
            assert first.returncode == 0
            read_until(second, "The indexer is running.")
            second.send_signal(signal.SIGINT)
            assert "The indexer has stopped." in second.communicate(timeout=PATIENCE)[0]
            assert second.returncode == 0
        finally:
            second.kill()
    finally:
        first.kill()


@pytest.mark.slow
def test_what_is_asked_for_in_the_admin_is_done_in_a_process_of_its_own(environment):
    indexer = start(environment)
    try:
        read_until(indexer, "The indexer is running.")
        asking = start(environment, REQUEST)
        try:
            # The process of its own knows no source, so the one record of the index is too many for it.
            assert asking.communicate(timeout=PATIENCE)[0].split() == ["done", "1"]
        finally:
            asking.kill()
        indexer.send_signal(signal.SIGTERM)
        assert "The indexer has stopped." in indexer.communicate(timeout=PATIENCE)[0]
        assert indexer.returncode == 0
    finally:
        indexer.kill()
