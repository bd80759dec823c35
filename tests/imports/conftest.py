"""What the import's tests stand on: a small hub with two regencies, vocabularies and programmes, nothing indexed."""

import json

import pytest

from innovation_hub.agencies.models import Agency, AgencyAlias, Region
from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.core.models import Term
from innovation_hub.imports import services
from innovation_hub.innovations.models import SDG, Theme, Urusan
from innovation_hub.innovations.services.vocabularies import FILE
from innovation_hub.training.loading import load_programmes


@pytest.fixture
def collection(db, tmp_path, monkeypatch):
    """A hub with a handful of agencies in which nothing is indexed; returns a folder for the test's files."""
    _terms()
    _places()
    load_programmes()
    monkeypatch.setattr(services, "drain", lambda: True)
    return tmp_path


def _terms() -> None:
    vocabularies = json.loads(FILE.read_text(encoding="utf-8"))["vocabularies"]
    own = {"themes": Theme, "sdgs": SDG, "urusan": Urusan}
    for name, vocabulary in vocabularies.items():
        model = own.get(name, Term)
        rows = []
        for term in vocabulary["terms"]:
            row = {key: term[key] for key in ("code", "label_id", "label_en", "order")}
            rows.append(model(**row) if name in own else Term(vocabulary=name, **row))
        model.objects.bulk_create(rows)


def _places() -> None:
    province = Region.objects.create(code="72", name="Sulawesi Tengah", kind="provinsi")
    banggai = Region.objects.create(code="72.01", name="Kabupaten Banggai", kind="kabupaten", parent=province)
    palu = Region.objects.create(code="72.71", name="Kota Palu", kind="kota", parent=province)
    for code, name, region in (
        (UNKNOWN_CODE, "Belum dikenali", None),
        ("kab-banggai", "Kabupaten Banggai", banggai),
        ("kota-palu", "Kota Palu", palu),
        ("prov-sulawesi-tengah", "Provinsi Sulawesi Tengah", province),
        ("kemenkes", "Kementerian Kesehatan", None),
    ):
        Agency.objects.create(code=code, name=name, region=region)
    AgencyAlias.objects.create(agency=Agency.objects.get(code="kemenkes"), name="Kemenkes")
