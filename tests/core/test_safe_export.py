"""Exported spreadsheets run nothing and hold only the columns that were named."""

import csv
from io import StringIO

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.core.admin.export import FORMULA_STARTS, neutral
from tests.factories import AdministratorFactory, InnovationFactory, InnovatorFactory
from tests.probe.walk import text_of


@given(st.text())
def test_no_text_begins_like_a_formula(text):
    written = neutral(text)
    assert not written.startswith(FORMULA_STARTS)
    assert written.removeprefix("'") == text.removeprefix("'") or written == text


def test_numbers_stay_numbers():
    assert neutral(-5) == -5


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_formula_in_a_title_is_text_and_people_are_not_exported(client, form):
    entry = InnovationFactory(title_plain="=cmd|' /C calc'!A0", summary="@SUM(1+1)", live=True)
    InnovatorFactory(entry=entry, name="Siti Rahasia", nip="198001012005011001")
    client.force_login(AdministratorFactory())
    text = text_of(client.get(reverse("hub_innovations:list"), {"export": form}))
    assert "'=cmd|" in text
    assert "'@SUM" in text
    assert "Siti" not in text
    assert "198001012005011001" not in text


@pytest.mark.django_db
def test_the_csv_opens_with_its_umlauts_in_a_spreadsheet_program(client):
    InnovationFactory(title_plain="Rumah “pintar”", live=True)
    client.force_login(AdministratorFactory())
    response = client.get(reverse("hub_innovations:list"), {"export": "csv"})
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(body.decode("utf-8-sig"))))
    assert rows[1][1] == "Rumah “pintar”"


@pytest.mark.django_db
def test_an_export_asks_no_more_queries_for_more_rows(client, django_assert_max_num_queries):
    client.force_login(AdministratorFactory())
    for _number in range(30):
        InnovationFactory(live=True)
    with django_assert_max_num_queries(12):
        text_of(client.get(reverse("hub_innovations:list"), {"export": "csv"}))
