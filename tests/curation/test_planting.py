"""Planted duplicates: what is planted, that it says so itself, and that it goes again without a trace."""

import io
import json
from random import Random

import pytest
from django.core.management import CommandError, call_command

from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.curation.planting.inflections import Inflections
from innovation_hub.curation.planting.planting import truth_of
from innovation_hub.curation.planting.variations import choose_kinds, other_names, possible_kinds
from innovation_hub.curation.planting.wording import (
    Wording,
    acronym_of,
    drop_and_reorder,
    inflect,
    misspell,
    other_figures,
    sentences_of,
    slip,
)
from innovation_hub.innovations.models import Claim, Innovation, RegistryNumber, TaggedInnovation
from search.analysis import stem
from search.query import SearchQuery
from search.service import search

TEXT = "Warga menunggu lama di loket. Petugas melayani 40 orang sehari. Berkas dicatat dua kali."


def wording(**changes) -> Wording:
    return Wording(**{"title": "Antrean daring di loket", "prose": {"problem": [TEXT], "design": [TEXT]}} | changes)


def test_a_third_of_the_sentences_goes_and_the_rest_is_shuffled():
    changed = wording()
    drop_and_reorder(changed, Random(1))
    kept = [part for texts in changed.prose.values() for text in texts for part in sentences_of(text)]
    assert len(kept) == 4
    assert set(kept) <= set(sentences_of(TEXT))


def test_other_inflections_keep_their_stems():
    forms = Inflections(["pelayanan melayani dilayani layanan menunggu ditunggu penungguan catatan mencatat petugas"])
    assert set(forms("melayani")) == {"dilayani", "layanan", "pelayanan"}
    assert forms("dan") == []
    assert [stem(form) for form in forms("lama")] in ([], [stem("lama")])
    changed = wording()
    inflect(changed, Random(1), forms)
    before, after = ("".join([TEXT] * 2) + "Antrean daring di loket").split(), changed.prose["problem"][0].split()
    different = [pair for pair in zip(TEXT.split(), after, strict=True) if pair[0] != pair[1]]
    assert len(different) <= round(0.15 * len(before))
    assert all(stem(old.strip(".")) == stem(new.strip(".")) for old, new in different)


def test_two_slips_in_long_words_of_names_and_summary():
    changed = wording()
    misspell(changed, Random(2))
    assert changed.title != "Antrean daring di loket"
    assert changed.prose == wording().prose
    assert all(slip("loket", Random(seed)) != "loket" for seed in range(50))


def test_figures_change_and_years_stay():
    text = other_figures("Dari 1.250 menjadi 3,5 pada 2024.", Random(3))
    assert text.endswith("pada 2024.")
    assert "1.250" not in text and "3,5" not in text
    assert len(text) == len("Dari 1.250 menjadi 3,5 pada 2024.")


def test_kinds_fit_the_entry():
    assert acronym_of("Jemput bola perekaman di desa") == "JBPD"
    assert acronym_of("Jemput bola") == ""
    plain = possible_kinds(wording(), [])
    assert "brand" not in plain and "alias" not in plain
    named = possible_kinds(wording(brand="ADIL"), ["Pemkab Banggai"])
    assert {"brand", "alias"} <= set(named)
    for seed in range(30):
        chosen = choose_kinds(Random(seed), named)
        assert 2 <= len(chosen) <= 4
        assert not {"brand", "acronym"} <= set(chosen)
    assert other_names("Kabupaten Banggai", []) == ["Pemkab Banggai", "Kab. Banggai"]
    assert other_names("Provinsi Jawa Barat", ["Jabar"]) == ["Jabar"]


@pytest.fixture
def collection(db, settings, tmp_path):
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    settings.DATA_DIR = tmp_path
    call_command("load_vocabularies", stdout=io.StringIO())
    call_command("load_demo", entries=60, stdout=io.StringIO(), stderr=io.StringIO())


def plant(*, seed: int = 7, **options) -> None:
    call_command("plant_duplicates", seed=seed, stdout=io.StringIO(), **{"pairs": 12, "decoys": 8, **options})


def planted(seed: int = 7) -> list[Innovation]:
    return list(Innovation.objects.filter(source_system=f"planted:{seed}").order_by("source_key"))


def told(entries: list[Innovation]) -> list[tuple]:
    return [(one.source_key, one.title_plain, one.summary, one.problem, one.agency_id) for one in entries]


def test_it_plants_published_synthetic_entries_that_tell_the_truth(collection, tmp_path):
    plant(truth=tmp_path / "truth.jsonl")
    entries = planted()
    assert len(entries) == 20
    assert all(one.is_synthetic and one.is_public and one.registry_number for one in entries)
    assert RegistryNumber.objects.filter(entry__in=entries).count() == 20
    assert set(Innovation.objects.public().values_list("pk", flat=True)) >= {one.pk for one in entries}
    rows = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text().splitlines()]
    assert rows == [one._asdict() | {"kinds": list(one.kinds)} for one in truth_of(7)]
    assert [row["truth"] for row in rows].count("same") == 12
    by_number = {one.registry_number: one for one in Innovation.objects.exclude(registry_number=None)}
    for row in rows:
        original, other = by_number[row["a"]], by_number[row["b"]]
        assert original.source_system == "contoh"
        if row["truth"] == "same":
            assert 2 <= len(row["kinds"]) <= 4
            assert other.agency_id == original.agency_id or other.agency.code == UNKNOWN_CODE
            assert ("alias" in row["kinds"]) == bool(other.agency_raw)
            assert other.brand_name == "" or "brand" not in row["kinds"]
        else:
            assert row["kinds"] == ["decoy"]
            assert other.agency_id != original.agency_id
            assert original.agency.name not in f"{other.title_plain} {other.summary} {other.problem}"
        assert Claim.objects.filter(entry=other).count() == Claim.objects.filter(entry=original).count()
        assert set(other.themes.all()) == set(original.themes.all())


def test_they_are_found_in_search(collection):
    plant()
    [one] = [entry for entry in planted() if ":0000:" in entry.source_key and entry.source_key.startswith("decoy")]
    assert one.pk in [hit.source_id for hit in search(SearchQuery(one.title_plain)).hits]


def test_the_same_seed_plants_the_same(collection):
    plant()
    first = told(planted())
    plant(remove=True)
    assert not planted()
    plant()
    assert told(planted()) == first
    plant(seed=8)
    assert told(planted(8)) != first


def test_removing_leaves_nothing_but_the_numbers_taken(collection):
    before = (Innovation.objects.count(), Claim.objects.count(), TaggedInnovation.objects.count())
    numbers = set(RegistryNumber.objects.values_list("number", flat=True))
    plant()
    gone = {one.registry_number for one in planted()}
    plant(remove=True)
    assert (Innovation.objects.count(), Claim.objects.count(), TaggedInnovation.objects.count()) == before
    assert set(RegistryNumber.objects.values_list("number", flat=True)) == numbers
    plant(seed=8)
    assert not gone & {one.registry_number for one in planted(8)}


def test_it_refuses_a_planted_seed_and_a_hub_without_samples(collection):
    plant()
    with pytest.raises(CommandError, match="planted already"):
        plant()
    Innovation.objects.update(is_synthetic=False)
    with pytest.raises(CommandError, match="no synthetic entries"):
        plant(seed=9)


def test_it_refuses_more_than_there_is(collection):
    with pytest.raises(CommandError, match="too few"):
        plant(pairs=200)
    assert not planted()
