"""No word of a document that a reader may not see shows in anything that they get."""

import dataclasses
import json

import pytest

from search.engines import get_engine
from search.query import SearchQuery
from search.results import SearchPage
from search.service import search
from search.suggest import forget, suggest
from tests.search.support import build, document, every_engine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("facets"), every_engine]

SECRET = "kalimantara"
PUBLIC = frozenset({"public"})
FOREIGN = frozenset({"public", "agency:2", "institution:5", "user:8"})
OWN = frozenset({"public", "agency:1"})
QUESTIONS = (SECRET, f"{SECRET} pasar", "kalimantar", "kalimantarra pasar", f"pasar {SECRET} desa", "")


def everybodys() -> list:
    return [
        document(1, "Pasar desa", summary="Kalimantan", facets={"theme": ("desa",)}, year=2020),
        *(document(n, "Pasar kota", facets={"theme": ("kota",)}, year=2021) for n in range(2, 6)),
    ]


def draft(face: str = "draft", number: int = 50) -> object:
    return document(
        number,
        f"Pasar {SECRET} {SECRET}",
        face=face,
        brand_name=SECRET.upper(),
        summary=SECRET,
        body=(f"desa {SECRET}",),
        names=(SECRET,),
        extra=(SECRET,),
        scopes=frozenset({"agency:1", "staff"}),
        facets={"theme": (SECRET,), "stage": (SECRET,)},
        year=1999,
    )


def told(page: SearchPage) -> str:
    """Return everything that an answer says, scores apart: those depend on how common a word is anywhere."""
    hits = [[hit.key, hit.card, hit.title_html, hit.summary_html, hit.passage_html] for hit in page.hits]
    rest = dataclasses.asdict(dataclasses.replace(page, hits=[], query=SearchQuery()))
    return json.dumps([hits, rest], default=str, sort_keys=True)


def answers(scopes: frozenset[str]) -> list[str]:
    forget()
    found = []
    for text in QUESTIONS:
        for filters in ({}, {"theme": (SECRET,)}, {"year": ("1999", "2021")}):
            query = SearchQuery(text=text, filters=filters, scopes=scopes, facets=("theme", "year", "stage"))
            found.append(told(search(query)))
    for typed in (SECRET[:length] for length in range(1, len(SECRET) + 1)):
        found.append(repr(suggest(typed)))
    return found


@pytest.mark.parametrize("scopes", [PUBLIC, FOREIGN])
def test_a_foreign_draft_changes_no_answer(source, scopes):
    build(*everybodys())
    before = answers(scopes)
    build(draft())
    assert answers(scopes) == before


@pytest.mark.parametrize("scopes", [PUBLIC, FOREIGN])
def test_a_pending_draft_of_a_public_entry_changes_no_answer(source, scopes):
    build(*everybodys())
    before = answers(scopes)
    build(document(1, "Pasar desa", summary="Kalimantan", facets={"theme": ("desa",)}, year=2020, scopes=PUBLIC))
    build(draft(number=1))
    assert answers(scopes) == before


def test_the_words_are_nowhere_but_in_what_was_asked(source):
    build(*everybodys(), draft())
    for text in ("", "pasar", "kalimantan"):
        query = SearchQuery(text=text, scopes=FOREIGN, facets=("theme", "year", "stage"))
        assert SECRET not in told(search(query)).casefold()
    assert search(SearchQuery(text="kalimantarra")).did_you_mean is None
    assert SECRET not in get_engine().vocabulary()


def test_its_own_people_find_it(source):
    build(*everybodys(), draft())
    page = search(SearchQuery(text=SECRET, scopes=OWN, facets=("theme",)))
    assert page.hits[0].source_id == 50
    assert page.facets["theme"][0].value == SECRET
