"""Two records: what speaks for their being one, and what is suggested."""

from dataclasses import replace

import pytest

from search.similarity.evidence import Record, alike, gather, initials, named_by
from search.similarity.judging import Suggestion, judge
from search.similarity.pairing import Pair, pairs_of, pairs_with
from search.similarity.shingles import figures_of, least_runs, shingles_of

TEXT = (
    "Warga menunggu lama di loket karena nomor antrean dibagikan sejak subuh. Petugas mencatat 214 berkas dua kali "
    "di buku besar. Pendaftaran dipindahkan ke pesan singkat dan jam kedatangan dibagi merata. Kader mengantar lansia "
    "yang tidak mempunyai telepon ke pos bantuan kelurahan. Papan di depan kantor menunjukkan sisa kuota setiap jam."
)
OTHER_WORDS = (
    "Pendaftaran dipindah ke pesan singkat dan jam datang dibagi merata. Warga ditunggu lama di loket karena nomor "
    "antre dibagi sejak subuh. Petugas dicatat 214 berkas dua kali di buku besar. Papan di depan kantor menunjukkan "
    "sisa kuota setiap jam."
)
ANOTHER = (
    "Nelayan menjual ikan lewat lelang terbuka di dermaga. Harga dasar diumumkan pengeras suara setiap pagi. Koperasi "
    "membeli es balok bersama dan menyimpannya di gudang sewaan."
)
FACTS = {"year": (0.8, -0.7), "unit": (0.0, -0.8), "start": (2.0, -0.9)}
STATED = {"year": 2024, "unit": 3, "start": "2024-02"}


def record(key: int, text: str = TEXT, **changes) -> Record:
    base = Record(key, "Antrean daring di loket", shingles=shingles_of([text]), figures=figures_of([text]), owner=1)
    return replace(base, **changes)


def pair(first: Record, second: Record) -> Pair:
    return next(pairs_with(first, [second]))


def test_other_inflections_order_and_omission_are_still_the_same():
    verdict = judge(pair(record(1, facts=STATED), record(2, OTHER_WORDS, facts=STATED)), FACTS)
    assert verdict.suggestion is Suggestion.SAME
    assert verdict.score >= 0.5
    assert [ground.kind for ground in verdict.grounds][:1] == ["text"]


def test_the_same_story_of_another_agency_is_related():
    verdict = judge(pair(record(1), record(2, TEXT.replace("214", "387"), owner=2)), FACTS)
    assert verdict.suggestion is Suggestion.RELATED
    assert verdict.score < 0.5


def test_an_unrecognised_agency_doesnt_hide_a_duplicate():
    assert judge(pair(record(1), record(2, owner=None)), FACTS).suggestion is Suggestion.SAME


def test_another_text_is_nothing_whatever_the_facts():
    assert judge(pair(record(1, facts=STATED), record(2, ANOTHER, facts=STATED)), FACTS) is None


def test_facts_count_only_where_both_state_them():
    one, other = record(1, facts={"year": 2024, "unit": 3}), record(2, facts={"year": 2023})
    assert gather(one, other, 0).facts == {"year": -1}
    assert gather(one, record(3), 0).facts == {}


def test_the_order_of_the_pair_does_not_matter():
    one, other = record(1), record(2, OTHER_WORDS, brand="ANTRE")
    assert judge(pair(one, other), FACTS) == judge(pair(other, one), FACTS)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SI-MANTAP", "si mantap", True),
        ("SIMANTAP", "SIMNATAP", True),
        ("JEBOL", "JEBOT", False),
        ("SIMANTAP", "SIMPEL", False),
    ],
)
def test_names_with_a_slip_of_the_pen(one, other, same):
    assert alike(one, other) is same


def test_a_name_or_initials_for_a_title():
    full = record(1, title="Jemput bola perekaman di desa", brand="JEBOL")
    assert initials(full.title) == "jbpd"
    assert named_by(record(2, title="JBPD"), full)
    assert named_by(record(2, title="Jebol"), full)
    assert not named_by(record(2, title="JB"), full)


def test_runs_stay_inside_sentences():
    assert set(shingles_of(["Satu dua tiga. Empat lima enam."])) == set(
        shingles_of(["Empat lima enam. Satu dua tiga."])
    )
    assert figures_of(["Dari 1.250 menjadi 7 pada 2024"]) == figures_of(["1.250"])
    assert len(least_runs(shingles_of([TEXT]), 12)) == 12


def test_pairs_of_a_collection():
    alone = record(5, ANOTHER, owner=4, title="Lelang ikan")
    records = [record(1), record(2, OTHER_WORDS), record(3, owner=2), record(4, OTHER_WORDS, owner=None), alone]
    found = [(one.first.key, one.second.key) for one in pairs_of(records)]
    assert len(found) == len(set(found))
    assert {(1, 2), (1, 3), (1, 4)} <= set(found)
    assert not any(5 in keys for keys in found)


def test_no_text_is_no_reason():
    assert judge(pair(record(1, ""), record(2, "")), FACTS) is None
    assert not list(pairs_of([]))
