"""The log of searches without result: texts and how often, nothing about who asked.

What looks like a person's data is never written. Notes are collected while pages are made and written after the answer
has been sent; a database that is busy or away costs the note, never the page.
"""

import logging
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from innovation_hub.core.personal_data import find_personal_data
from search.analysis import fold, function_words, query_words, stem, tokenize
from search.analysis.lexicon import roots
from search.models import EmptyQuery
from search.query import SearchQuery
from search.query_language import parse
from search.results import SearchPage

logger = logging.getLogger(__name__)

DAYS = 90
MAX_CHARS, MAX_WORDS = 80, 8
#: More texts than this are not kept; those that were asked once make room first.
MAX_ROWS, ROOM = 5000, 250
#: New notes that one process takes in a minute: more come from programs, not from readers.
NOTES_A_MINUTE = 30
BUSY_MILLISECONDS = 200

_DIGITS = re.compile(r"\d{5,}|(?:\d[\s.,/()+-]{0,2}){9,}")
# Degrees and titles stand beside a person's name; forms of address do where no word of the dictionary follows
# (*ibu Aminah*, but not *ibu hamil*).
_TITLE = re.compile(
    r"@|\b(?:drs|dra|hj|prof|a\.n|atas nama)\b\.?\s+\w|(?:^|[\s,])(?:dr|ir|h)\.\s*\w"
    r"|\b[SM]\.\s?(?:Sos|Pd|Si|Kom|H|E|T|M|A|AP|STP|IP|Kes|Ak|Hum|Ag|Kep|Tr|P)\b",
    re.IGNORECASE,
)
_ADDRESSED = frozenset({"bapak", "bpk", "pak", "ibu", "bu", "sdr", "sdri", "saudara", "saudari"})
NAME_WORDS = range(2, 5)
_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|curl|wget|python|scrapy|java/|http-?client|monitor", re.IGNORECASE)


@dataclass(slots=True)
class _Note:
    times: int = 0
    nearest: int = 0


@dataclass(slots=True)
class _Pending:
    """Notes of this process that aren't written yet."""

    notes: dict[str, _Note] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    minute: int = -1
    taken: int = 0

    def add(self, text: str, nearest: int, minute: int) -> None:
        """Take one note, unless there were too many in this minute."""
        with self.lock:
            if minute != self.minute:
                self.minute, self.taken = minute, 0
            self.taken += 1
            if self.taken <= NOTES_A_MINUTE:
                note = self.notes.setdefault(text, _Note())
                note.times += 1
                note.nearest = max(note.nearest, nearest)

    def take(self) -> dict[str, _Note]:
        """Hand out all notes."""
        with self.lock:
            notes, self.notes = self.notes, {}
        return notes


_pending = _Pending()


def note(query: SearchQuery, found: SearchPage, agent: str = "") -> None:
    """Remember that a reader's search found nothing; ``agent`` is what the reader's program calls itself."""
    if found.strict_total or found.limited or _ROBOT.search(agent):
        return
    if query.page > 1 or query.filters or not query.synonyms:
        return
    text = storable(query.text, found.total)
    if text:
        _pending.add(text, found.total, int(time.monotonic() // 60))


def storable(text: str, nearest: int = 1) -> str:
    """Return the text in the form in which it may be kept, or nothing if it may not or is of no use to a curator.

    ``nearest`` says how many entries hold some of the words. Where somebody asks for an exact phrase or leaves words
    out, no synonym is missing.
    """
    folded = " ".join(fold(text).split())
    if not folded or len(folded) > MAX_CHARS or len(folded.split()) > MAX_WORDS or not query_words(folded):
        return ""
    parsed = parse(text)
    if parsed.has_operators or parsed.of("shortcut") or _DIGITS.search(folded) or find_personal_data(text):
        return ""
    return "" if _TITLE.search(text) or _may_be_a_name([one.surface for one in tokenize(folded)], nearest) else folded


def _may_be_a_name(words: Sequence[str], nearest: int) -> bool:
    """Return whether words look like a person's name: addressed as one, or two to four that no entry holds
    and that aren't all in the dictionary.
    """
    if any(first in _ADDRESSED and not _is_known(second) for first, second in pairwise(words)):
        return True
    return not nearest and len(words) in NAME_WORDS and not all(map(_is_known, words))


def _is_known(word: str) -> bool:
    """Return whether a word is in the dictionary, in any of its forms."""
    return word in roots() or stem(word) in roots() or word in function_words()


def flush(**kwargs: Any) -> None:
    """Write what was noted; called when an answer has been sent."""
    notes = _pending.take() if _pending.notes else {}
    if not notes:
        return
    try:
        with _not_waiting(), transaction.atomic():
            for text, one in notes.items():
                _write(text, one, timezone.localdate())
    except Exception as error:
        logger.warning("Searches without result were not noted: %s", error)


def _write(text: str, one: _Note, today: date) -> None:
    """Count a text. One that was made a synonym and still finds nothing on a later day is open again."""
    rows = EmptyQuery.objects.filter(text=text)
    counted = rows.update(times=F("times") + one.times, last_on=today, nearest=Greatest("nearest", one.nearest))
    if counted:
        handled = rows.filter(status=EmptyQuery.Status.HANDLED, settled_on__lt=today)
        handled.update(status=EmptyQuery.Status.OPEN, settled_on=None)
    elif _has_room():
        EmptyQuery.objects.create(text=text, times=one.times, nearest=one.nearest, first_on=today, last_on=today)


def _has_room() -> bool:
    """Return whether one more text can be kept; drops some that were asked once, the oldest first, if need be."""
    if EmptyQuery.objects.count() < MAX_ROWS:
        return True
    once = EmptyQuery.objects.filter(times=1).order_by("last_on", "pk").values_list("pk", flat=True)[:ROOM]
    return EmptyQuery.objects.filter(pk__in=list(once)).delete()[0] > 0


@contextmanager
def _not_waiting() -> Iterator[None]:
    """Wait for other writers no longer than a moment: the thread has readers to answer."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {BUSY_MILLISECONDS}")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")


def prune(today: date | None = None) -> int:
    """Drop what nobody has looked for in the last 90 days; returns how many texts went."""
    day = (today or timezone.localdate()) - timedelta(days=DAYS)
    return EmptyQuery.objects.filter(last_on__lt=day).delete()[0]


def settle(row: EmptyQuery, status: EmptyQuery.Status) -> None:
    """Say what became of a text."""
    row.status = status
    row.settled_on = None if status == EmptyQuery.Status.OPEN else timezone.localdate()
    row.save(update_fields=["status", "settled_on"])
