"""Notes between the people who review and curate an entry."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.permissions import ALLOWED, Decision, refuse, require
from innovation_hub.core.scopes import entry_scopes, staff_scopes
from innovation_hub.curation.models import CurationNote, ReviewTaskState
from innovation_hub.curation.services.reviews import holds_side
from innovation_hub.innovations.models import Innovation


def can_read_notes(review: ReviewTaskState, user: Any) -> Decision:
    """Say whether ``user`` reads and writes the notes: reviewers and lab staff of the entry, not its mere writers."""
    shared = staff_scopes(user) & entry_scopes(review.entry)
    if holds_side(review, user) or any(not key.startswith("user:") for key in shared):
        return ALLOWED
    return refuse(_("Notes are written between the people who review an entry."))


@transaction.atomic
def add_note(review: ReviewTaskState, *, actor: Any, text: str, field: str = "") -> CurationNote:
    """Write a note on the entry under ``review``; ``field`` names what it is about, if anything."""
    require(can_read_notes(review, actor))
    if not text.strip():
        raise ValidationError({"text": _("Write the note first.")})
    if field and field not in {one.name for one in Innovation._meta.get_fields()}:
        raise ValidationError({"field": _("This entry has no such field.")})
    return CurationNote.objects.create(entry_id=review.entry_id, author=actor, text=text.strip(), field=field)
