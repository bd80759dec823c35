"""Suggestions while typing."""

import pytest

from search.suggest import forget, suggest
from tests.search.support import build, document, every_engine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("facets"), every_engine]


def texts(typed: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in suggest(typed)]


def test_titles_with_a_word_that_begins_so(source):
    build(document(1, "Ojek pasar"), document(2, "Layanan ojek"), document(3, "Sekolah"))
    assert texts("oj") == [("title", "Ojek pasar"), ("title", "Layanan ojek")]
    assert texts("pasar oj") == [("title", "Ojek pasar")]
    assert texts("OJÉK P") == [("title", "Ojek pasar")]
    assert texts("xy") == texts("") == texts("?") == []


def test_a_brand_name_is_suggested_by_itself(source):
    build(document(1, "Layanan antar", brand_name="SIOJEK", card={"title": "Layanan antar", "path": "/x/"}))
    [found] = suggest("sio")
    assert (found.kind, found.text, found.value) == ("brand", "SIOJEK", "inovasi:1:live")
    assert found.card["path"] == "/x/"


def test_names_of_facet_values_come_first_with_their_counts(source):
    build(
        document(1, "Desa wisata", facets={"theme": ("desa membangun",)}),
        document(2, "Kota", facets={"theme": ("desa membangun",)}),
    )
    found = suggest("desa")
    assert [(one.kind, one.text, one.count) for one in found] == [
        ("theme", "Desa Membangun", 2),
        ("title", "Desa wisata", 0),
    ]
    assert suggest("memb")[0].value == "desa membangun"


def test_one_letter_offers_names_of_values_only(source):
    build(document(1, "Desa", facets={"theme": ("desa",)}))
    assert texts("d") == [("theme", "Desa")]


def test_at_most_eight_each_text_once(source):
    build(
        *(document(n, f"Ojek {n % 12}") for n in range(1, 30)),
        *(document(100 + n, "Lain", facets={"theme": (f"ojek{n}",)}) for n in range(9)),
    )
    found = texts("ojek")
    assert len(found) == len(set(found)) == 8
    assert [kind for kind, _ in found].count("theme") == 3


def test_nothing_unpublished_or_withdrawn_is_suggested(source):
    build(
        document(1, "Ojek terbit", facets={"theme": ("terbuka",)}),
        document(2, "Ojek rahasia", face="draft", facets={"theme": ("tertutup",)}),
        document(3, "Ojek ditarik"),
    )
    source.withdrawn = {3}
    forget()
    assert texts("ojek") == [("title", "Ojek terbit")]
    assert texts("rahasia") == texts("ditarik") == texts("tertutup") == []
    assert texts("ter") == [("theme", "Terbuka"), ("title", "Ojek terbit")]


@pytest.mark.parametrize("typed", ["a" * 10_000, "\x00\ud800", "x " * 500, "*", "title:oj"])
def test_anything_typed_is_no_error(source, typed):
    build(document(1, "Ojek"))
    assert suggest(typed) == []
