"""The guard on every address of a viewset: asks the record's policy first, and writes in one transaction.

Wagtail 8 asks "may this user do this with *some* record of the model" on most addresses and never asks about the one
named in the address. The guard is set at the URL, by its name, before the view is even made; a name it doesn't know
stops the start of the site, so that a new address of Wagtail can't slip in unguarded.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from functools import wraps
from typing import Any, cast

from django.contrib.admin.utils import unquote
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from innovation_hub.core.admin_gate import refused
from innovation_hub.core.permissions import Decision, refuse

from .policies import NO_PERMISSION

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class Right(StrEnum):
    """What an address asks of the record it names (of the model, where it names none)."""

    LIST = "list"
    ADD = "add"
    VIEW = "view"
    CHANGE = "change"
    PUBLISH = "publish"
    LOCK = "lock"
    UNLOCK = "unlock"
    DELETE = "delete"
    REVIEW = "review"


RIGHTS: dict[str, Right] = {
    **dict.fromkeys(("index", "index_results", "list", "list_results"), Right.LIST),
    **dict.fromkeys(("add", "preview_on_add"), Right.ADD),
    **dict.fromkeys(("history", "history_results", "inspect", "usage"), Right.VIEW),
    **dict.fromkeys(("revisions_view", "revisions_compare", "workflow_preview"), Right.VIEW),
    **dict.fromkeys(("workflow_history", "workflow_history_detail"), Right.VIEW),
    **dict.fromkeys(("edit", "revisions_revert", "preview_on_edit"), Right.CHANGE),
    **dict.fromkeys(("copy", "reorder", "confirm_workflow_cancellation"), Right.CHANGE),
    **dict.fromkeys(("unpublish", "revisions_unschedule"), Right.PUBLISH),
    **dict.fromkeys(("workflow_action", "collect_workflow_action_data"), Right.REVIEW),
    "lock": Right.LOCK,
    "unlock": Right.UNLOCK,
    "delete": Right.DELETE,
}
# Posting to a preview stores the form for the next look at it and changes nothing of the record.
PREVIEWS = {"preview_on_add", "preview_on_edit"}


def guard_patterns(viewset: Any, patterns: list[URLPattern]) -> list[URLPattern]:
    """Put the guard on every pattern of ``viewset``; raises ``ImproperlyConfigured`` for a name without a right."""
    for pattern in patterns:
        right = {**RIGHTS, **viewset.extra_rights}.get(pattern.name)
        if right is None:
            raise ImproperlyConfigured(f"{viewset!r} has an address {pattern.name!r} whose right nobody has named.")
        pattern.callback = guarded(pattern.callback, model=viewset.model, right=right, name=pattern.name)
    return patterns


def guarded(view: Callable, *, model: type[Model], right: Right, name: str | None) -> Callable:
    """Return ``view`` behind the policy of ``model``."""

    @wraps(view)
    def ask_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with _transaction_for(request, name):
                instance = _record(model, kwargs)
                decision = decide(request.user, right, model, instance)
                if not decision and name == "edit" and request.method in SAFE_METHODS:
                    return _read_instead(request, model, cast(Model, instance), decision)
                if not decision:
                    raise PermissionDenied(decision.reason)
                if right is Right.REVIEW:
                    _check_task_state(cast(Model, instance), kwargs)
                return view(request, *args, **kwargs)
        except PermissionDenied as error:
            return refused(request, error.args[0] if error.args else "")

    return ask_first


def decide(user: Any, right: Right, model: type[Model], instance: Model | None) -> Decision:
    """Ask the registered policy; a reviewer of the record's current workflow task is let in to read and edit."""
    policy = policy_registry.get_by_type(model)
    if right is Right.LIST:
        allowed = policy.user_has_any_permission(user, ["view", "change", "add"])
        return Decision(allowed, "" if allowed else NO_PERMISSION)
    if right in (Right.VIEW, Right.CHANGE, Right.REVIEW) and is_reviewer(user, instance):
        return Decision(True)
    action = "view" if right in (Right.VIEW, Right.REVIEW) else right.value
    if hasattr(policy, "decide"):
        return policy.decide(user, action, instance)
    if instance is None:
        allowed = policy.user_has_permission(user, action)
    else:
        allowed = policy.user_has_permission_for_instance(user, action, instance)
    return Decision(True) if allowed else refuse(NO_PERMISSION)


def is_reviewer(user: Any, instance: Model | None) -> bool:
    """True when the record waits at a workflow task that lets ``user`` in."""
    task = getattr(instance, "current_workflow_task", None)
    return task is not None and task.user_can_access_editor(instance, user)


def _transaction_for(request: HttpRequest, name: str | None) -> AbstractContextManager:
    """Everything a writing request does is one transaction: the save, what follows from it, and the index's outbox."""
    return nullcontext() if request.method in SAFE_METHODS or name in PREVIEWS else transaction.atomic()


def _record(model: type[Model], kwargs: dict[str, Any]) -> Model | None:
    """Return the record named in the address, ``None`` where it names none; raises ``Http404``."""
    if "pk" not in kwargs:
        return None
    try:
        pk = int(unquote(str(kwargs["pk"])))
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(model._base_manager, pk=pk)


def _read_instead(request: HttpRequest, model: type[Model], instance: Model, decision: Decision):
    """Lead whoever may see but not change a record from its form to its reading view, where it has one."""
    url_name = getattr(model, "_hub_inspect_url_name", "")
    if not url_name or not decide(request.user, Right.VIEW, model, instance):
        raise PermissionDenied(decision.reason)
    return redirect(reverse(url_name, args=[instance.pk]))


def _check_task_state(instance: Model, kwargs: dict[str, Any]) -> None:
    """Refuse a task of another record: Wagtail takes the record and the task from the address and never compares."""
    task_state = get_object_or_404(TaskState.objects.select_related("workflow_state"), pk=kwargs["task_state_id"])
    if task_state.workflow_state.object_id != str(instance.pk) or (
        task_state.workflow_state.base_content_type.model_class() is not type(instance)
    ):
        raise Http404
