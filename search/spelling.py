"""Spelling: words of the index within one edit of a word that it lacks.

Works on unstemmed words, and only on those that the caller gives, which for the public site are words of
public documents. Candidates are made from the word and looked up, so nothing is built beforehand and memory
doesn't grow with the vocabulary; a word of ten letters takes some 600 look-ups.
"""

from collections.abc import Callable, Mapping, Sequence
from string import ascii_lowercase

SHORTEST = 5
_VOWELS = frozenset("aeiou")
#: Factors on the document frequency of a candidate, by the kind of slip that leads to it.
_SWAPPED = 4.0
_DOUBLED = 4.0
_SAME_CLASS = 2.0
_PLAIN = 1.0
_FIRST_LETTER = 0.25
#: Letters that Indonesian spelling confuses.
_ALIKE = frozenset(
    map(frozenset, ("fp", "vf", "vp", "zj", "zs", "ys", "iy", "ou", "ei", "ae", "dt", "kg", "bp", "kq", "ck"))
)

Edit = Callable[[str], list[tuple[str, int]]]


class Speller:
    """Offers corrections from a vocabulary: word -> number of documents that hold it."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        """Keep a reference to the mapping; later changes to it are seen."""
        self._frequencies = frequencies

    def knows(self, word: str) -> bool:
        """Return whether a document holds the word."""
        return self._frequencies.get(word, 0) > 0

    def candidates(self, word: str) -> list[tuple[str, int]]:
        """Return ``(word, frequency)`` of the words one edit away, the likeliest first.

        An edit is a letter left out, added, replaced, or swapped with its neighbour. Frequent words come first,
        likely slips (swapped and doubled letters, a vowel for a vowel, letters that sound alike) before others,
        slips in the first letter last. Words under five letters, numbers and words with digits get none.
        """
        if len(word) < SHORTEST or not word.isalpha():
            return []
        known = self._frequencies
        found: dict[str, float] = {}
        for edit in (_left_out, _swapped, _replaced, _added):
            for candidate, at in edit(word):
                if candidate in known and candidate != word and known[candidate] > 0:
                    likelihood = _likelihood(word, candidate, at, edit)
                    found[candidate] = max(found.get(candidate, 0.0), known[candidate] * likelihood)
        ranked = sorted(found, key=lambda candidate: (-found[candidate], candidate))
        return [(candidate, self._frequencies[candidate]) for candidate in ranked]

    def suggestion(self, words: Sequence[str]) -> list[str] | None:
        """Return the words with each unknown one replaced by its best candidate ("did you mean"), None if none is."""
        corrected = [self._best(word) for word in words]
        return corrected if corrected != list(words) else None

    def _best(self, word: str) -> str:
        if self.knows(word):
            return word
        found = self.candidates(word)
        return found[0][0] if found else word


def _left_out(word: str) -> list[tuple[str, int]]:
    return [(word[:at] + word[at + 1 :], at) for at in range(len(word))]


def _swapped(word: str) -> list[tuple[str, int]]:
    return [(word[:at] + word[at + 1] + word[at] + word[at + 2 :], at) for at in range(len(word) - 1)]


def _replaced(word: str) -> list[tuple[str, int]]:
    return [(word[:at] + other + word[at + 1 :], at) for at in range(len(word)) for other in ascii_lowercase]


def _added(word: str) -> list[tuple[str, int]]:
    return [(word[:at] + other + word[at:], at) for at in range(len(word) + 1) for other in ascii_lowercase]


def _likelihood(word: str, candidate: str, at: int, edit: Edit) -> float:
    """Return how likely the slip at ``at`` is that made ``word`` of ``candidate``, as a factor."""
    factor = _PLAIN if at else _FIRST_LETTER
    if edit is _swapped:
        return factor * _SWAPPED
    if edit is _replaced:
        pair = frozenset((word[at], candidate[at]))
        return factor * (_SAME_CLASS if pair in _ALIKE or pair <= _VOWELS else _PLAIN)
    longer = word if edit is _left_out else candidate
    doubled = longer[at] in (longer[at - 1 : at], longer[at + 1 : at + 2])
    return factor * (_DOUBLED if doubled else _SAME_CLASS)
