"""What the desk shows beside an entry: completeness with its gaps, training facts, sides, history, what changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from innovation_hub.accounts.models import User
from innovation_hub.agencies.models import Agency
from innovation_hub.core.formatting import day, sentence_list
from innovation_hub.core.scopes import STAFF, held_ids
from innovation_hub.curation.models import Lab, ReviewSide, ReviewTaskState, Transition
from innovation_hub.curation.services.reasons import reason_labels
from innovation_hub.curation.services.texts import personal_data_in
from innovation_hub.innovations.cards import plain_label
from innovation_hub.innovations.models import Innovation, Innovator
from innovation_hub.innovations.requirements import Need, Requirement, from_training, missing
from innovation_hub.innovations.services.drafts import changed_fields
from innovation_hub.training.models import TrainingInstitution


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at by the hub itself; ``notes`` say what is wrong or was found."""

    label: str
    passed: bool
    notes: list[str] = field(default_factory=list)


def checks_of(version: Innovation) -> list[Check]:
    """Return the checks of a version, in the order in which a reviewer asks."""
    for_submission = missing(version, Need.SUBMIT)
    for_curation = [one for one in missing(version, Need.CURATED) if one.need == Need.CURATED]
    return [
        Check(_("What submission needs is there"), not for_submission, _named(for_submission)),
        Check(_("What a curated entry needs is there"), not for_curation, _named(for_curation)),
        _claims_check(version),
        _personal_check(version),
        _training_check(version),
    ]


def _named(lacking: list[Requirement]) -> list[str]:
    if not lacking:
        return []
    return [_("Missing: %(fields)s") % {"fields": sentence_list(one.label for one in lacking)}]


def _claims_check(version: Innovation) -> Check:
    claims = list(version.claims.all())
    proven = sum(claim.level >= 1 for claim in claims)
    counts = {"proven": proven, "claims": len(claims)}
    words = _("%(proven)s of %(claims)s with evidence") % counts if claims else _("No results are stated")
    return Check(_("Results have evidence"), bool(claims) and proven == len(claims), [words])


def _personal_check(version: Innovation) -> Check:
    found = personal_data_in(version)
    words = {"where": "", "kind": "", "excerpt": ""}
    notes = [
        _("%(where)s: %(kind)s, “%(excerpt)s”")
        % (words | {"where": one.field, "kind": one.kind, "excerpt": one.excerpt})
        for one in found
    ]
    return Check(_("No personal data in the text"), not found, notes or [_("The finder found nothing")])


def _training_check(version: Innovation) -> Check:
    label = _("Training facts agree")
    if not from_training(version):
        return Check(label, True, [_("Does not come from training")])
    if not version.cohort_id:
        return Check(label, False, [_("No cohort is named")])
    cohort = version.cohort
    notes = []
    if version.programme_id != cohort.programme_id or version.institution_id != cohort.institution_id:
        notes.append(_("Programme or institution differ from the cohort's"))
    ended = [one for one in (cohort, cohort.institution, cohort.programme) if one.is_ended]
    notes += [_("%(name)s ended on %(day)s") % {"name": one, "day": day(one.valid_until)} for one in ended]
    if version.year and version.year < cohort.year:
        notes.append(_("In use before the cohort's year"))
    return Check(label, not notes, notes)


def training_facts(version: Innovation) -> list[tuple[str, str]]:
    """Return (label, words) of where a version came from; empty ones are left out."""
    cohort = version.cohort
    period = sentence_or_range(cohort.starts_on, cohort.ends_on) if cohort else ""
    facts = (
        (_("Programme"), version.programme and version.programme.label),
        (_("Product"), version.training_product and plain_label(version.training_product, get_language() or "id")),
        (_("Institution"), version.institution and version.institution.name),
        (_("Cohort"), cohort and cohort.label),
        (_("Dates"), period),
        (_("Modality"), cohort and capfirst(cohort.get_modality_display())),
        (pgettext("of an entry", "Origin"), version.origin_channel and version.origin_channel.label),
    )
    return [(str(label), str(words)) for label, words in facts if words]


def sentence_or_range(start: Any, end: Any) -> str:
    """Return "1 Maret 2026 – 3 Mei 2026", or the one of both that is known."""
    return " – ".join(day(one) for one in (start, end) if one)


@dataclass(frozen=True, slots=True)
class Side:
    """One organisation that must agree, in words, and who agreed for it."""

    name: str
    kind: str
    agreed_by: str = ""
    agreed_at: Any = None


_KINDS = {
    "institution": gettext_lazy("training institution"),
    "agency": gettext_lazy("agency"),
    "lab": gettext_lazy("lab"),
    "editor": gettext_lazy("editors of the lab"),
    "user": gettext_lazy("mentor"),
    "mentor": gettext_lazy("mentor, by a mailed link"),
    STAFF: gettext_lazy("administrators"),
}


_NAMED: dict[str, Any] = {
    "institution": TrainingInstitution,
    "agency": Agency,
    "lab": Lab,
    "editor": Lab,
    "user": User,
    "mentor": Innovator,
}


def sides_of(review: ReviewTaskState) -> list[Side]:
    """Return the sides of a review, those that agreed last."""
    rows = list(review.sides.select_related("approved_by").order_by("approved_at", "key"))
    names = side_names(row.key for row in rows)
    return [_side(row, names) for row in sorted(rows, key=lambda row: row.approved_at is not None)]


def _side(row: ReviewSide, names: dict[str, str]) -> Side:
    kind = str(_KINDS.get(row.key.partition(":")[0], ""))
    agreed_by = row.approved_by or (names[row.key] if row.approved_at else "")
    return Side(names[row.key], kind, str(agreed_by), row.approved_at)


def side_names(keys: Iterable[str]) -> dict[str, str]:
    """Return access key -> name of the organisation or the mentor, with one look-up a kind."""
    keys = set(keys)
    names = {key: str(_("Administrators")) if key == STAFF else "" for key in keys}
    for prefix, model in _NAMED.items():
        ids = held_ids(keys, prefix)
        if ids:
            names |= {
                f"{prefix}:{one.pk}": str(getattr(one, "name", "") or one) for one in model.objects.filter(pk__in=ids)
            }
    return names


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an entry's history."""

    at: Any
    state: str
    actor: str
    reason: str
    comment: str


def history_of(entry: Innovation) -> list[Step]:
    """Return what happened to an entry, newest first, reasons in the reader's language."""
    rows = list(entry.transitions.select_related("actor").order_by("-at", "-pk"))
    labels = reason_labels(row.reason for row in rows)
    return [_step(row, labels) for row in rows]


def _step(row: Transition, labels: dict[str, str]) -> Step:
    return Step(
        row.at,
        capfirst(str(row.get_to_state_display())),
        str(row.actor or by_key(row.actor_key) or _("the hub itself")),
        labels.get(row.reason, row.reason),
        row.comment,
    )


def by_key(key: str) -> str:
    """Return who acted without an account, in words; nothing without a key."""
    return _("the mentor, by a mailed link") if key.startswith("mentor:") else ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version changes against another one: names of fields, and the address of Wagtail's comparison."""

    label: str
    fields: list[str]
    address: str


def changes_of(review: ReviewTaskState, version: Innovation, live: Innovation) -> Iterator[Changes]:
    """Yield the differences to the published version and to the one that was last sent back, where there are such."""
    content = review.revision.content
    if live.live:
        fields = changed_fields(live.serializable_data(), content)
        base = live.live_revision_id
        address = _compare_address(live, base, review.revision_id) if base else ""
        yield Changes(_("Since the published version"), field_labels(fields), address)
    returned = (
        live.review_states.filter(status=TaskState.STATUS_REJECTED)
        .exclude(revision=review.revision_id)
        .select_related("revision")
        .order_by("-finished_at", "-pk")
        .first()
    )
    if returned:
        fields = changed_fields(returned.revision.content, content)
        address = _compare_address(live, returned.revision_id, review.revision_id)
        yield Changes(_("Since it was sent back"), field_labels(fields), address)


def _compare_address(live: Innovation, before: int, after: int) -> str:
    return reverse("hub_innovations:revisions_compare", args=[live.pk, before, after])


def field_labels(names: Iterable[str]) -> list[str]:
    """Return the labels of content fields and child records, in the order of the model."""
    wanted = set(names)
    found = [one for one in Innovation._meta.get_fields() if one.name in wanted]
    labels = [one.related_model._meta.verbose_name_plural if one.one_to_many else one.verbose_name for one in found]
    return [capfirst(str(label)) for label in labels]
