"""Deciding that two entries are related, or have nothing to do with one another."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.audit import audit
from innovation_hub.core.permissions import Decision, require
from innovation_hub.curation.models import DuplicatePair
from innovation_hub.innovations.permissions import can_curate

#: Entries that are the same are merged; that decides the pair.
DECIDED_HERE = (DuplicatePair.State.RELATED, DuplicatePair.State.DIFFERENT)


def can_decide(user: Any, pair: DuplicatePair) -> Decision:
    """Say whether ``user`` may decide on a pair: staff of the lab of either entry."""
    return can_curate(user, pair.first) or can_curate(user, pair.second)


@transaction.atomic
def decide(pair: DuplicatePair, state: str, *, actor: Any, note: str = "") -> None:
    """Decide that the two are *related* or *different*; the pair is never asked about again."""
    require(can_decide(actor, pair))
    if state not in DECIDED_HERE:
        raise ValidationError({"state": _("Choose “related” or “different”.")})
    open_pair = DuplicatePair.objects.filter(pk=pair.pk, state=DuplicatePair.State.OPEN)
    if not open_pair.update(state=state, note=note.strip(), decided_by=actor, decided_at=timezone.now()):
        raise ValidationError(_("Somebody has decided on this pair already."))
    audit("duplicate.decide", actor=actor, first=pair.first_id, second=pair.second_id, state=str(state))
