"""Marking the words of a query in the original text, by token offsets.

Everything that comes from the text is escaped; the only markup in an answer is ``<mark>``.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from search.analysis.finding import Hit, find_words

ELLIPSIS = "…"
DEFAULT_PASSAGE = 240
#: A further hit of a word that the passage holds already is worth this much of a first one.
_REPEATED = 0.1
#: Of the room beside the hits, this share goes before them.
_SHARE_BEFORE = 3
_SENTENCE_ENDS = frozenset(".!?;:\n")


class _Window(NamedTuple):
    score: float
    start: int
    end: int


def _marked(text: str, hits: Sequence[Hit], start: int, end: int) -> Markup:
    """Return ``text[start:end]`` escaped, the hits inside it marked; hits that touch are one mark."""
    pieces: list[str] = []
    at = start
    open_from = open_to = -1
    for hit in [*hits, Hit(len(text) + 1, len(text) + 1, "")]:
        if hit.start <= open_to:
            open_to = max(open_to, hit.end)
            continue
        if open_from >= 0:
            pieces += (escape(text[at:open_from]), "<mark>", escape(text[open_from:open_to]), "</mark>")
            at = open_to
        open_from, open_to = (hit.start, hit.end) if start <= hit.start and hit.end <= end else (-1, -1)
    pieces.append(escape(text[at:end]))
    return Markup("".join(pieces))  # noqa: S704 - every piece of the text has been escaped


def _best_window(hits: Sequence[Hit], width: int) -> _Window:
    """Return the stretch of at most ``width`` characters with the most different words asked for."""
    best = _Window(0, 0, 0)
    ends = [hit.end for hit in hits]
    for first, hit in enumerate(hits):
        inside = hits[first : bisect_right(ends, hit.start + width)]
        different = len({other.stem for other in inside})
        score = different + _REPEATED * (len(inside) - different)
        if score > best.score:
            best = _Window(score, hit.start, inside[-1].end)
    return best


def _word_start(text: str, at: int, limit: int) -> int:
    """Return the first beginning of a word from ``at`` on, of a sentence if there is one before ``limit``."""
    if at <= 0:
        return 0
    start = next((i for i in range(at, limit) if not text[i].isspace() and text[i - 1].isspace()), limit)
    for i in range(start, limit + 1):
        if text[i - 1].isspace() and not text[i].isspace() and text[:i].rstrip()[-1:] in _SENTENCE_ENDS:
            return i
    return start


def _word_end(text: str, at: int, limit: int) -> int:
    """Return the last end of a word up to ``at``, but not before ``limit``."""
    if at >= len(text):
        return len(text)
    return next((i for i in range(at, limit, -1) if text[i].isspace() and not text[i - 1].isspace()), limit)


def _cut(text: str, hits: Sequence[Hit], window: _Window, width: int) -> Markup:
    """Return the passage around a window, with an ellipsis where text is left out."""
    room = width - (window.end - window.start)
    start = _word_start(text, window.start - room // _SHARE_BEFORE, window.start)
    end = _word_end(text, max(start + width, window.end), window.end)
    marked = _marked(text, hits, start, end)
    before = f"{ELLIPSIS} " if text[:start].strip() else ""
    after = f" {ELLIPSIS}" if text[end:].strip() else ""
    return before + marked + after


def highlight(text: str, stems: Collection[str], surfaces: Collection[str], max_chars: int | None = None) -> Markup:
    """Return ``text`` as safe HTML with the words in ``stems`` or ``surfaces`` inside ``<mark>``.

    With ``max_chars`` (characters, the ellipses not counted) a longer text is cut to the one best passage: the
    stretch with the most different words asked for, or the beginning where it has none.
    """
    hits = find_words(text, stems, surfaces)
    if max_chars is None or len(text) <= max_chars:
        return _marked(text, hits, 0, len(text))
    return _cut(text, hits, _best_window(hits, max_chars), max_chars)


def best_passage(
    texts: Sequence[str],
    stems: Collection[str],
    surfaces: Collection[str],
    max_chars: int = DEFAULT_PASSAGE,
) -> Markup | None:
    """Return the best passage of several texts (the earlier text wins a tie), or None if no word occurs."""
    best: tuple[_Window, str, list[Hit]] | None = None
    for text in texts:
        hits = find_words(text, stems, surfaces)
        window = _best_window(hits, max_chars)
        if window.score and (best is None or window.score > best[0].score):
            best = (window, text, hits)
    if best is None:
        return None
    window, text, hits = best
    if len(text) <= max_chars:
        return _marked(text, hits, 0, len(text))
    return _cut(text, hits, window, max_chars)
