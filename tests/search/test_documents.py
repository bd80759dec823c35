"""From a document to the tokens and exact terms that engines store."""

import pytest

from search.documents import SearchDocument, facet_values, fold_name, prepare, sort_keys, tie_of
from tests.search.support import document


def test_the_title_counts_most_and_the_summary_more_than_the_rest():
    record = prepare(document(1, "Ojek pasar", brand_name="SIOJEK", summary="Antar barang", body=("Warga desa",)))
    stems = record.stems.split()
    assert stems.count("ojek") == stems.count("siojek") == 8
    assert stems.count("barang") == 2
    assert stems.count("desa") == 1
    assert record.title_stems == "ojek pasar siojek"


def test_without_a_title_the_beginning_of_the_text_stands_in_for_it():
    words = " ".join(f"kata{'abcdefghij'[at // 10]}{'abcdefghij'[at % 10]}" for at in range(60))
    stems = prepare(document(1, body=(words,))).stems.split()
    assert [stems.count(word) for word in words.split()[:60:13]] == [11, 2, 2, 2, 1]
    assert stems.count(words.split()[5]) == 5


def test_names_and_tags_are_found_but_not_raised():
    record = prepare(document(1, "Ojek", names=("Kabupaten Banggai",), extra=("transportasi",)))
    assert record.stems.split().count("banggai") == 1
    assert "transportasi" in record.surfaces.split()
    assert "banggai" not in record.title_stems


def test_whole_names_are_those_that_somebody_would_type():
    record = prepare(document(1, "Ojek Pasar!", brand_name="SI-OJEK", extra=("IN-260001-K",)))
    assert record.names == tuple(sorted({fold_name("Ojek pasar"), fold_name("si ojek"), fold_name("in 260001 k")}))


def test_every_document_can_be_filtered_by_kind_source_and_year():
    values = facet_values(document(1, facets={"theme": ("a", "a", "b"), "stage": ()}, year=2021))
    assert values == {"theme": ("a", "b"), "kind": ("inovasi",), "source": ("sample",), "year": ("2021",)}


def ordered(*documents: SearchDocument, by: int) -> list[int]:
    return [one.source_id for one in sorted(documents, key=lambda one: -sort_keys(one)[by])]


def test_sort_keys_order_by_value_then_newness_then_id():
    day = 86_400
    documents = (
        document(3, published_at=100 * day, evidence_level=2, adoption_count=1),
        document(2, published_at=100 * day, evidence_level=2, adoption_count=1),
        document(1, published_at=200 * day, evidence_level=2, adoption_count=1),
        document(4, published_at=50 * day, evidence_level=4, adoption_count=9),
        document(5),
    )
    assert ordered(*documents, by=0) == [1, 2, 3, 4, 5]
    assert ordered(*documents, by=1) == [4, 1, 2, 3, 5]
    assert ordered(*documents, by=2) == [4, 1, 2, 3, 5]


@pytest.mark.parametrize("value", [-5, 2**40, 10**18])
def test_sort_keys_stay_in_range_whatever_the_record_says(value):
    keys = sort_keys(document(abs(value) % 10**9, published_at=value, evidence_level=value, adoption_count=value))
    assert all(0 <= key < 2**63 for key in keys)


def test_ties_follow_the_id():
    assert tie_of(7, "inovasi:7:live") < tie_of(8, "inovasi:8:live")
    assert tie_of(7, "inovasi:7:live") == tie_of(7, "inovasi:7:draft")


def test_boosts_stay_in_range():
    assert prepare(document(1, boost=99.0)).boost == 4.0
    assert prepare(document(1, boost=0.0)).boost == 0.5


def test_any_text_can_be_prepared():
    odd = "\ud800 \x00 " + "a" * 5000 + " ﷽ 🏳️‍🌈 <b>&amp;"
    record = prepare(document(1, odd, summary=odd, body=(odd, "")))
    assert record.payload["t"] == odd
