"""Beginning an entry and saving its draft outside the admin, by the same actions as the admin's form."""

from typing import Any

from django.db import transaction
from wagtail.actions.create import CreateAction
from wagtail.actions.edit import EditAction
from wagtail.models import Revision, TaskState

from innovation_hub.core.permissions import require
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_create, can_edit
from innovation_hub.innovations.services.drafts import changed_fields


@transaction.atomic
def begin_draft(*, actor: Any, **content: Any) -> Innovation:
    """Save a new entry as its writer's draft; raises ``PermissionDenied`` with the reason."""
    require(can_create(actor))
    entry = Innovation(created_by=actor, steward=actor, **content)
    return CreateAction(entry, user=actor, clean=False).execute(skip_permission_checks=True)


def stamp_of(revision: Revision | None) -> str:
    """Return by what a version is known again: a version that is overwritten gets another stamp."""
    return f"{revision.pk}-{int(revision.created_at.timestamp() * 1_000_000)}" if revision else "0"


def locked_entry(pk: int) -> Innovation:
    """Return an entry with its row locked until the transaction ends, so that two savings never meet."""
    Innovation.objects.select_for_update(of=("self",)).only("pk").get(pk=pk)
    return Innovation.objects.get(pk=pk)


@transaction.atomic
def save_draft(version: Innovation, *, actor: Any, overwrite: Revision | None = None) -> Revision | None:
    """Save ``version`` as the newest draft of its entry; ``None`` when no content has changed, for then nothing is.

    ``overwrite`` is the newest version, if this one is to take its place (:func:`may_overwrite`). Raises
    ``PermissionDenied``.
    """
    require(can_edit(actor, version))
    newest = version.get_latest_revision()
    before = newest.content if newest else Innovation.objects.get(pk=version.pk).serializable_data()
    if not changed_fields(before, version.serializable_data()):
        return None
    action = EditAction(version, user=actor, overwrite_revision=overwrite, clean=False)
    action.execute(skip_permission_checks=True)
    return action.revision


def may_overwrite(entry: Innovation, revision: Revision | None, *, actor: Any) -> bool:
    """True for the actor's own newest version that nobody has reviewed and readers don't see."""
    if revision is None or revision.user_id != actor.pk:
        return False
    if revision.pk in (entry.live_revision_id, entry.scheduled_revision and entry.scheduled_revision.pk):
        return False
    return not TaskState.objects.filter(revision=revision).exists()
