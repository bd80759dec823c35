"""The demonstration collection: real cases with their sources, labelled synthetic entries, nothing twice."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from innovation_hub.innovations.models import Innovation, RegistryNumber
from innovation_hub.innovations.requirements import completeness_of
from innovation_hub.innovations.services.demo import REAL_SOURCE, SYNTHETIC_SOURCE
from search.query import SearchQuery
from search.service import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def vocabularies():
    call_command("load_vocabularies", stdout=io.StringIO())


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    settings.DATA_DIR = tmp_path


def load(capsys, entries: int) -> dict:
    call_command("load_demo", entries=entries, json=True)
    return json.loads(capsys.readouterr().out.strip().splitlines()[-1])


def test_the_collection_is_loaded_once_and_grows(vocabularies, capsys):
    first = load(capsys, 40)
    assert (first["real"], first["synthetic"]) == (16, 40)
    again = load(capsys, 40)
    assert (again["real"], again["synthetic"]) == (0, 0)
    more = load(capsys, 60)
    assert (more["real"], more["synthetic"]) == (0, 20)
    assert Innovation.objects.public().count() == 76
    assert RegistryNumber.objects.count() == 76
    synthetic = Innovation.objects.filter(source_system=SYNTHETIC_SOURCE)
    assert all(entry.is_synthetic for entry in synthetic)
    assert not Innovation.objects.filter(source_system=REAL_SOURCE, is_synthetic=True).exists()
    for entry in synthetic[:5]:
        assert entry.completeness == completeness_of(entry)
        assert entry.year == entry.derived_year()


def test_banggai_is_found_first_and_shows_its_sources_and_grades(vocabularies, capsys):
    load(capsys, 300)
    [best, *_rest] = search(SearchQuery("ojek pasar")).hits
    entry = Innovation.objects.get(pk=best.source_id)
    assert entry.agency.name == "Kabupaten Banggai"
    assert entry.region.code == "72.01"
    assert entry.programme is None
    assert {claim.indicator: claim.level for claim in entry.claims.all()}["Penularan Covid-19 tertahan"] == 0
    assert entry.sources.count() == 4
    assert entry.evidence_level == max(claim.level for claim in entry.claims.all())


def test_without_vocabularies_it_says_what_to_run(capsys):
    with pytest.raises(CommandError, match="load_vocabularies"):
        call_command("load_demo", entries=1)
    assert not Innovation.objects.exists()


def test_a_negative_number_is_refused():
    with pytest.raises(CommandError, match="negative"):
        call_command("load_demo", entries=-1)
