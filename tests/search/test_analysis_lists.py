"""The shipped word lists are consistent with each other."""

import gzip
from itertools import pairwise

import pytest

from search.analysis import function_words, lexicon, question_words, stem
from search.data import build_roots


def test_a_variant_leads_to_a_spelling_that_stands_for_itself() -> None:
    for variant, standard in lexicon.variants().items():
        assert stem(variant) == stem(standard), variant
        assert standard not in lexicon.variants(), standard


def test_exceptions_lead_to_a_final_stem() -> None:
    for word in lexicon.exceptions():
        assert stem(stem(word)) == stem(word), word


def test_names_stay_whole() -> None:
    for name in lexicon.names():
        assert stem(name) == name


def test_compounds_are_the_words_they_consist_of() -> None:
    for word, parts in lexicon.compounds().items():
        assert "".join(parts) == word


def test_hub_words_are_their_own_stem() -> None:
    for word in lexicon.read_words("hub_words.txt") - lexicon.variants().keys():
        assert stem(word) == word


def test_no_word_both_asks_and_joins() -> None:
    assert not function_words() & question_words()


def test_a_line_without_answer_is_refused(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    (tmp_path / "bad.txt").write_text("ijin izin\n")
    with pytest.raises(ValueError, match=r"bad\.txt.*ijin izin"):
        lexicon.read_pairs("bad.txt")
    (tmp_path / "twice.txt").write_text("ijin = izin\nijin = idzin\n")
    with pytest.raises(ValueError, match="'ijin' is given twice"):
        lexicon.read_pairs("twice.txt")


def test_comments_and_blank_lines_are_skipped(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    (tmp_path / "list.txt").write_text("# heading\n\nsatu dua  # two\ntiga\n")
    assert lexicon.read_words("list.txt") == {"satu", "dua", "tiga"}


def test_the_root_list_can_be_made_again() -> None:
    lines = ["3", "kelola/D0M0P0PaT0", "Bayi-bayi/Ka", "bayi/o0", "sayur-mayur", "é", "café/a0"]
    assert build_roots.read_words(lines[1:]) == {
        "kelola": ["D0", "M0", "P0", "Pa", "T0"],
        "bayi": ["Ka"],
        "cafe": ["a0"],
    }


def test_the_shipped_roots_are_sorted_words() -> None:
    words = list(build_roots_words())
    assert len(words) > 28_000
    assert all(one < other for one, other in pairwise(words))
    assert all(build_roots.WORD.fullmatch(word) for word in words)


def build_roots_words() -> list[str]:
    with gzip.open(build_roots.TARGET, "rt", encoding="ascii") as lines:
        return [line.split()[0] for line in lines]
