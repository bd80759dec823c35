"""Reasons in the log that the hub gives by itself, beside the return reasons that staff keep as a vocabulary."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.models import Term

SILENCE = "tanpa-jawaban"
SKIPPED = "dilewati-lembaga"
NO_REVIEWERS = "tanpa-peninjau"
NO_REVIEW = "tanpa-tinjauan"

LABELS: dict[str, str | Promise] = {
    NO_REVIEWERS: _("The training institution has no reviewer at present, so the lab decides in its place."),
    "tanpa-lembaga": _("The entry names no training institution, so the lab decides in its place."),
    "tanpa-mentor": _("No mentor is recorded, so the training institution decides in the mentor's place."),
    SILENCE: _("No answer within the service level."),
    SKIPPED: _("The training institution went on without the mentor's answer."),
    NO_REVIEW: _("Its workflow was changed and had no step left, so it is a draft again."),
}


def reason_labels(codes: Iterable[str]) -> dict[str, str]:
    """Return code -> words, of the hub's own reasons and of return reasons."""
    wanted = {code for code in codes if code}
    own = {code: str(LABELS[code]) for code in wanted & LABELS.keys()}
    kept = wanted - LABELS.keys()
    if not kept:
        return own
    return own | {term.code: term.label for term in Term.objects.filter(vocabulary="return_reasons", code__in=kept)}
