"""Similar records: the same ones from every engine, public ones only, with the same reasons."""

from collections.abc import Sequence, Set

import pytest

from search.documents import PUBLIC
from search.engines import get_engine
from search.rebuild import rebuild
from search.similarity import Profile, Trait, make_profile, profile_of
from search.similarity.comparing import PROBLEM, WORDS
from search.similarity.finding import Records, candidates, related, similar
from tests.search import support
from tests.search.support import document

TOPICS = {
    "antrean": ("Antrean puskesmas dari rumah", "Antrean loket mengular sejak subuh di puskesmas"),
    "sampah": ("Bank sampah dan kompos dapur", "Timbunan sampah di sungai karena tak dipilah"),
    "arsip": ("Arsip surat dipindai bersama", "Arsip berdebu sukar dicari lalu hilang"),
    "kopi": ("Kebun kopi milik petani muda", "Panen kopi dijual murah kepada tengkulak"),
}


def entry(number: int, topic: str, **values):
    title, problem = TOPICS[topic]
    facets = {"theme": (topic,), "agency": (str(number),), "level": ("terkurasi" if number % 2 else "terdaftar",)}
    values = {"body": (problem,), "facets": facets, **values}
    return document(number, f"{title} versi {'abcdefghijklmnopqrstuvwxyz'[number % 26] * 3}", **values)


@pytest.fixture
def records(engine_settings, db):
    """Four topics with six entries each, two of them not public; how they are compared."""
    found = [entry(10 * n + k, topic) for n, topic in enumerate(TOPICS, 1) for k in range(6)]
    found += [
        entry(98, "antrean", face="draft", scopes=frozenset({"staff"})),
        entry(99, "antrean", face="draft", scopes=frozenset({"agency:5"})),
    ]
    source = support.SampleSource(found)

    def read(ids: Sequence[int], only: Set[str]) -> dict[int, Profile]:
        public = source.public_ids(ids)
        faces = [face for face in source.documents(sorted(public)) if PUBLIC in face.scopes]
        return {face.source_id: profile_of(face, problem=face.body[0]) for face in faces}

    with support.only_facets(), support.only_source(source):
        rebuild()
        yield source, Records(support.SOURCE, read, (Trait("theme", 1.0),), owner="agency")


def given_entry(number: int, topic: str) -> Profile:
    one = entry(number, topic)
    return profile_of(one, problem=one.body[0])


@pytest.mark.parametrize(("number", "topic"), [(10, "antrean"), (20, "sampah"), (30, "arsip"), (40, "kopi")])
def test_every_engine_finds_the_entries_of_the_topic(records, number, topic):
    found = similar(records[1], given_entry(number, topic), exclude=[number], limit=10)
    assert {one.source_id for one in found} == set(range(number + 1, number + 6))
    for one in found:
        assert [reason.kind for reason in one.reasons] == [PROBLEM, "theme"]
        assert topic in one.reasons[0].words
        assert one.card["number"] == f"IN-{one.source_id}"


def test_filters_hold(records):
    found = similar(records[1], given_entry(10, "antrean"), filters={"level": ("terkurasi",)}, exclude=[10])
    assert {one.source_id for one in found} == {11, 13, 15}


def test_what_was_withdrawn_a_moment_ago_is_gone(records):
    records[0].withdrawn.update({11, 12})
    found = similar(records[1], given_entry(10, "antrean"), exclude=[10], limit=10)
    assert {one.source_id for one in found} == {13, 14, 15}


def test_somebody_inside_finds_drafts_too(records):
    """As duplicates are looked for: within scopes, without the limit of a page."""
    filters = {"source": (support.SOURCE,)}
    given = given_entry(10, "antrean")
    public = candidates(get_engine(), given, filters=filters, exclude=[10], limit=30)
    inside = candidates(get_engine(), given, filters=filters, exclude=[10], scopes=frozenset({"staff"}), limit=30)
    assert {hit.payload["i"] for hit in public.hits} == {11, 12, 13, 14, 15}
    assert {hit.payload["i"] for hit in inside.hits} == {11, 12, 13, 14, 15, 98}
    assert public.worth == inside.worth
    assert "antre" in public.worth


def test_one_rare_word_is_enough_where_there_are_no_others(records):
    [*found] = similar(records[1], make_profile("Tengkulak"), limit=10)
    assert {one.source_id for one in found} == set(range(40, 46))
    assert found[0].reasons[0].kind == WORDS


def test_traits_stand_in_where_no_words_are_shared(records):
    nothing = make_profile("Qwerty", facets={"theme": ("kopi",)})
    assert similar(records[1], nothing) == []
    found = related(records[1], nothing, filters={"theme": ("kopi",)}, exclude=[45])
    assert [one.source_id for one in found] == [40, 41, 42, 43]
    assert all([reason.kind for reason in one.reasons] == ["theme"] for one in found)
    assert related(records[1], make_profile("Qwerty"), filters={"theme": ("kopi",)}) == []
