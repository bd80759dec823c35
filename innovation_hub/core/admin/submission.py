"""How a record is submitted: the app that owns the workflow says, the editor's button only asks for it.

Wagtail's own button starts the workflow whatever is missing; the hub's services check requirements first.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

Submitter = Callable[..., Any]
_submitters: dict[type[Model], Submitter] = {}


def register_submitter(model: type[Model], submit: Submitter) -> None:
    """Let ``submit(record, actor=user)`` do what the submit button of ``model`` asks for.

    It raises ``ValidationError`` when something is missing and ``PermissionDenied`` when the user may not.
    """
    _submitters[model] = submit


def submitter_of(model: type[Model]) -> Submitter:
    """Return the service that submits records of ``model``; raises ``KeyError`` if no app has one."""
    return _submitters[model]
