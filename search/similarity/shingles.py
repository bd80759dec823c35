"""The texture of a text: runs of three stems inside a sentence, as numbers.

They survive other inflections (stems), sentences that move (runs never cross a sentence) and sentences that are left
out (what is left still has its runs); a slip of the pen costs three of them.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from zlib import crc32

from search.analysis import index_terms

RUN = 3
#: Runs compared first: a sample of a text, the same whatever else the text holds.
SAMPLE = 24
_SENTENCE_END = re.compile(r"[.!?;:\n]+\s+|\n")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")


def shingles_of(texts: Iterable[str]) -> array:
    """Return the runs of some texts, each once, in order of their numbers."""
    found: set[int] = set()
    for text in texts:
        for sentence in _SENTENCE_END.split(text):
            stems = index_terms(sentence)[0].split()
            if len(stems) > RUN:
                found.update([crc32(" ".join(stems[at : at + RUN]).encode()) for at in range(len(stems) - RUN + 1)])
            elif stems:
                found.add(crc32(" ".join(stems).encode()))
    return array("I", sorted(found))


def sample_of(shingles: array) -> frozenset[int]:
    """Return the runs with the lowest numbers: two texts that share most runs share most of their samples."""
    return frozenset(shingles[:SAMPLE])


def least_runs(shingles: array, bins: int) -> tuple[int, ...]:
    """Return the lowest run in each of ``bins`` equal parts of the space of runs, 0 where a text has none.

    Two texts agree in a part about as often as the share of their runs that both have.
    """
    least = []
    for part in range(bins):
        at = bisect_left(shingles, (part << 32) // bins)
        within = at < len(shingles) and shingles[at] < ((part + 1) << 32) // bins
        least.append(shingles[at] if within else 0)
    return tuple(least)


def figures_of(texts: Iterable[str]) -> frozenset[int]:
    """Return the numbers in some texts, as codes, but for years and single digits."""
    found = {figure for text in texts for figure in _FIGURE.findall(text)}
    return frozenset(crc32(figure.encode()) for figure in found if len(figure) > 1 and not _YEAR.fullmatch(figure))
