"""``load_vocabularies``: everything is there after one run, and nothing staff edited is ever overwritten."""

import json

import pytest
from django.core.management import call_command

from innovation_hub.agencies.models import Agency, AgencyAlias, Region
from innovation_hub.core.models import Term
from innovation_hub.innovations.models import SDG, Theme, Urusan
from innovation_hub.innovations.services import vocabularies
from innovation_hub.training.models import TrainingInstitution, TrainingProgramme

pytestmark = pytest.mark.django_db


def load() -> dict[str, dict[str, int]]:
    """Run the loader; returns the counts by name."""
    return {name: loaded.as_dict() for name, loaded in vocabularies.load_all().items()}


def total(counts: dict[str, dict[str, int]], what: str) -> int:
    """How many rows had that outcome."""
    return sum(one[what] for one in counts.values())


@pytest.fixture
def loaded():
    """A hub with its reference data."""
    load()


def test_everything_is_there(loaded):
    assert Region.objects.filter(kind="provinsi").count() == 38
    assert Region.objects.exclude(kind="provinsi").count() == 514
    assert Region.objects.filter(autonomous=False).count() == 6
    assert Agency.objects.filter(region__isnull=False).count() == 38 + 508
    assert Agency.objects.get(code="belum-dikenali").is_unknown
    assert (Urusan.objects.count(), Theme.objects.count(), SDG.objects.count()) == (49, 27, 17)
    assert set(Theme.objects.get(code="kesehatan").urusan.values_list("code", flat=True)) == {"1.02", "2.14"}
    assert TrainingProgramme.objects.get(code="pkp").product.code == "aksi-perubahan"
    assert TrainingInstitution.objects.filter(kind__code="bpsdm-provinsi").count() == 38
    assert not Term.objects.filter(label_en="").exists()


def test_an_agency_has_its_place_and_its_names(loaded):
    banggai = Agency.objects.get(code="kab-banggai")
    assert (banggai.name, banggai.region.code, banggai.parent.code) == (
        "Kabupaten Banggai",
        "72.01",
        "prov-sulawesi-tengah",
    )
    works = Agency.objects.get(code="kementerian-pu")
    assert works.aliases.filter(kind=AgencyAlias.Kind.EARLIER, name__contains="Perumahan Rakyat").exists()
    assert Agency.objects.values("slug").distinct().count() == Agency.objects.count()


def test_a_second_run_changes_nothing(loaded):
    counts = load()
    assert total(counts, "unchanged") > 1500
    assert total(counts, "created") == total(counts, "updated") == total(counts, "kept") == 0


def test_what_staff_edited_is_kept(loaded):
    Theme.objects.filter(code="kesehatan").update(label_id="Kesehatan masyarakat")
    Theme.objects.get(code="desa").urusan.clear()
    agency = Agency.objects.get(code="kab-banggai")
    AgencyAlias.objects.create(agency=agency, name="Banggai Raya")
    counts = load()
    assert (counts["themes"]["kept"], counts["agencies"]["kept"]) == (2, 1)
    assert Theme.objects.get(code="kesehatan").label_id == "Kesehatan masyarakat"
    assert not Theme.objects.get(code="desa").urusan.exists()
    assert agency.aliases.filter(name="Banggai Raya").exists()


def test_a_newer_file_updates_what_nobody_touched(loaded, monkeypatch, tmp_path):
    data = json.loads(vocabularies.FILE.read_text(encoding="utf-8"))
    stages = data["vocabularies"]["stages"]["terms"]
    stages[0]["label_en"] = "First idea"
    themes = data["vocabularies"]["themes"]["terms"]
    themes[0]["urusan"] = ["1.02"]
    newer = tmp_path / "vocabularies.json"
    newer.write_text(json.dumps(data), encoding="utf-8")
    Term.objects.filter(vocabulary="stages", code=stages[1]["code"]).update(label_en="Pilot")
    monkeypatch.setattr(vocabularies, "FILE", newer)
    counts = load()
    assert counts["stages"] == {"created": 0, "updated": 1, "unchanged": 1, "kept": 1}
    assert Term.objects.get(vocabulary="stages", code=stages[0]["code"]).label_en == "First idea"
    assert Theme.objects.get(code=themes[0]["code"]).urusan.count() == 1


def test_a_term_that_staff_made_themselves_is_kept(db):
    Term.objects.create(vocabulary="stages", code="uji-coba", label_id="Coba-coba")
    counts = load()
    assert counts["stages"]["kept"] == 1
    assert Term.objects.get(vocabulary="stages", code="uji-coba").label_id == "Coba-coba"


def test_the_command_reports(loaded, capsys):
    call_command("load_vocabularies", "--json")
    assert json.loads(capsys.readouterr().out)["regions"] == {
        "created": 0,
        "updated": 0,
        "unchanged": 552,
        "kept": 0,
    }
