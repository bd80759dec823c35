"""Text to tokens: what counts as a word, where it stands, and which spellings meet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import fold, index_terms, tokenize
from search.analysis.chunks import CHUNKS, ChunkCache
from search.analysis.folding import fold_word

PIECES = """
    e-KTP e ktp S.I.M.P.E.L. angkatan XII dan ke-IV anak-anak (walikota), 36.000 menandatangani Café _ —
    Jum’at covid19 nontunai \u00ad e\u0301 ﬁle ½ İ
"""
TEXTS = st.text() | st.lists(st.sampled_from(PIECES.split())).map(" ".join)


def surfaces(text: str) -> list[str]:
    return [token.surface for token in tokenize(text)]


def stems(text: str) -> list[str]:
    return [token.stem for token in tokenize(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S.I.M.P.E.L.", "simpel"),
        ("S-I-M-P-E-L", "Simpel"),
        ("K/L", "KL"),
        ("e-KTP", "ektp"),
        ("e KTP", "e-ktp"),
        ("E‑Kinerja", "ekinerja"),
        ("antar-jemput", "antar jemput"),
        ("antarjemput", "antar-jemput"),
        ("anak-anak", "anak"),
        ("undang–undang", "undang"),
        ("daerah2", "daerah-daerah"),
        ("ijin usaha", "izin usaha"),
        ("perijinan", "perizinan"),
        ("sertipikat tanah", "sertifikat tanah"),
        ("Sumatra Utara", "Sumatera Utara"),
        ("barang/jasa", "barang jasa"),
        ("Angkatan XII", "angkatan 12"),
        ("angkatan ke-XII", "angkatan ke-12"),
        ("PKN Tingkat II", "pkn tingkat 2"),
        ("pkn ii", "PKN 2"),
        ("angkatan 05", "angkatan V"),
        ("36.000 inovasi", "36000 inovasi"),
        ("Rp36.000", "Rp 36000"),
        ("covid-19", "covid19"),
        ("Top99", "Top 99"),
        ("nontunai", "non-tunai"),
        ("antikorupsi", "anti korupsi"),
        ("pascabencana", "pasca bencana"),
        ("walikota", "wali kota"),
        ("bekerjasama", "kerja sama"),
        ("penandatanganan", "menandatangani"),
        ("Jum’at", "jumat"),
        ("do'a", "doa"),
        ("Café", "cafe"),
        ("cafe\u0301", "Café"),
        ("pela\u00adyanan", "pelayanan"),
        ("ﬁtur", "fitur"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    "text",
    ["di mana", "mi instan", "saya i", "dan MI", "x dan y", "data CC", "jenis kelamin L", "rumah di", "vi dan x"],
)
def test_words_that_look_like_numerals_stay_words(text: str) -> None:
    assert not any(stem.isdecimal() for stem in stems(text))


def test_numerals_carry_over_from_one_to_the_next() -> None:
    assert stems("Angkatan I, II s.d. IV dan VI tahun 2021")[1::2] == ["1", "sd", "dan", "tahun"]
    assert stems("angkatan I s.d. IV")[-1] == "4"


def test_the_surface_of_a_numeral_stays_as_written() -> None:
    token = tokenize("Angkatan XII")[1]
    assert (token.surface, token.stem) == ("xii", "12")


def test_offsets_and_positions() -> None:
    text = "Pelayanan e-KTP, anak-anak!"
    assert [(t.surface, text[t.start : t.end], t.position) for t in tokenize(text)] == [
        ("pelayanan", "Pelayanan", 0),
        ("ektp", "e-KTP", 1),
        ("ktp", "KTP", 1),
        ("anak", "anak-anak", 2),
    ]


def test_e_apart_spans_both_words() -> None:
    text = "layanan e  KTP"
    assert [text[t.start : t.end] for t in tokenize(text)] == ["layanan", "e  KTP", "KTP"]


def test_two_stems_of_one_written_word_share_its_surface() -> None:
    assert index_terms("Bupati menandatangani") == ("bupati tanda tangan", "bupati menandatangani")


def test_a_letter_in_a_list_is_no_electronic_service() -> None:
    assert surfaces("huruf e dan f") == ["huruf", "e", "dan", "f"]


@pytest.mark.parametrize("text", ["", " ", "—", "___", "...", "\u0301", "\u200b", "'"])
def test_text_without_words(text: str) -> None:
    assert tokenize(text) == []
    assert index_terms(text) == ("", "")


@settings(deadline=None)  # the first word loads the lists
@given(TEXTS)
def test_offsets_cut_the_original_text(text: str) -> None:
    for token in tokenize(text):
        cut = text[token.start : token.end]
        assert cut
        assert token.surface and token.stem
        assert token.surface in fold_word(cut)


@settings(deadline=None)  # the first word loads the lists
@given(TEXTS)
def test_positions_never_go_back(text: str) -> None:
    positions = [token.position for token in tokenize(text)]
    assert positions == sorted(positions)
    assert not positions or positions[0] == 0


@settings(deadline=None)  # the first word loads the lists
@given(TEXTS)
def test_index_terms_are_the_tokens(text: str) -> None:
    tokens = tokenize(text)
    joined_stems, joined_surfaces = index_terms(text)
    assert joined_stems == " ".join(token.stem for token in tokens)
    assert set(joined_surfaces.split()) == {token.surface for token in tokens}
    assert "\0" not in joined_stems


@settings(deadline=None)  # the first word loads the lists
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_keeps_punctuation() -> None:
    assert fold("Été, ÀÇÇÈS!") == "ete, acces!"


def test_the_cache_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChunkCache, "LIMIT", 10)
    cache = ChunkCache()
    for number in range(100):
        assert cache[f"kata{number:04}"].stems
    assert len(cache) <= 10
    long = "a" * (ChunkCache.LONGEST + 1)
    assert cache[long].surfaces == long
    assert long not in cache


def test_asking_again_gives_the_same() -> None:
    assert tokenize("Pelayanan (terpadu)") == tokenize("Pelayanan (terpadu)")
    assert "(terpadu)" in CHUNKS
