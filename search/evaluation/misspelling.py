"""Queries with one slip of the finger each, the same ones for the same seed."""

import random
import re

SHORTEST = 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def misspell(text: str, seed: int | str) -> str:
    """Return ``text`` with one letter of one word of five letters or more changed to another.

    A text without such a word stays as it is.
    """
    words = list(_WORD.finditer(text))
    if not words:
        return text
    chance = random.Random(f"{seed} {text}")  # noqa: S311  repeatable, not secret
    word = chance.choice(words)
    at = chance.randrange(*word.span())
    other = chance.choice([letter for letter in LETTERS if letter != text[at].lower()])
    return text[:at] + (other.upper() if text[at].isupper() else other) + text[at + 1 :]
