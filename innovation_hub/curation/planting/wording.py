"""The words of an entry, and what happens to them when somebody enters it a second time. Pure: text in, text out.

Every function changes the :class:`Wording` that it is given and draws from the given ``Random`` only.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from search.analysis import function_words
from search.evaluation.misspelling import LETTERS

#: Share of the words that get another inflection, share of the sentences that are left out, number of slips.
INFLECTED, DROPPED, TYPOS = 0.15, 1 / 3, 2
#: An acronym of a title takes this many initials.
FEWEST_INITIALS, MOST_INITIALS = 3, 8

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
_TYPO_WORD = re.compile(r"[^\W\d_]{5,}")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass
class Wording:
    """The names of an entry, and its prose: field -> paragraphs of plain text, the summary among them."""

    title: str
    brand: str = ""
    expansion: str = ""
    prose: dict[str, list[str]] = field(default_factory=dict)

    def map(self, change: Callable[[str], str]) -> None:
        """Put every text through ``change``."""
        self.title, self.brand, self.expansion = change(self.title), change(self.brand), change(self.expansion)
        self.map_prose(change)

    def map_prose(self, change: Callable[[str], str]) -> None:
        """Put every paragraph through ``change``."""
        self.prose = {name: [change(text) for text in texts] for name, texts in self.prose.items()}


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def drop_and_reorder(wording: Wording, chance: Random) -> None:
    """Leave out a third of all sentences and shuffle those that stay within their field."""
    places = [
        (name, sentence) for name, texts in wording.prose.items() for text in texts for sentence in sentences_of(text)
    ]
    dropped = set(chance.sample(range(len(places)), round(len(places) * DROPPED)))
    kept: dict[str, list[str]] = {name: [] for name in wording.prose}
    for at, (name, sentence) in enumerate(places):
        if at not in dropped:
            kept[name].append(sentence)
    for name, sentences in kept.items():
        chance.shuffle(sentences)
        wording.prose[name] = [" ".join(sentences)] if sentences else []


def inflect(wording: Wording, chance: Random, forms: Callable[[str], list[str]]) -> None:
    """Give 15 % of the words of the prose and the title another inflection, as far as so many have one.

    ``forms`` returns the other forms of a word in lower case, none for a word that has none.
    """
    total, places = 0, []
    for name, at, text in _texts(wording):
        for match in _WORD.finditer(text):
            total += 1
            if match[0].islower() and match[0] not in function_words() and forms(match[0]):
                places.append((name, at, *match.span()))
    chosen = chance.sample(places, min(len(places), round(total * INFLECTED)))
    for name, at, start, end in sorted(chosen, key=lambda place: place[2], reverse=True):
        text = _get(wording, name, at)
        _set(wording, name, at, text[:start] + chance.choice(forms(text[start:end])) + text[end:])


def misspell(wording: Wording, chance: Random) -> None:
    """Make two slips of the finger in words of five letters or more of the title, the names and the summary."""
    for _ in range(TYPOS):
        places = [
            (name, at, *match.span())
            for name, at, text in _texts(wording, names=True)
            if name in ("title", "brand", "expansion", "summary")
            for match in _TYPO_WORD.finditer(text)
        ]
        if not places:
            return
        name, at, start, end = chance.choice(places)
        text = _get(wording, name, at)
        _set(wording, name, at, text[:start] + slip(text[start:end], chance) + text[end:])


def slip(word: str, chance: Random) -> str:
    """Return ``word`` with one letter left out, doubled, swapped with the next, or replaced; never the same word."""
    at = chance.randrange(len(word) - 1)
    other = chance.choice([letter for letter in LETTERS if letter != word[at].lower()])
    ways = [
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + (other.upper() if word[at].isupper() else other) + word[at + 1 :],
    ]
    if word[at] != word[at + 1]:
        ways.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return chance.choice(ways)


def acronym_of(title: str) -> str:
    """Return the initials of a title's words, function words left out; empty if that makes no acronym."""
    initials = [word[0].upper() for word in _WORD.findall(title) if word.lower() not in function_words()]
    return "".join(initials[:MOST_INITIALS]) if len(initials) >= FEWEST_INITIALS else ""


def rename(wording: Wording, names: Mapping[str, str]) -> None:
    """Replace whole names by others, longer ones first, none twice."""
    replace = renamer(names)
    wording.map(replace)


def renamer(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what replaces whole names in a text."""
    known = {old: new for old, new in names.items() if old}
    if not known:
        return lambda text: text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})(?!\w)")
    return lambda text: pattern.sub(lambda match: known[match[0]], text)


def other_figures(text: str, chance: Random) -> str:
    """Return ``text`` with every figure but years replaced by another of as many digits."""

    def replaced(match: re.Match[str]) -> str:
        figure = match[0]
        return figure if _YEAR.fullmatch(figure) else another_figure(figure, chance)

    return _FIGURE.sub(replaced, text)


def another_figure(figure: str, chance: Random) -> str:
    """Return another number of the same shape: ``2.188`` gives ``4.031``."""
    while True:
        digits = [str(chance.randrange(10)) if char.isdigit() else char for char in figure]
        digits[0] = str(chance.randrange(1, 10))
        if "".join(digits) != figure:
            return "".join(digits)


def _texts(wording: Wording, *, names: bool = False) -> list[tuple[str, int, str]]:
    """Return (field, paragraph, text) of the title and the prose, with ``names`` also of the other names."""
    first = [("title", 0, wording.title)]
    if names:
        first += [("brand", 0, wording.brand), ("expansion", 0, wording.expansion)]
    return [*first, *((name, at, text) for name, texts in wording.prose.items() for at, text in enumerate(texts))]


def _get(wording: Wording, name: str, at: int) -> str:
    return wording.prose[name][at] if name in wording.prose else getattr(wording, name)


def _set(wording: Wording, name: str, at: int, text: str) -> None:
    if name in wording.prose:
        wording.prose[name][at] = text
    else:
        setattr(wording, name, text)
