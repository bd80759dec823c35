"""Where entries are on their way, for a page of the list: one query, whatever the number of rows."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from innovation_hub.innovations.models import Innovation

DRAFT, PUBLISHED, CHANGED = "draf", "terbit", "ada-perubahan"
WAITING, RETURNED, ARCHIVED = "menunggu", "perlu-perbaikan", "arsip"
WITHDRAWN, MERGED = "ditarik", "duplikat"

STATES: tuple[tuple[str, Promise], ...] = (
    (DRAFT, _("Draft")),
    (WAITING, _("Under review")),
    (RETURNED, _("Needs changes")),
    (PUBLISHED, _("Published")),
    (CHANGED, _("Published, with an unpublished change")),
    (ARCHIVED, _("Archived")),
    (WITHDRAWN, _("Withdrawn")),
    (MERGED, _("Merged")),
)
_WORDS = dict(STATES)


def _running(status: str) -> QuerySet:
    content_type = ContentType.objects.get_for_model(Innovation)
    return WorkflowState.objects.filter(base_content_type=content_type, status=status)


def condition(state: str) -> Q:
    """Return the condition on entries that are in ``state``."""
    if state in (WAITING, RETURNED):
        status = WorkflowState.STATUS_IN_PROGRESS if state == WAITING else WorkflowState.STATUS_NEEDS_CHANGES
        ids = _running(status).annotate(entry_id=Cast("object_id", IntegerField())).values("entry_id")
        return Q(pk__in=ids)
    public = Q(merged_into__isnull=True, withdrawn_at__isnull=True)
    return {
        DRAFT: Q(live=False, first_published_at__isnull=True),
        PUBLISHED: Q(live=True),
        CHANGED: Q(live=True, has_unpublished_changes=True),
        ARCHIVED: Q(live=False, first_published_at__isnull=False) & public,
        WITHDRAWN: Q(withdrawn_at__isnull=False),
        MERGED: Q(merged_into__isnull=False),
    }[state]


def words_for(entries: Iterable[Innovation]) -> dict[int, str]:
    """Return the state of each entry in words; a running review is named by its step."""
    entries = list(entries)
    steps = steps_of(entry.pk for entry in entries)
    return {entry.pk: steps.get(entry.pk) or str(_WORDS[state_of_row(entry)]) for entry in entries}


def steps_of(ids: Iterable[int]) -> dict[int, str]:
    """Return what the entries with a running or returned workflow wait for."""
    running = (
        _running(WorkflowState.STATUS_IN_PROGRESS) | _running(WorkflowState.STATUS_NEEDS_CHANGES)
    ).select_related("current_task_state__task")
    found = {}
    for state in running.filter(object_id__in=[str(pk) for pk in ids]):
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            found[int(state.object_id)] = str(_WORDS[RETURNED])
        elif state.current_task_state:
            found[int(state.object_id)] = str(_("Waits: %(step)s") % {"step": state.current_task_state.task.name})
    return found


def state_of_row(entry: Innovation) -> str:
    """Return what the row itself says about where the entry is."""
    if entry.merged_into_id:
        return MERGED
    if entry.withdrawn_at:
        return WITHDRAWN
    if entry.live:
        return CHANGED if entry.has_unpublished_changes else PUBLISHED
    return ARCHIVED if entry.first_published_at else DRAFT
