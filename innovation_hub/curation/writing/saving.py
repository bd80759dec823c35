"""Saving one page of the guided form: with nothing lost when somebody else has saved meanwhile."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import transaction
from django.forms.models import modelform_factory

from innovation_hub.core.permissions import require
from innovation_hub.innovations.admin.forms import choosable_originals
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.services.writing import locked_entry, may_overwrite, save_draft, stamp_of

from .access import may_write
from .forms import StepForm, plain_field
from .origin import OriginForm
from .steps import ORIGIN, STEPS, TITLE, Step

STAMP, OWN_STAMP, ORIGINAL = "versi", "versi_otomatis", "asal"


class Outcome(Enum):
    """What became of a page that was sent."""

    SAVED = "saved"
    PARTLY = "partly"
    STALE = "stale"


@dataclass(slots=True)
class Result:
    """The outcome, the form as it was sent, and the stamp of the newest version now."""

    outcome: Outcome
    form: StepForm
    stamp: str
    version: Innovation


def _form_class(step: Step) -> type[StepForm]:
    base = OriginForm if step is ORIGIN else StepForm
    made: Any = modelform_factory(Innovation, form=base, fields=step.fields, formfield_callback=plain_field)
    made.step = step
    return made


_FORMS = {step.code: _form_class(step) for step in STEPS}


def empty_form(step: Step, version: Innovation, user: Any) -> StepForm:
    """Return the form of a step as the version fills it."""
    return _FORMS[step.code](version=version, user=user)


def newest_stamp(entry: Innovation) -> str:
    """Return the stamp of an entry's newest version."""
    return stamp_of(entry.get_latest_revision())


@transaction.atomic
def save_page(pk: int, step: Step, *, user: Any, data: Any, files: Any, automatic: bool = False) -> Result:
    """Save what was sent for ``step``; raises ``PermissionDenied`` with the reason.

    What isn't valid is left as it was. When the newest version isn't the one that the page was made from, nothing is
    saved, and the form comes back beside the other version.
    """
    entry = locked_entry(pk)
    require(may_write(user, entry))
    newest = entry.get_latest_revision()
    version = entry.get_latest_revision_as_object()
    stamp = stamp_of(newest)
    stale = data.get(STAMP) != stamp
    form = _FORMS[step.code](data, files, version=version, user=user, guess_places=stale)
    if stale:
        form.all_valid()
        return Result(Outcome.STALE, form, stamp, entry.get_latest_revision_as_object())
    valid = form.all_valid()
    form.apply(finally_=not automatic)
    if step is TITLE and ORIGINAL in data:
        _set_original(version, data[ORIGINAL], user)
    own = automatic and data.get(OWN_STAMP) == stamp and may_overwrite(entry, newest, actor=user)
    save_draft(version, actor=user, overwrite=newest if own else None)
    if not automatic:
        form.after_saving()
    entry = Innovation.objects.get(pk=pk)
    return Result(Outcome.SAVED if valid else Outcome.PARTLY, form, newest_stamp(entry), version)


def _set_original(version: Innovation, key: str, user: Any) -> None:
    """Name the entry that this one replicates; ``0`` takes it away again."""
    if key == "0":
        version.replicated_from = None
    elif key.isascii() and key.isdigit() and len(key) < 12:
        found = choosable_originals(user, version).filter(pk=int(key)).first()
        version.replicated_from = found or version.replicated_from
