"""What ordinary people type finds what it should in the demonstration collection, on every engine."""

import io
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from search.documents import PUBLIC, SearchDocument
from search.query import SearchQuery
from search.rebuild import rebuild
from search.results import SearchPage
from search.service import search
from search.sources import sources
from tests.search import support

ENTRIES = 700
EVERYTHING = 100
BANGGAI = "Belanja pasar tani lewat aplikasi ojek daring lokal di masa pandemi"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def documents(django_db_setup, django_db_blocker: DjangoDbBlocker) -> list[SearchDocument]:
    """The documents of the collection; the database forgets it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_vocabularies", stdout=io.StringIO())
        call_command("load_demo", entries=ENTRIES, no_index=True, stdout=io.StringIO())
        source = sources()["innovation"]
        found = list(source.documents(list(source.ids())))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module", params=support.ADDRESSES)
def demo(request, documents, tmp_path_factory, django_db_blocker) -> Iterator[dict[int, SearchDocument]]:
    """The collection in an index of one engine; id -> document."""
    collection = support.SampleSource(documents)
    collection.name = "innovation"
    with (
        support.lasting_settings() as settings,
        support.engine_of(request.param, settings, tmp_path_factory.mktemp("demo")),
        support.only_source(collection),
    ):
        settings.DATA_DIR = tmp_path_factory.mktemp("locks")  # the index outlives the test, as no other may
        with django_db_blocker.unblock():
            rebuild()
        yield {document.source_id: document for document in documents}


def ask(text: str, **values) -> SearchPage:
    return search(SearchQuery(text, page_size=EVERYTHING, **values))


def found(text: str, **values) -> list[int]:
    return [hit.source_id for hit in ask(text, **values).hits]


def text_of(document: SearchDocument) -> str:
    """Return all that can be searched, in small letters."""
    parts = (document.title, document.brand_name, document.expansion, document.summary)
    return " | ".join((*parts, *document.body, *document.names, *document.extra)).casefold()


def words_of(document: SearchDocument) -> list[str]:
    """Return its words, in small letters."""
    return re.findall(r"\w+", text_of(document))


def titles(page: SearchPage) -> list[str]:
    return [hit.title for hit in page.hits]


def test_the_citizens_word_finds_the_officials(demo):
    page = ask("ojol")
    assert "ojek daring" in page.expansions
    assert all("oj" in text_of(demo[hit.source_id]) for hit in page.hits[:5])
    assert BANGGAI in titles(ask("ojol pasar"))[:10]


def test_one_typo_still_finds(demo):
    page = ask("ojek darring")
    assert titles(page)[0] == BANGGAI
    assert page.did_you_mean == "ojek daring"
    both = {number for number, document in demo.items() if {"ojek", "daring"} <= set(words_of(document))}
    assert both and both <= set(found("ojek darring"))


def test_the_identity_card_has_many_names(demo):
    for text in ("e-ktp", "KTP elektronik", "ektp", "KTP-el", "kartu tanda penduduk elektronik"):
        best = ask(text).hits[:5]
        assert all("ktp" in text_of(demo[hit.source_id]) for hit in best), text
    assert len(set(found("e-ktp")[:10]) & set(found("KTP elektronik")[:10])) >= 8


def test_dots_in_an_acronym_change_nothing(demo):
    brands = {number for number, document in demo.items() if document.brand_name.startswith("SIMPEL")}
    assert brands
    for text in ("S.I.M.P.E.L", "SIMPEL", "simpel"):
        assert set(found(text)[: len(brands)]) == brands, text


def test_an_acronym_is_found_by_its_expansion_and_the_reverse(demo):
    named = {number for number, document in demo.items() if document.brand_name.startswith("SIMPEL")}
    assert set(found("Satu Identitas Masuk Pelayanan Elektronik")[: len(named)]) == named
    for acronym, words in (("odgj", "orang dengan gangguan jiwa"), ("ikd", "identitas kependudukan digital")):
        by_acronym = {number for number, document in demo.items() if acronym in words_of(document)}
        by_words = {number for number, document in demo.items() if words in text_of(document)}
        assert by_acronym - by_words and by_words - by_acronym, "the collection has entries with only one of them"
        assert by_acronym | by_words <= set(found(acronym)) & set(found(words)), acronym


def test_spoken_spelling_finds_the_written_one(demo):
    for typed, written in (("puskesmas antri", "puskesmas antre"), ("perijinan", "perizinan")):
        assert set(found(typed)) == set(found(written)) and found(typed)[0] == found(written)[0]
    page = ask("puskesmas antri")
    assert all(
        "puskesmas" in text_of(demo[hit.source_id]) and "antre" in text_of(demo[hit.source_id]) for hit in page.hits[:5]
    )
    assert all("izin" in text_of(demo[number]) for number in found("perijinan")[:10])


def test_all_forms_of_a_word_are_one(demo):
    forms = ("mengelola sampah", "pengelolaan sampah", "kelola sampah", "dikelola sampahnya")
    assert len({frozenset(found(text)) for text in forms}) == 1
    assert len({tuple(found(text)[:10]) for text in forms[:3]}) == 1
    assert all("sampah" in text_of(demo[number]) for number in found("kelola sampah"))


def test_a_theme_within_an_agency_and_a_year(demo):
    holding = {number: document for number, document in demo.items() if "stunting" in text_of(document)}
    some = next(document for document in holding.values() if document.year)
    filters = {"agency": some.facets["agency"], "year": (str(some.year),)}
    page = ask("stunting", filters=filters, facets=("agency", "year"))
    expected = {
        number
        for number, document in holding.items()
        if document.facets["agency"] == some.facets["agency"] and document.year == some.year
    }
    assert {hit.source_id for hit in page.hits} == expected and page.total == len(expected)
    agencies = {value.value: value.count for value in page.facets["agency"]}
    assert sum(agencies.values()) == sum(document.year == some.year for document in holding.values())


def test_a_quoted_phrase_stands_as_it_is_typed(demo):
    page = ask('"pasar tani"')
    expected = {number for number, document in demo.items() if "pasar tani" in text_of(document)}
    assert titles(page)[0] == BANGGAI
    assert {hit.source_id for hit in page.hits} == expected
    assert page.total < ask("pasar tani").total
    assert "<mark>pasar</mark> <mark>tani</mark>" in page.hits[0].title_html
    assert ask('"tani pasar"').total == sum("tani pasar" in text_of(document) for document in demo.values())


def test_a_minus_leaves_out(demo):
    with_covid = set(found("ojek covid")) & set(found("covid"))
    assert with_covid
    page = ask("ojek -covid")
    assert page.total and not any("covid" in text_of(demo[hit.source_id]) for hit in page.hits)
    alone = ask("-covid")
    holding = sum("covid" in text_of(document) for document in demo.values())
    assert alone.total == len(demo) - holding and holding


def test_an_empty_query_shows_everything_the_newest_first(demo):
    page = ask("")
    assert page.total == sum(PUBLIC in document.scopes for document in demo.values())
    days = [demo[hit.source_id].published_at for hit in page.hits]
    assert days == sorted(days, reverse=True)


NONSENSE = (
    "qx" * 1000,
    "zxcv " * 400,
    "<script>alert(1)</script>",
    '"pasar tani',
    'pasar" tani"',
    "((((",
    "AND OR NOT",
    "*:* title:x ~2 ^9 [a TO b]",
    "ابتكار الخدمة العامة",
    "🚀 inovasi 🎉",
    "🚀",
    "\x00\x01pasar",
    "instansi:",
    "tahun:9..1",
    '-"',
    "-",
    '""',
)


@pytest.mark.parametrize("text", NONSENSE)
def test_whatever_is_typed_gets_a_page(demo, text):
    page = ask(text)
    assert not page.limited
    for hit in page.hits[:20]:
        assert "<script" not in f"{hit.title_html} {hit.summary_html} {hit.passage_html}"


def test_nonsense_finds_nothing_rather_than_anything(demo):
    for text in ("qx" * 1000, "ابتكار الخدمة العامة"):
        assert ask(text).total == 0
