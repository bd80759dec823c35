"""The words of a query and what each is worth."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from search.analysis import lexicon
from search.analysis.tokens import tokenize

Role = Literal["content", "function", "question"]

CONTENT_WEIGHT = 1.0
FUNCTION_WEIGHT = 0.3
#: KTP in a query for e-KTP: adds to the score, isn't asked for by itself.
INNER_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a query.

    ``role`` is "content" (counts when results must hold most words), "function" (only adds to the score) or
    "question"; ``weight`` multiplies the word's score.
    """

    surface: str
    stem: str
    role: Role
    weight: float


@cache
def function_words() -> frozenset[str]:
    """Return the words that carry little meaning by themselves, as written."""
    return lexicon.read_words("function_words.txt")


@cache
def question_words() -> frozenset[str]:
    """Return the words that ask, as written."""
    return lexicon.read_words("question_words.txt")


def role_of(surface: str) -> Role:
    """Return the role of a folded word."""
    if surface in question_words():
        return "question"
    return "function" if surface in function_words() else "content"


def query_words(text: str) -> list[QueryWord]:
    """Return the different words of a query in order.

    Question words go when a content word remains; function words stay, with a low weight. When a query has
    nothing but such words, they are what is asked for: all stay and the weight is that of content.
    """
    words: dict[tuple[str, str], QueryWord] = {}
    position = -1
    for token in tokenize(text):
        inner = token.position == position
        position = token.position
        role: Role = "function" if inner else role_of(token.surface)
        weight = INNER_WEIGHT if inner else CONTENT_WEIGHT if role == "content" else FUNCTION_WEIGHT
        key = (token.surface, token.stem)
        if key not in words or words[key].weight < weight:
            words[key] = QueryWord(token.surface, token.stem, role, weight)
    found = list(words.values())
    if any(word.role == "content" for word in found):
        return [word for word in found if word.role != "question"]
    return [QueryWord(word.surface, word.stem, word.role, CONTENT_WEIGHT) for word in found]
