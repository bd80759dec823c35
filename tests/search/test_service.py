"""What a search answers: hits with marked texts, counts, hints, and nothing that was withdrawn."""

import pytest
from markupsafe import Markup

from search import service
from search.query import SearchQuery
from search.results import SearchPage
from search.service import search
from tests.search.support import SOURCE, build, document, every_engine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("facets"), every_engine]

STAFF = frozenset({"public", "staff"})


def ask(text: str = "", **values) -> SearchPage:
    return search(SearchQuery(text=text, **values))


def titles(page: SearchPage) -> list[str]:
    return [hit.card["title"] for hit in page.hits]


def test_words_are_marked_in_title_summary_and_the_best_passage(source):
    body = "Warga lama menunggu. " * 30 + "Sampah dikelola bersama warga desa."
    build(document(1, "Pengelolaan sampah", summary="Desa bersih <b>sekali</b>", body=("Pendahuluan.", body)))
    hit = ask("mengelola sampah desa warga").hits[0]
    assert hit.title_html == Markup("<mark>Pengelolaan</mark> <mark>sampah</mark>")
    assert hit.summary_html == Markup("<mark>Desa</mark> bersih &lt;b&gt;sekali&lt;/b&gt;")
    assert "<mark>dikelola</mark>" in hit.passage_html
    assert len(hit.passage_html) < 500


def test_a_passage_is_left_out_when_title_and_summary_show_every_word(source):
    build(document(1, "Ojek pasar", summary="Murah", body=("Ojek ke pasar.",)))
    assert ask("ojek murah").hits[0].passage_html is None
    assert ask("ojek pasar", passages=False).hits[0].passage_html is None


def test_what_was_withdrawn_a_moment_ago_is_gone_although_the_index_has_it(source):
    build(document(1, "Ojek satu"), document(2, "Ojek dua"))
    source.withdrawn = {1}
    page = ask("ojek")
    assert titles(page) == ["Ojek dua"]
    assert page.total == 1


def test_a_page_is_confirmed_with_one_call_a_source(source):
    build(*(document(number, "Ojek") for number in range(1, 15)))
    source.asked.clear()
    ask("ojek")
    assert source.asked == [(frozenset(range(1, 15)), frozenset({"public"}))]


def test_hits_of_a_source_without_an_app_are_not_shown(source):
    build(document(1, "Ojek"))
    source.faces.clear()
    assert ask("ojek").hits == []


def test_facets_count_without_their_own_filter_and_say_what_is_chosen(source):
    build(
        document(1, "Ojek", facets={"theme": ("desa",)}, year=2020),
        document(2, "Ojek", facets={"theme": ("desa", "kota")}, year=2021),
        document(3, "Ojek", facets={"theme": ("kota",)}, year=2021),
    )
    page = ask("ojek", filters={"theme": ("desa",), "year": ("2021", "1999")}, facets=("theme", "year"))
    assert titles(page) == ["Ojek"]
    assert [(v.value, v.count, v.selected) for v in page.facets["theme"]] == [("desa", 1, True), ("kota", 2, False)][
        ::-1
    ]
    assert [(v.value, v.count, v.selected) for v in page.facets["year"]] == [
        ("2021", 1, True),
        ("2020", 1, False),
        ("1999", 0, True),
    ]


def test_a_chosen_facet_is_counted_although_nobody_asked(source):
    build(document(1, "Ojek", facets={"stage": ("uji",)}))
    assert [value.value for value in ask("ojek", filters={"stage": ("uji",)}).facets["stage"]] == ["uji"]


def test_kinds_can_be_filtered_without_a_registered_facet(source):
    build(document(1, "Ojek"))
    assert ask("ojek", filters={"kind": ("inovasi",)}).total == 1
    assert ask("ojek", filters={"kind": ("panduan",)}).total == 0


def test_few_matches_are_joined_by_entries_with_some_of_the_words(source):
    build(document(1, "Ojek pasar"), document(2, "Ojek kota"), document(3, "Pasar kota"))
    page = ask("ojek pasar")
    assert titles(page)[0] == "Ojek pasar"
    assert (page.total, page.strict_total, page.relaxed) == (3, 1, True)
    one = ask("ojek")
    assert (one.total, one.relaxed) == (2, False)


def test_enough_matches_are_not_relaxed_and_a_filter_does_not_change_that(source):
    build(
        *(document(n, "Ojek pasar", facets={"theme": ("desa",) if n == 1 else ("kota",)}) for n in range(1, 12)),
        document(20, "Ojek saja", facets={"theme": ("desa",)}),
    )
    assert ask("ojek pasar").total == 11
    page = ask("ojek pasar", filters={"theme": ("desa",)})
    assert (page.total, page.relaxed) == (1, False)


def test_all_words_come_before_some_of_them_and_names_before_all(source):
    build(
        document(1, "Ojek ojek ojek", body=("ojek " * 50,)),
        document(2, "Layanan", body=("Antar ojek untuk pasar.",)),
        document(3, "Pasar ojek keliling"),
        document(4, "Layanan antar", brand_name="OJEK PASAR"),
    )
    assert [hit.source_id for hit in ask("ojek pasar").hits] == [4, 3, 2, 1]


def test_synonyms_are_searched_and_shown_and_come_after_the_word_itself(source):
    build(document(1, "Ojol ojol ojol untuk warga"), document(2, "Layanan", body=("Memakai ojek online.",)))
    page = ask("ojek online")
    assert [hit.source_id for hit in page.hits] == [2, 1]
    assert "ojol" in page.expansions


def test_a_typo_finds_the_word_and_is_named(source):
    build(document(1, "Perpustakaan desa"), document(2, "Pasar desa"))
    page = ask("perpustakan desa")
    assert titles(page)[0] == "Perpustakaan desa"
    assert page.did_you_mean == "perpustakaan desa"


def test_did_you_mean_keeps_what_was_typed_around_the_word(source):
    build(document(1, "Perpustakaan desa"))
    assert ask("  “Perpustakan”, DESA!").did_you_mean == "“perpustakaan”, DESA!"


def test_known_words_are_never_corrected(source):
    build(document(1, "Pasar"), document(2, "Pasir"), *(document(n, "Pasar") for n in range(3, 9)))
    page = ask("pasir")
    assert titles(page) == ["Pasir"]
    assert page.did_you_mean is None


def test_joined_and_separate_spellings_meet(source):
    build(document(1, "Layanan ibukota"), document(2, "Layanan ibu kota"))
    assert ask("ibu kota").total == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "???",
        'ojek AND (pasar OR "desa',
        "title:ojek^5 -pasar +desa~2 *",
        "[a TO z] {x} \\ / <script>alert(1)</script>",
        "\x00\ud800\uffff",
        "ojek " * 20_000,
        "a" * 100_000,
        "🛵 ojek 🛵",
        "ＯＪＥＫ",
    ],
)
def test_anything_typed_gives_an_answer(source, text):
    build(document(1, "Ojek pasar"))
    page = ask(text)
    assert not page.limited
    assert page.total in (0, 1)


def test_a_text_without_a_word_shows_everything_newest_first(source):
    build(document(1, "Lama", published_at=100), document(2, "Baru", published_at=200))
    assert titles(ask("…!")) == ["Baru", "Lama"]


def test_pages_follow_one_another_and_end(source):
    build(*(document(number, "Ojek") for number in range(1, 48)))
    pages = [ask("ojek", page=number) for number in (1, 2, 3, 4)]
    assert [hit.source_id for page in pages for hit in page.hits] == list(range(1, 48))
    assert pages[0].page_count == 3
    assert not pages[0].is_cut


def test_staff_find_the_draft_in_place_of_the_live_face(source):
    live = document(1, "Ojek lama", scopes=frozenset({"public"}))
    draft = document(1, "Ojek baru", face="draft", scopes=frozenset({"staff", "agency:3"}))
    build(live, draft)
    assert titles(ask("ojek")) == ["Ojek lama"]
    assert titles(ask("ojek", scopes=STAFF)) == ["Ojek baru"]
    assert titles(ask("ojek", scopes=frozenset({"public", "agency:3"}))) == ["Ojek baru"]
    assert titles(ask("ojek", scopes=frozenset({"public", "agency:4"}))) == ["Ojek lama"]
    assert titles(ask("ojek", scopes=frozenset({"agency:4"}))) == []
    assert titles(ask("ojek", scopes=frozenset())) == []


def test_ids_for_lists_of_staff(source):
    build(document(1, "Ojek"), document(2, "Ojek pasar"), document(3, "Desa", face="draft"))
    assert service.ids(SearchQuery(text="pasar ojek", scopes=STAFF), SOURCE) == ([2, 1], 2)
    assert service.ids(SearchQuery(text="desa", scopes=STAFF), SOURCE) == ([3], 1)
    assert service.ids(SearchQuery(text="ojek", scopes=STAFF), "other") == ([], 0)
    assert service.ids(SearchQuery(scopes=STAFF), SOURCE, limit=2)[1] == 3
