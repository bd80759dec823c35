"""What other apps may want to know about accounts, and what they contribute to one's own page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.dispatch import Signal

#: Somebody has chosen a password for the first time (``user``).
activated = Signal()
#: An account is about to be closed, in one transaction with what follows (``user``, ``actor``).
closing = Signal()


@dataclass(slots=True)
class Row:
    """One line of a section: words, where they lead, and what is said beside them."""

    text: Any
    address: str = ""
    note: Any = ""


@dataclass(slots=True)
class Section:
    """A part of one's own account page, from another app."""

    title: Any
    rows: list[Row] = field(default_factory=list)


#: From an account to its section; ``None`` for nothing to show.
SectionProvider = Callable[[Any], Section | None]
_sections: dict[str, SectionProvider] = {}
#: From an account to what passes to whom when it is closed.
HandOver = Callable[[Any], list[Row]]
_hand_overs: dict[str, HandOver] = {}


def register_section(name: str, provider: SectionProvider) -> None:
    """Add a part to one's own account page."""
    _sections[name] = provider


def sections_of(user: Any) -> list[Section]:
    """Return the parts that other apps contribute."""
    return [section for provider in _sections.values() if (section := provider(user)) and section.rows]


def register_hand_over(name: str, provider: HandOver) -> None:
    """Say what passes to whom when an account is closed; ``closing`` then does it."""
    _hand_overs[name] = provider


def hand_over_of(user: Any) -> list[Row]:
    """Return everything that would pass to others, each with whom it passes to."""
    return [row for provider in _hand_overs.values() for row in provider(user)]
