"""A shortcut becomes the filter that it means; one that means nothing is searched as words, and said."""

import pytest

from search.facets import Facet
from search.query import SearchQuery
from search.rebuild import rebuild
from search.service import ids, search
from search.suggest import suggest
from tests.search import support
from tests.search.support import document

NAMES = {"1": "Kabupaten Banggai", "2": "Kabupaten Banggai Laut", "3": "Kota Bandung", "4": "Kabupaten Bandung",
         "5": "Kementerian Kesehatan"}  # fmt: skip


def names(values, language):
    return {value: NAMES[value] for value in values if value in NAMES}


FACETS = (
    Facet("agency", "instansi", "Agency", True, "count", names, aliases=lambda: [("5", "Kemenkes"), ("9", "Kosong")]),
    Facet("region", "wilayah", "Region", narrower="regency"),
    Facet("regency", "kabupaten", "Regency", labels=lambda values, language: {"72.01": "Kab. Banggai"}),
    Facet("year", "tahun", "Year", order="value-desc"),
)


@pytest.fixture
def collection(engine_settings, db):
    faces = [
        document(
            int(number), f"Pasar {number}", year=2015 + int(number),
            facets={"agency": (number,), "region": ("72",), "regency": ("72.01",)},
        )
        for number in NAMES
    ]  # fmt: skip
    with support.only_facets(*FACETS), support.only_source(support.SampleSource(faces)):
        rebuild()
        yield


def filters(text, **values):
    return dict(search(SearchQuery(text, **values)).query.filters)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("instansi:banggai", {"agency": ("1",)}),
        ("instansi:BANDUNG", {"agency": ("3", "4")}),
        ('agency:"kota bandung"', {"agency": ("3",)}),
        ("instansi:kemenkes", {"agency": ("5",)}),
        ("instansi:2", {"agency": ("2",)}),
        ("wilayah:banggai", {"regency": ("72.01",)}),
        ("tahun:2016", {"year": ("2016",)}),
        ("tahun:2017..2019", {"year": ("2017", "2018", "2019")}),
        ("tahun:2019-2017", {"year": ("2017", "2018", "2019")}),
        ("tahun:2019..", {"year": ("2019", "2020")}),
        ("tahun:..2016", {"year": ("2016",)}),
        ("tahun:1990..1999", {"year": ("1990", "1999")}),
        ("instansi:banggai tahun:2016", {"agency": ("1",), "year": ("2016",)}),
    ],
)
def test_a_shortcut_becomes_a_filter(collection, text, meant):
    page = search(SearchQuery(text=f"pasar {text}"))
    assert dict(page.query.filters) == meant
    assert page.query.text == "pasar"
    assert not page.unknown_shortcuts


@pytest.mark.parametrize("text", ["instansi:entah", "instansi:kosong", "tahun:lampau"])
def test_a_shortcut_that_means_nothing_is_words(collection, text):
    page = search(SearchQuery(text=f"{text} pasar"))
    assert page.query.text == f"{text} pasar" and not page.query.filters
    assert page.relaxed and page.total == len(NAMES)
    assert [piece.text for piece in page.unknown_shortcuts] == [text.partition(":")[2]]


@pytest.mark.parametrize("text", ["instansi:???", "tahun:..", "instansi:", ":"])
def test_a_shortcut_without_a_value_is_nothing(collection, text):
    page = search(SearchQuery(text=f"{text} pasar"))
    assert not page.query.filters and not page.unknown_shortcuts
    assert page.total == len(NAMES)


def test_it_adds_to_what_was_chosen(collection):
    page = search(SearchQuery("instansi:kemenkes", filters={"agency": ("1",)}))
    assert page.query.filters["agency"] == ("1", "5")
    assert page.total == 2


def test_lists_of_staff_understand_it_too(collection):
    assert ids(SearchQuery("instansi:banggai pasar"), support.SOURCE) == ([1], 1)


def test_its_values_are_suggested(collection):
    assert [one.text for one in suggest("pasar instansi:bang")] == ["Kabupaten Banggai", "Kabupaten Banggai Laut"]
    assert suggest("pasar -bang") == []
