"""The words of a query: what is asked for, what only helps, what is dropped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import QueryWord, query_words


def test_question_words_go_and_function_words_count_little() -> None:
    assert query_words("Bagaimanakah cara mengurus izin di Banggai?") == [
        QueryWord("cara", "cara", "function", 0.3),
        QueryWord("mengurus", "urus", "content", 1.0),
        QueryWord("izin", "izin", "content", 1.0),
        QueryWord("di", "di", "function", 0.3),
        QueryWord("banggai", "banggai", "content", 1.0),
    ]


@pytest.mark.parametrize("text", ["apa itu", "di mana", "siapa", "yang dari ke"])
def test_a_query_of_such_words_alone_keeps_them(text: str) -> None:
    words = query_words(text)
    assert [word.surface for word in words] == text.split()
    assert all(word.weight == 1.0 and word.role != "content" for word in words)


def test_the_word_inside_e_ktp_is_not_asked_for_by_itself() -> None:
    for text in ("e-ktp", "ektp", "e ktp"):
        assert [(w.surface, w.role, w.weight) for w in query_words(text)] == [
            ("ektp", "content", 1.0),
            ("ktp", "function", 0.5),
        ]


def test_a_word_that_is_also_asked_for_by_itself_keeps_its_weight() -> None:
    assert [(w.surface, w.weight) for w in query_words("e-ktp ktp")] == [("ektp", 1.0), ("ktp", 1.0)]


def test_repeated_words_come_once() -> None:
    assert [word.surface for word in query_words("pasar ojek pasar")] == ["pasar", "ojek"]


@pytest.mark.parametrize("word", ["sd", "tengah", "baru", "it", "who", "lalu", "soal"])
def test_words_with_a_meaning_of_their_own_are_content(word: str) -> None:
    assert query_words(word)[0].role == "content"


@settings(deadline=None)  # the first word loads the lists
@given(st.text())
def test_any_text_gives_words_with_weights(text: str) -> None:
    words = query_words(text)
    assert all(word.surface and word.stem and 0 < word.weight <= 1 for word in words)
    if any(word.role == "content" for word in words):
        assert not any(word.role == "question" for word in words)
