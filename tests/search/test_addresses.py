"""The addresses of searches: shareable, in one canonical form, and nothing that is typed into one is an error."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_TEXT, SearchQuery, clean_text, from_params

pytestmark = pytest.mark.usefixtures("facets")


def parsed(query_string: str, **fixed) -> SearchQuery:
    return from_params(QueryDict(query_string), **fixed)


def test_an_address_says_text_filters_sort_and_page():
    query = parsed("q=ojek+pasar&tema=pangan&tema=desa&tahun=2021&urut=terbaru&hal=3")
    assert query.text == "ojek pasar"
    assert query.filters == {"theme": ("desa", "pangan"), "year": ("2021",)}
    assert (query.sort, query.page) == ("newest", 3)


def test_the_canonical_address_has_one_order_and_leaves_out_what_goes_without_saying():
    query = parsed("hal=1&tahun=2021&tema=pangan&tema=desa&q=++ojek++&urut=relevansi&tema=desa&x=1")
    assert query.querystring() == "?q=ojek&tema=desa&tema=pangan&tahun=2021"
    assert parsed(query.querystring()[1:]) == query
    assert SearchQuery().querystring() == ""


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1e9", "²", "999999999999999999999"])
def test_a_page_that_makes_no_sense_is_the_first(page):
    assert parsed(f"hal={page}").page == 1


def test_pages_end_where_filters_help_more():
    assert parsed("hal=4000").page == 50
    assert SearchQuery(page_size=100, page=99).page == 10


def test_what_addresses_can_not_set_is_fixed_by_the_view():
    query = parsed("scopes=staff&page_size=9999", scopes=frozenset({"public"}), page_size=5)
    assert query.scopes == {"public"}
    assert query.page_size == 5


def test_choosing_and_dropping_values_goes_back_to_the_first_page():
    query = SearchQuery(text="ojek", page=4).with_value("theme", "desa")
    assert (query.filters, query.page) == ({"theme": ("desa",)}, 1)
    assert query.toggled("theme", "desa").filters == {}
    assert query.toggled("theme", "pangan").filters == {"theme": ("desa", "pangan")}
    assert query.with_value("year", "2020").without("theme").filters == {"year": ("2020",)}
    assert query.filter_count == 1


def test_texts_are_cut_and_cleaned():
    assert clean_text("a\x00b\u200bc\n\td \ud800") == "a bc d"
    assert len(SearchQuery(text="kata " * 20_000).text) <= MAX_TEXT


def test_filters_are_bounded():
    query = SearchQuery(filters={"theme": tuple(str(n) for n in range(500)), "year": ("x" * 100, " ", "\x00")})
    assert len(query.filters["theme"]) == 40
    assert "year" not in query.filters


@given(st.dictionaries(st.sampled_from(["q", "tema", "tahun", "urut", "hal", "jenis"]), st.lists(st.text())))
def test_whatever_is_typed_gives_a_canonical_address_that_means_the_same(params):
    asked = QueryDict(mutable=True)
    for name, values in params.items():
        asked.setlist(name, values)
    query = from_params(asked)
    assert parsed(query.querystring()[1:]) == query
