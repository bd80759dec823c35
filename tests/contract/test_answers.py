"""Some seventy questions about two hundred entries: every engine gives ids, totals and counts of the reference."""

import pytest

from search.query import SearchQuery
from search.service import search
from tests.contract import collection

QUESTIONS = collection.questions()


def ask(question: collection.Question, page: int = 1):
    return search(
        SearchQuery(
            text=question.text,
            filters=question.filters,
            scopes=question.scopes,
            sort=question.sort,
            facets=collection.CODES,
            page=page,
            page_size=100,
        )
    )


def all_hits(question: collection.Question):
    first = ask(question)
    return [hit for page in range(1, first.page_count + 1) for hit in ask(question, page).hits]


def test_the_questions_are_worth_asking(reference):
    answers = [reference.answer(question) for question in QUESTIONS]
    assert len(QUESTIONS) == 60 + len(collection.OPERATORS)
    assert sum(bool(reference.answer(question).ids) for question in collection.OPERATORS) >= 11
    assert sum(answer.relaxed for answer in answers) >= 8
    assert sum(len(answer.ids) > 20 for answer in answers) >= 15
    assert sum(not answer.ids for answer in answers) in range(2, 20)
    assert len({question.scopes for question in QUESTIONS}) >= 5


def test_every_answer_is_that_of_the_reference(collected, reference):
    for question in QUESTIONS:
        expected = reference.answer(question)
        page = ask(question)
        assert not page.limited, question
        assert page.total == len(expected.ids), question
        assert page.relaxed == expected.relaxed, question
        for code, counts in expected.facets.items():
            counted = {value.value: value.count for value in page.facets[code] if value.count}
            assert counted == counts, (question, code)
        hits = all_hits(question)
        assert len(hits) == len(expected.ids), question
        assert {hit.source_id for hit in hits} == expected.ids, question
        if question.sort != "relevance" or not (question.words or question.phrases):
            assert [hit.source_id for hit in hits] == expected.ordered, question


def test_relevance_never_grows_down_the_pages_and_ties_follow_the_records(collected):
    for question in QUESTIONS:
        if question.sort == "relevance" and (question.words.strip("?") or question.phrases):
            ranks = [(-hit.score, hit.source_id) for hit in all_hits(question)]
            assert ranks == sorted(ranks), question


def test_an_entry_with_a_pending_draft_is_found_once_by_everybody(collected, reference):
    for scopes in (*collection.SCOPES, frozenset({"public", "staff", "agency:1", "agency:9"})):
        hits = all_hits(collection.Question("", scopes=scopes))
        ids = [hit.source_id for hit in hits]
        assert len(ids) == len(set(ids))
        assert {hit.key for hit in hits} == {face.key for face in reference.visible(scopes)}


@pytest.mark.parametrize("limit", [1, 3, 8])
def test_cut_facets_show_the_commonest_values_equal_ones_by_value(collected, reference, limit):
    for question in QUESTIONS:
        expected = reference.answer(question)
        query = SearchQuery(
            text=question.text,
            filters=question.filters,
            scopes=question.scopes,
            facets=collection.CODES,
            facet_limit=limit,
        )
        page = search(query)
        for code in ("theme", "agency", "region", "tag"):
            ranked = sorted(expected.facets[code].items(), key=lambda count: (-count[1], count[0]))
            chosen = set(question.filters.get(code, ()))
            shown = [value for value in page.facets[code] if not value.selected]
            beside = [(v, n) for v, n in ranked[:limit] if v not in chosen]
            assert [(value.value, value.count) for value in shown] == beside, (question, code)
            counts = {value.value: value.count for value in page.facets[code] if value.selected}
            assert counts == {value: expected.facets[code].get(value, 0) for value in chosen}, (question, code)
