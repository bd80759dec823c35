"""Words and looks of badges: level, life status and evidence, the same on cards, entries, search and print.

They read plain values, so that a card from the search index and an entry from the database get the same
badge. Words and looks are those of the visual brief: icon and word together, never colour alone, at most two
badges in a row.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .formatting import short_month
from .partial_dates import year_of

CONFIRMED_FOR = timedelta(days=365)  # a status check older than twelve months no longer says that it runs
EVIDENCE_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge: CSS class, icon name (``tile-…`` are drawn tiles) and words."""

    css: str
    icon: str
    text: str


def level_badge(level: str) -> Badge:
    """Return the badge of a publication level; raises ``KeyError`` for an unknown one."""
    return {
        "terdaftar": lambda: Badge("b-reg", "tile-reg", _("Registered · not curated")),
        "terkurasi": lambda: Badge("b-cur", "tile-cur", _("Curated")),
        "unggulan": lambda: Badge("b-top", "tile-top", _("Featured")),
    }[level]()


def kind_badge(kind: str) -> Badge | None:
    """Return the badge that stands instead of a level on what is no entry; ``None`` for entries."""
    words = {"studi-kasus": _("Case study"), "panduan": _("Guide"), "kabar": _("News")}
    return Badge("b-kind", "doc", words[kind]) if kind in words else None


def _unconfirmed(checked: date | None) -> Badge:
    """Return the badge of something of which nobody knows today whether it runs."""
    if checked is None:
        return Badge("b-unk", "q", _("Not confirmed"))
    return Badge("b-unk", "q", _("Not confirmed since %(month)s") % {"month": short_month(checked)})


def _running(status: str, checked: date | None) -> Badge:
    """Return the badge of something said to run: confirmed within twelve months, or no longer confirmed."""
    if checked is None or timezone.localdate() - checked > CONFIRMED_FOR:
        return _unconfirmed(checked)
    if status == "berkembang":
        return Badge("b-ok", "grow", _("Growing · checked %(month)s") % {"month": short_month(checked)})
    return Badge("b-ok", "play", _("Running · checked %(month)s") % {"month": short_month(checked)})


def _since(text: str, text_since: str, since: str) -> str:
    """Return the words with the year, where one is known."""
    year = year_of(since)
    return text_since % {"year": year} if year else text


def life_badge(
    status: str, since: str = "", checked: date | None = None, reason: str = "", curated: bool = True
) -> Badge | None:
    """Return the badge of a life status; ``None`` for a merely registered entry that nobody ever asked about.

    ``since`` is a partial date, ``checked`` the day of the last status check, ``reason`` why it stopped.
    """
    if status in ("berkembang", "berlanjut"):
        return _running(status, checked)
    if status == "vakum":
        return Badge("b-warn", "pause", _since(_("Dormant"), _("Dormant since %(year)s"), since))
    if status == "berhenti":
        words = _since(_("Stopped"), _("Stopped %(year)s"), since)
        return Badge("b-still", "stop", f"{words}: {reason}" if reason else words)
    if status == "digantikan":
        return Badge("b-still", "swap", _since(_("Replaced"), _("Replaced %(year)s"), since))
    return _unconfirmed(checked) if checked or curated else None


def evidence_words(level: int) -> str:
    """Return the name of an evidence level in lower case, as it follows "2/4:"; level 0 is a claim."""
    return (
        _("claim, not measured"),
        _("documented output"),
        _("before and after"),
        _("independent evaluation"),
        _("proven elsewhere"),
    )[level]


def evidence_text(level: int, short: bool = False) -> str:
    """Return "Evidence 2/4: before and after", without its first word when ``short``; level 0 is a claim."""
    if not level:
        return _("Claim, not measured")
    values = {"level": level, "words": evidence_words(level)}
    return _("%(level)s/4: %(words)s") % values if short else _("Evidence %(level)s/4: %(words)s") % values
