"""What the queue marks about a version under review: found once, when the version comes, not on every look."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from innovation_hub.core.text import is_shouting
from innovation_hub.curation.services.texts import personal_data_in
from innovation_hub.innovations.models import Innovation

PERSONAL = "personal-data"
UNPROVEN = "no-evidence"
UPDATE = "update"
MOVES = "moves"
RETURNED = "came-back"
DOUBTS = "doubts"
SHOUTING = "shouting-title"

# In the order in which a reviewer wants to know; the ones with a number say how many.
LABELS: dict[str, str | Promise] = {
    PERSONAL: _("Personal data %(count)s"),
    MOVES: _("Two sides"),
    RETURNED: _("Came back"),
    UPDATE: _("New version"),
    UNPROVEN: _("Claims without evidence"),
    DOUBTS: _("Import doubts %(count)s"),
    SHOUTING: _("Title in capitals"),
}


def flags_of(version: Innovation, live: Innovation, *, sides: int) -> dict[str, int]:
    """Return code -> count of what is worth a look in ``version``.

    ``live`` is the entry's row, ``sides`` how many must agree.
    """
    claims = list(version.claims.all())
    found = {
        PERSONAL: len(personal_data_in(version)),
        MOVES: int(sides > 1),
        RETURNED: int(live.review_states.filter(status=TaskState.STATUS_REJECTED).exists()),
        UPDATE: int(live.live),
        UNPROVEN: int(bool(claims) and all(claim.level == 0 for claim in claims)),
        DOUBTS: len(live.quality_flags),
        SHOUTING: int(is_shouting(version.title_plain)),
    }
    return {code: count for code, count in found.items() if count}


def flag_words(flags: dict[str, int]) -> list[str]:
    """Return the flags in the reader's language, the most urgent first; unknown codes are left out."""
    return [str(label) % {"count": flags[code]} for code, label in LABELS.items() if code in flags]
