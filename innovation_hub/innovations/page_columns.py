"""Which of an entry's two columns begins longer: its head, or the facts beside it.

On wide screens four parts share two columns: head and text on the left, facts and the other side on the right. The
grid has one row between them for the longer beginning; lengths of text tell well enough which one that is, and where
they are near to each other a wrong guess costs no more than their difference.
"""

from math import ceil
from typing import Any

from django.utils.html import strip_tags

TITLE, LEAD, AKA, FACT = 36, 64, 90, 22  # characters on a line
TITLE_LINE, LEAD_LINE, LINE = 48, 28, 24  # heights in pixels
BADGES, GAP, NOTE, HEADING, BUTTON, ROW = 40, 16, 82, 38, 68, 17


def _lines(text: Any, width: int) -> int:
    return ceil(len(strip_tags(str(text))) / width)


def head_height(context: dict[str, Any]) -> int:
    """Return about how tall badges, title, name, lead and notes are."""
    notes = (
        context["preview"],
        context["entry"].is_synthetic,
        context["is_registered"] and not context["entry"].is_synthetic,
        context["text_language"] != context["lang"],
    )
    title = _lines(context["title"], TITLE) * TITLE_LINE
    name = _lines(f"{context['aka']} {context['entry'].registry_number or ''}", AKA) * LINE
    lead = _lines(context["lead"], LEAD) * LEAD_LINE
    return BADGES + title + name + lead + (GAP if lead else 0) + NOTE * sum(map(bool, notes)) + 2 * GAP


def facts_height(context: dict[str, Any]) -> int:
    """Return about how tall the buttons and the facts beside the head are."""
    rows = [ROW + max(1, _lines(value, FACT)) * LINE for _words, value in context["facts"] if value]
    buttons = bool(context["mailbox"]) + len(context["files"])
    return HEADING + sum(rows) + BUTTON * buttons


def head_is_taller(context: dict[str, Any]) -> bool:
    """True when the facts end before the head does."""
    return head_height(context) > facts_height(context)
