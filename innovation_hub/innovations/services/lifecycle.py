"""Curatorial acts: level, life status, withdrawal, merging. Logged, and no writing of content (DESIGN section 4)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log

from innovation_hub.core.audit import audit
from innovation_hub.core.models import Term
from innovation_hub.core.permissions import require
from innovation_hub.innovations.models import Innovation, RegistryNumber
from innovation_hub.innovations.permissions import can_curate
from innovation_hub.innovations.requirements import Need, missing
from search.outbox import enqueue

LEVEL_NEEDS = {
    Innovation.Level.REGISTERED: Need.DRAFT,
    Innovation.Level.CURATED: Need.CURATED,
    Innovation.Level.FEATURED: Need.FEATURED,
}


@transaction.atomic
def set_level(entry: Innovation, level: str, *, actor: Any) -> None:
    """Set the publication level; raises ``ValidationError`` naming what the entry lacks for it."""
    require(can_curate(actor, entry))
    lacking = missing(entry, LEVEL_NEEDS[Innovation.Level(level)])
    if lacking:
        names = get_text_list([str(one.label) for one in lacking], _("and"))
        raise ValidationError(_("Still missing: %(fields)s.") % {"fields": names})
    _change_facts(entry, actor=actor, action="innovation.level", publication_level=level)


@transaction.atomic
def set_evidence_level(entry: Innovation, level: int, *, actor: Any) -> None:
    """Set the entry's evidence level, at most that of its best claim."""
    require(can_curate(actor, entry))
    best = max((claim.level for claim in entry.claims.all()), default=0)
    if not 0 <= level <= best:
        raise ValidationError(_("No result of this entry has evidence of that level."))
    _change_facts(entry, actor=actor, action="innovation.evidence", evidence_level=level)


@transaction.atomic
def set_life_status(
    entry: Innovation, status: str, *, actor: Any, since: str = "", reason: str = "", note: str = ""
) -> None:
    """Record whether the innovation still runs, as found today; a stopped one needs its coded reason."""
    require(can_curate(actor, entry))
    life = Innovation.Life(status)
    term = Term.objects.filter(vocabulary="stop_reasons", code=reason).first() if reason else None
    if life == Innovation.Life.STOPPED and term is None:
        raise ValidationError({"reason": _("Say why it stopped.")})
    today = timezone.localdate()
    _change_facts(
        entry,
        actor=actor,
        action="innovation.life",
        life_status=life,
        life_status_since=since,
        stop_reason=term,
        life_note=note,
        status_checked_on=today,
        next_check_due=today.replace(year=today.year + 1, day=min(today.day, 28)),
    )


@transaction.atomic
def withdraw(entry: Innovation, *, actor: Any, reason: str) -> None:
    """Take an entry out of public view for good; its number answers with a tombstone that says why."""
    require(can_curate(actor, entry))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn.")})
    _change_facts(entry, actor=actor, action="innovation.withdraw", withdrawn_at=timezone.now())
    RegistryNumber.objects.filter(entry=entry, state=RegistryNumber.State.ACTIVE).update(
        state=RegistryNumber.State.WITHDRAWN,
        reason=reason,
        title=entry.title_plain,
        changed_at=timezone.now(),
    )
    _take_from_view(entry, actor=actor)


@transaction.atomic
def merge_into(entry: Innovation, target: Innovation, *, actor: Any, reason: str) -> None:
    """Make ``entry``'s number lead to ``target``; the row stays, out of public view."""
    require(can_curate(actor, entry))
    require(can_curate(actor, target))
    if entry.pk == target.pk or target.merged_into_id or target.withdrawn_at or not target.registry_number:
        raise ValidationError(_("Choose a published entry that is not merged or withdrawn itself."))
    number = RegistryNumber.objects.get(number=target.registry_number)
    _change_facts(entry, actor=actor, action="innovation.merge", merged_into=target)
    RegistryNumber.objects.filter(entry=entry, state=RegistryNumber.State.ACTIVE).update(
        state=RegistryNumber.State.MERGED, merged_into=number, reason=reason, changed_at=timezone.now()
    )
    # Numbers that led to this entry lead to the target now: no chains.
    RegistryNumber.objects.filter(merged_into__entry=entry).update(merged_into=number)
    _take_from_view(entry, actor=actor)
    enqueue("innovation", [target.pk])


def _take_from_view(entry: Innovation, *, actor: Any) -> None:
    """Unpublish after our own permission check; the stock action would ask for the model's publish permission."""
    entry.refresh_from_db()
    if entry.live:
        UnpublishAction(entry, user=actor).execute(skip_permission_checks=True)


def _change_facts(entry: Innovation, *, actor: Any, action: str, **facts: Any) -> None:
    """Write registry facts to the live row and log the act with both values."""
    before = {name: str(getattr(entry, name) or "") for name in facts}
    for name, value in facts.items():
        setattr(entry, name, value)
    Innovation.objects.filter(pk=entry.pk).update(updated_at=timezone.now(), **facts)
    data = {name: {"from": before[name], "to": str(value or "")} for name, value in facts.items()}
    log(instance=entry, action=action, user=actor, data=data)
    audit(action, actor=actor, entry=entry.pk, number=entry.registry_number, **data)
    enqueue("innovation", [entry.pk])
