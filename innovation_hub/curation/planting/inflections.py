"""Other inflections of a word: the forms of its stem that the collection's own texts use."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from search.analysis import function_words, stem
from search.analysis.affixes import POSSESSIVES

SHORTEST = 4


class Inflections:
    """Stem -> the forms of it that occur in some texts; callable with a word for its other forms."""

    def __init__(self, texts: Iterable[str]):
        words = {word.strip(".,;:()!?\"'") for text in texts for word in text.split()}
        forms: defaultdict[str, set[str]] = defaultdict(set)
        for word in words:
            if _inflects(word):
                forms[stem(word)].add(word)
        self._forms = {root: sorted(found) for root, found in forms.items()}
        self._others: dict[str, list[str]] = {}

    def __call__(self, word: str) -> list[str]:
        """Return the other forms of ``word``; where the texts have none, it takes a possessive or loses it."""
        if word not in self._others:
            self._others[word] = self._other_forms(word) if _inflects(word) else []
        return self._others[word]

    def _other_forms(self, word: str) -> list[str]:
        return [form for form in self._forms.get(stem(word), ()) if form != word] or _by_possessive(word)


@cache
def _by_possessive(word: str) -> list[str]:
    ending = POSSESSIVES[0]
    other = word.removesuffix(ending) if word.endswith(ending) else word + ending
    return [other] if len(other) >= SHORTEST and stem(other) == stem(word) else []


def _inflects(word: str) -> bool:
    return (
        len(word) >= SHORTEST and word.isascii() and word.isalpha() and word.islower() and word not in function_words()
    )
