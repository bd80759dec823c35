"""Answers of permission questions: yes or no, and always why.

A refusal's reason reaches the user, so it is translated text. Services call :func:`require`, views and templates read
``decision.allowed`` and ``decision.reason``.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Decision:
    """Outcome of one permission question; falsy when refused, with the ``reason`` in the reader's language."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


def refuse(reason: str | Promise) -> Decision:
    """Return a refusal with its reason."""
    return Decision(False, reason)


def require(decision: Decision) -> None:
    """Raise ``PermissionDenied`` with the decision's reason unless it allows."""
    if not decision.allowed:
        raise PermissionDenied(decision.reason)
