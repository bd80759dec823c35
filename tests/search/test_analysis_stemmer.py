"""Forms of one word share a stem; words that only look alike don't."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import index_terms, stem
from search.analysis.folding import fold_word

PAIRS = Path(__file__).with_name("word_pairs.tsv")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def judged(kind: str) -> list[tuple[str, str]]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert {row[2] for row in rows} == {"related", "unrelated"}
    return [(row[0], row[1]) for row in rows if row[2] == kind]


def met(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(one, other) for one, other in pairs if index_terms(one)[0] == index_terms(other)[0]]


def test_related_words_meet() -> None:
    pairs = judged("related")
    missed = sorted(set(pairs) - set(met(pairs)))
    assert len(pairs) >= 450
    assert len(missed) <= 0.02 * len(pairs), missed


def test_unrelated_words_do_not_meet() -> None:
    pairs = judged("unrelated")
    wrong = met(pairs)
    assert len(pairs) >= 150
    assert len(wrong) <= 0.01 * len(pairs), wrong


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("mengelola", "kelola"),
        ("pengelolaan", "kelola"),
        ("menangani", "tangan"),
        ("memperhatikan", "perhati"),
        ("memberlakukan", "laku"),
        ("keberlanjutan", "lanjut"),
        ("mempekerjakan", "kerja"),
        ("mengemukakan", "muka"),
        ("menyeragamkan", "seragam"),
        ("keterlibatan", "libat"),
        ("kepemimpinan", "pimpin"),
        ("berkesinambungan", "sinambung"),
        ("ketidakpuasan", "puas"),
        ("pengesahan", "sah"),
        ("mengecek", "cek"),
        ("memproses", "proses"),
        ("pemrosesan", "proses"),
        ("mengritik", "kritik"),
        ("bekerja", "kerja"),
        ("belajar", "ajar"),
        ("pelajaran", "ajar"),
        ("berikan", "beri"),
        ("bukunyalah", "buku"),
        ("perawatan", "rawat"),
        ("mereplikasi", "replikasi"),
        ("termitigasi", "mitigasi"),
        ("stuntingnya", "stunting"),
        ("mendigitalisasikan", "digitalisasi"),
        ("perijinannya", "izin"),
        ("kordinasi", "koordinasi"),
        ("pemerintahannya", "pemerintah"),
        ("ketenagakerjaan", "tenagakerja"),
        ("daerah2", "daerah"),
        ("007", "7"),
        ("000", "0"),
    ],
)
def test_roots(word: str, root: str) -> None:
    assert stem(word) == root


WHOLE = """
    kelola sekolah beruang kepala pegawai posyandu puskesmas dinkes disdukcapil dispora maluku pekalongan
    kediri pemalang tarakan banggai draiv whatsapp permendagri di ke mi ilmu ibu aku p3k tps3r
"""


@pytest.mark.parametrize("word", WHOLE.split())
def test_words_that_stay_whole(word: str) -> None:
    assert stem(word) == word


def test_an_unknown_word_keeps_its_letters_but_loses_nya() -> None:
    assert stem("qlueapp") == "qlueapp"
    assert stem("qlueappnya") == "qlueapp"


@settings(deadline=None)  # the first word loads the lists
@given(st.text(min_size=1))
def test_a_word_always_has_a_stem(text: str) -> None:
    word = fold_word(text)
    if word:
        assert stem(word)
        assert " " not in stem(word)


@settings(deadline=None)  # the first word loads the lists
@given(
    st.sampled_from(["me", "meng", "di", "ber", "pe", "ke", "memper", ""]),
    st.text(LETTERS, min_size=1, max_size=9),
    st.sampled_from(["kan", "an", "i", "nya", "lah", "annya", ""]),
)
def test_a_stem_is_reached_in_a_few_steps(prefix: str, middle: str, suffix: str) -> None:
    word = prefix + middle + suffix
    once = stem(word)
    twice = stem(once)
    assert len(once) <= len(word) + 4
    assert stem(twice) == twice or stem(stem(twice)) == stem(twice)
