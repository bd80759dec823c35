"""Preparing a data folder: everything the first time, nothing the second, never anything lost."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from home.preparation import RECORD, Record, checksum
from innovation_hub.accounts.models import User
from innovation_hub.innovations.models import Innovation
from search.query import SearchQuery
from search.service import search


def test_a_checksum_depends_on_names_contents_and_words(tmp_path):
    (tmp_path / "a").write_text("one")
    (tmp_path / "b").write_text("two")
    files = [tmp_path / "a", tmp_path / "b"]
    before = checksum(files)
    assert checksum(reversed(files)) == before
    assert checksum(files, "4.2") != before
    assert checksum(files[:1]) != before
    (tmp_path / "b").write_text("three")
    assert checksum(files) != before


def test_a_record_remembers_across_processes(tmp_path):
    Record(tmp_path).done("code", "abc")
    assert Record(tmp_path).is_done("code", "abc")
    assert not Record(tmp_path).is_done("code", "abd")
    assert not Record(tmp_path).is_done("static", "abc")


@pytest.mark.parametrize("content", ["", "{", "[1]", "null"])
def test_a_damaged_record_counts_as_none(tmp_path, content):
    (tmp_path / RECORD).write_text(content)
    record = Record(tmp_path)
    assert record.number("entries") == 0
    record.done("entries", "12")
    assert Record(tmp_path).number("entries") == 12


def test_a_forgotten_record_is_gone(tmp_path):
    record = Record(tmp_path)
    record.done("code", "abc")
    record.forget()
    assert not Record(tmp_path).is_done("code", "abc")
    assert not (tmp_path / RECORD).exists()


def prepare(entries: int) -> str:
    """Run the command and return what it says."""
    output = StringIO()
    call_command("prepare_hub", entries=entries, stdout=output, stderr=output)
    return output.getvalue()


@pytest.fixture
def data_dir(settings, tmp_path, monkeypatch) -> Path:
    """An empty data folder of a newcomer's hub; the code stays the same even if somebody edits it meanwhile."""
    monkeypatch.setattr("home.management.commands.prepare_hub.code_checksum", lambda: "this code")
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    settings.HUB_PRINT_DEMO_ACCOUNTS = True
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_a_folder_is_prepared_once_and_grows(data_dir):
    first = prepare(3)
    for step in ("Database tables", "Vocabularies", "Roles", "collection of 3", "accounts", "Search index", "Static"):
        assert step in first
    assert Innovation.objects.filter(is_synthetic=True).count() == 3
    assert search(SearchQuery(text="ojek pasar")).total
    assert (data_dir / "static" / "hub").is_dir()
    password = (data_dir / "demo-accounts.txt").read_text(encoding="utf-8")

    again = prepare(3)
    assert again.splitlines() == [again.strip()]
    assert again.startswith("Everything is prepared")

    User.objects.filter(email="kurator@contoh.go.id").update(name="Renamed by staff")
    assert "collection of 5" in prepare(5)
    assert Innovation.objects.filter(is_synthetic=True).count() == 5
    assert "collection" not in prepare(4)
    assert json.loads((data_dir / RECORD).read_text())["entries"] == "5"
    assert User.objects.get(email="kurator@contoh.go.id").name == "Renamed by staff"
    assert (data_dir / "demo-accounts.txt").read_text(encoding="utf-8") == password
