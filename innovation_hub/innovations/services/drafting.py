"""Beginning an entry."""

from typing import Any

from django.db import transaction

from innovation_hub.core.permissions import require
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_create


@transaction.atomic
def create_draft(entry: Innovation, *, actor: Any) -> Innovation:
    """Save a new entry as ``actor``'s draft; whoever begins it keeps it until it is handed over."""
    require(can_create(actor))
    entry.created_by = actor
    entry.steward = actor
    entry.live = False
    entry.full_clean()
    entry.save()
    entry.save_revision(user=actor, clean=False)
    return entry
