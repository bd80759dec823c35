"""``manage.py search_innovations``."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.search.support import build, document

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("search_innovations", *arguments, stdout=out)
    return out.getvalue().splitlines()


def card(number: int, title: str) -> dict:
    return {"number": f"IN-26000{number}-X", "title": title, "agency": "Kabupaten Banggai", "year": 2021}


def test_it_prints_number_title_agency_year_and_score(source):
    build(document(1, "Ojek pasar", card=card(1, "Ojek pasar")), document(2, "Sekolah", card=card(2, "Sekolah")))
    lines = run("ojek", "pasar")
    assert lines[0].split("\t")[:4] == ["IN-260001-X", "Ojek pasar", "Kabupaten Banggai", "2021"]
    assert float(lines[0].split("\t")[4]) > 0
    assert lines[-1] == "1 found"


def test_the_last_line_is_one_json_object(source):
    build(document(1, "Ojek pasar", card=card(1, "Ojek pasar")))
    report = json.loads(run("ojek", "--json")[-1])
    assert report["total"] == 1
    assert report["hits"][0]["number"] == "IN-260001-X"
    assert report["hits"][0]["agency"] == "Kabupaten Banggai"
    assert report["limited"] is False


def test_only_public_entries_are_found(source):
    build(document(1, "Ojek", face="draft"))
    assert run("ojek") == ["0 found"]


def test_without_an_index_it_says_that_search_is_limited(source):
    source.put(document(1, "Ojek", card=card(1, "Ojek")))
    assert run("ojek")[-1] == "1 found (search is limited)"
