"""Synonyms widen a query at the words that they stand for; ambiguous acronyms are asked back."""

from collections.abc import Iterator

import pytest

from search import synonyms
from search.analysis import query_words, tokenize
from search.synonyms import Ambiguity, Expansion, Thesaurus


@pytest.fixture
def small() -> Iterator[Thesaurus]:
    thesaurus = Thesaurus(
        [
            ["ojek online", "ojek daring", "ojol"],
            ["online", "daring", "dalam jaringan"],
            ["pencegahan korupsi", "gratifikasi"],
            ["pengaduan", "lapor"],
            ["izin", "perizinan", "izin usaha"],
            ["e-ktp", "ktp elektronik", "kartu tanda penduduk"],
            ["pedagang kaki lima", "pkl"],
            ["pkn ii", "diklatpim ii"],
        ],
        {"pkl": ("pedagang kaki lima", "praktik kerja lapangan")},
    )
    synonyms.use_provider(lambda: thesaurus)
    yield thesaurus
    synonyms.use_provider(None)


def phrases(query: str) -> list[str]:
    return [expansion.phrase for expansion in synonyms.expand(query_words(query))]


def test_the_longest_phrase_is_widened(small: Thesaurus) -> None:
    assert synonyms.expand(query_words("tarif ojek online pasar")) == [
        Expansion((1, 3), "ojek daring", ("ojek", "daring")),
        Expansion((1, 3), "ojol", ("ojol",)),
    ]


def test_phrases_meet_by_stems_single_words_as_written(small: Thesaurus) -> None:
    assert phrases("mencegah korupsi") == ["gratifikasi"]
    assert phrases("lapor") == ["pengaduan"]
    assert phrases("laporan") == []


def test_a_possessive_does_not_matter(small: Thesaurus) -> None:
    assert phrases("pengaduannya") == ["lapor"]


def test_function_words_of_a_synonym_are_not_required(small: Thesaurus) -> None:
    assert synonyms.expand(query_words("daring")) == [
        Expansion((0, 1), "online", ("online",)),
        Expansion((0, 1), "dalam jaringan", ("jaring",)),
    ]


def test_what_only_narrows_or_repeats_is_left_out(small: Thesaurus) -> None:
    assert phrases("izin") == []
    assert phrases("ojek online ojol") == ["ojek daring"]


def test_e_ktp_in_every_spelling(small: Thesaurus) -> None:
    for query in ("e-ktp", "ektp", "e ktp"):
        assert phrases(query) == ["ktp elektronik", "kartu tanda penduduk"]


def test_numerals_are_numbers(small: Thesaurus) -> None:
    assert phrases("PKN 2") == ["diklatpim ii"]


def test_an_ambiguous_acronym_is_asked_back_not_widened(small: Thesaurus) -> None:
    words = query_words("penertiban PKL")
    assert synonyms.expand(words) == []
    assert synonyms.ambiguities(words) == [Ambiguity(1, "pkl", ("pedagang kaki lima", "praktik kerja lapangan"))]


def test_an_acronym_may_be_a_synonym_of_what_is_clear(small: Thesaurus) -> None:
    assert phrases("pedagang kaki lima") == ["pkl"]


def test_tokens_serve_as_words(small: Thesaurus) -> None:
    assert [expansion.phrase for expansion in synonyms.expand(tokenize("ojol"))] == ["ojek online", "ojek daring"]


def test_no_words(small: Thesaurus) -> None:
    assert synonyms.expand([]) == []
    assert synonyms.ambiguities([]) == []


def test_the_shipped_lists() -> None:
    shipped = synonyms.shipped_thesaurus()
    assert len(shipped.groups) >= 300
    assert len(shipped.ambiguous) == 20
    assert synonyms.thesaurus() is shipped
    assert "ojek daring" in phrases("ojol")
    assert "pelayanan administrasi terpadu kecamatan" in phrases("paten kecamatan")
    for acronym in shipped.ambiguous:
        words = query_words(acronym)
        assert synonyms.expand(words) == []
        assert synonyms.ambiguities(words)[0].acronym == acronym


def test_a_group_of_one_is_refused(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.analysis.lexicon.DATA", tmp_path)
    (tmp_path / "synonyms.txt").write_text("ojol\n")
    (tmp_path / "ambiguous_acronyms.txt").write_text("")
    with pytest.raises(ValueError, match="a group needs two phrases, got 'ojol'"):
        synonyms.shipped_thesaurus.__wrapped__()
