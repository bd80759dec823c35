"""What every engine promises to the service, apart from the answers to questions."""

import random
from dataclasses import replace

import pytest

from search.documents import PUBLIC, link_faces, prepare
from search.engines import get_engine
from search.engines.base import EngineRequest, FacetRequest, IndexUnreadable, Stamp
from search.indexer import drain
from search.outbox import enqueue
from search.rebuild import rebuild
from search.tree import AllOf, AnyOf, AtLeastTwo, Clause, Phrase, Term
from tests.contract import collection
from tests.contract.reference import stems_of, text_of
from tests.search.support import SOURCE, document

EVERYBODY = frozenset({PUBLIC, "staff"})


def random_node(chance: random.Random, depth: int = 0):
    if depth >= 3 or chance.random() < 0.35:
        return Term("stem", next(iter(stems_of(chance.choice(collection.WORDS)))))
    kind = chance.choice((AllOf, AnyOf, AtLeastTwo))
    size = chance.randint(2, 10 if kind is AtLeastTwo else 3)
    return kind(tuple(random_node(chance, depth + 1) for _ in range(size)))


def holds(node, stems: set[str]) -> bool:
    if isinstance(node, Term):
        return node.value in stems
    found = [holds(child, stems) for child in node.nodes]
    if isinstance(node, AllOf):
        return all(found)
    return sum(found) >= (2 if isinstance(node, AtLeastTwo) else 1)


def keys(request: EngineRequest) -> set[str]:
    return {hit.payload["k"] for hit in get_engine().search(request).hits}


def test_any_tree_matches_what_it_says(collected, reference):
    chance = random.Random(7)
    for _ in range(150):
        node = random_node(chance)
        faces = {face.key for face in reference.visible(EVERYBODY) if holds(node, reference.stems[face.key])}
        request = EngineRequest(match=node, scopes=EVERYBODY, limit=300)
        assert keys(request) == faces, node
        assert get_engine().count(request) == len(faces)


def test_scoring_clauses_never_change_what_matches(collected):
    node = Term("stem", "pasar")
    clauses = (Clause(Term("stem", "desa"), 3.0), Clause(Term("title", "kopi"), 2.0, constant=True))
    plain = EngineRequest(match=node, limit=300, sort="newest")
    assert keys(plain) == keys(EngineRequest(match=node, clauses=clauses, limit=300))


def test_a_phrase_of_a_title_keeps_its_order(collected):
    source = collected
    source.put(document(900, "Sampah laut pesisir"))
    source.put(document(901, "Laut sampah pesisir"))
    rebuild()
    found = EngineRequest(match=Phrase("title", ("sampah", "laut")), limit=300)
    assert "inovasi:900:live" in keys(found)
    assert "inovasi:901:live" not in keys(found)


def test_boosts_order_what_is_otherwise_equal_and_ids_the_rest(collected):
    source = collected
    for number, boost in ((905, 1.0), (903, 1.0), (904, 1.12), (902, 0.9)):
        source.put(document(number, "Zirkonia tunggal", boost=boost))
    rebuild()
    node = Term("stem", "zirkonia")
    hits = get_engine().search(EngineRequest(match=node, clauses=(Clause(node, 1.0),))).hits
    assert [hit.payload["i"] for hit in hits] == [904, 903, 905, 902]


def test_pages_of_equal_scores_hold_everything_once(collected):
    source = collected
    for number in range(1000, 1300):
        source.put(document(number, "Seragam belaka"))
    rebuild()
    node = Term("stem", "seragam")
    pages = [
        get_engine().search(EngineRequest(match=node, clauses=(Clause(node, 1.0),), offset=offset, limit=20))
        for offset in range(0, 300, 20)
    ]
    assert [hit.payload["i"] for page in pages for hit in page.hits] == list(range(1000, 1300))


def test_changes_come_and_go_and_many_small_commits_count_like_one_build(collected, reference):
    source = collected
    chance = random.Random(3)
    for number in chance.sample(sorted(source.faces), 40):
        enqueue(SOURCE, [number])
        drain()
    facets = tuple(FacetRequest(code) for code in collection.CODES)
    request = EngineRequest(match=Term("stem", "pasar"), scopes=EVERYBODY, facets=facets, limit=300)
    before = get_engine().search(request)
    rebuild()
    after = get_engine().search(request)
    assert (before.total, before.facets) == (after.total, after.facets)
    source.remove(2)
    enqueue(SOURCE, [2])
    drain()
    assert 2 not in {stamp.source_id for stamp in get_engine().stamps(SOURCE)}


def test_hits_can_come_without_what_is_stored_of_them(collected):
    request = EngineRequest(match=Term("stem", "pasar"), limit=300, sort="newest")
    page = get_engine().search(request)
    bare = get_engine().search(replace(request, fetch=False))
    assert [hit.payload for hit in bare.hits] == [{"i": hit.payload["i"]} for hit in page.hits]
    assert (bare.total, bare.hits[0].body()) == (page.total, "")


def test_stamps_say_what_the_index_holds(collected, reference):
    wanted = {Stamp(face.source_id, face.key, face.version) for face in reference.faces}
    stamps = list(get_engine().stamps(SOURCE))
    assert set(stamps) == wanted
    assert len(stamps) == len(wanted)
    assert get_engine().sources() == {SOURCE}


def test_the_vocabulary_is_that_of_public_documents(collected, reference):
    words = dict(get_engine().vocabulary())
    assert words.keys() == reference.vocabulary.keys()
    assert not set(collection.SECRET) & words.keys()


def test_long_texts_come_with_a_hit(collected, reference):
    texts = {face.key: face for face in reference.faces}
    hit = get_engine().search(EngineRequest(match=Term("stem", "pasar"))).hits[0]
    assert hit.body() == "\n".join(texts[hit.payload["k"]].body)


def test_completions_are_the_commonest_words_that_begin_so(collected, reference):
    found = get_engine().completions("title_surface", "pe", 5)
    assert len(found) == 5
    assert all(word.startswith("pe") for word in found)


@pytest.mark.django_db
def test_before_the_first_build_there_is_no_index(engine_settings):
    assert not get_engine().exists()
    assert get_engine().index_id() == ""
    with pytest.raises(IndexUnreadable):
        get_engine().search(EngineRequest())
    with pytest.raises(IndexUnreadable):
        get_engine().writer()


def test_faces_link_so_that_the_draft_stands_for_the_live_one():
    live = document(1, "Satu", scopes=frozenset({PUBLIC}))
    draft = document(1, "Satu baru", face="draft", scopes=frozenset({"agency:1", "staff"}))
    alone = document(2, "Dua")
    found = {face.key: prepare(face) for face in link_faces([live, draft, alone])}
    assert found[live.key].superseded_for == ("agency:1", "staff")
    assert found[draft.key].superseded_for == ()
    assert found[alone.key].superseded_for == ()
    assert text_of(live).startswith("Satu")
