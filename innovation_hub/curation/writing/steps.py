"""The five steps of the guided form, as data: what each asks for, in which order."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.requirements import Need, Requirement, missing


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading; the first part of a step needs none."""

    names: tuple[str, ...]
    heading: str | Promise = ""
    lead: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form. ``asks`` names what requirements call otherwise than the form does."""

    code: str
    title: str | Promise
    lead: str | Promise
    parts: tuple[Part, ...]
    fields: tuple[str, ...]
    many: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return STEPS.index(self) + 1

    @property
    def following(self) -> "Step | None":
        """The next step; ``None`` after the last."""
        return STEPS[self.number] if self.number < len(STEPS) else None

    @property
    def previous(self) -> "Step | None":
        """The step before; ``None`` before the first."""
        return STEPS[self.number - 2] if self.number > 1 else None

    def has(self, field: str) -> bool:
        """True when the step asks for a field of the record."""
        return field in (*self.fields, *self.many, *self.rows, *self.asks)


TITLE = Step(
    "judul",
    _("What it does"),
    _("A title that everyone understands, so that offices with the same problem find it."),
    parts=(Part(("title_plain", "brand_name", "acronym_expansion", "summary", "replicated_from_text")),),
    fields=("title_plain", "brand_name", "acronym_expansion", "summary", "replicated_from_text"),
    asks=("replicated_from",),
)
ORIGIN = Step(
    "asal",
    _("Whose it is"),
    _("Who runs it and where, and the training it came from."),
    parts=(
        Part(("agency", "unit_name", "region", "contact_channel")),
        Part(
            ("origin_channel", "programme", "institution", "cohort", "training_product"),
            _("Where it came from"),
            _("Programme, institution, cohort and product are only for innovations that came out of training."),
        ),
        Part(
            ("mentor_name", "mentor_email"),
            _("Your mentor"),
            _("Your mentor confirms that it was done as described. Name and address are never shown in public."),
        ),
    ),
    fields=(
        "agency",
        "region",
        "contact_channel",
        "origin_channel",
        "programme",
        "institution",
        "cohort",
        "training_product",
    ),
    asks=("unit", "innovators"),
)
IDEA = Step(
    "gagasan",
    _("Problem and idea"),
    _("What was wrong, what should change, and how it works."),
    parts=(
        Part(("problem", "objectives", "design", "novelty")),
        Part(("stage", "implemented_on", "trial_start", "urusan_primary"), _("How far it is")),
    ),
    fields=(
        "problem",
        "objectives",
        "design",
        "novelty",
        "stage",
        "implemented_on",
        "trial_start",
        "urusan_primary",
    ),
)
RESULTS = Step(
    "hasil",
    _("Results"),
    _("What changed, and how you know. A result that nobody measured is welcome: leave the figures empty."),
    parts=(
        Part(("results",)),
        Part(
            ("claims",), _("Single results"), _("One row for each result. Every time you save, an empty row follows.")
        ),
        Part(("beneficiaries_count", "beneficiaries_basis", "challenges", "lessons"), _("Who benefits, what was hard")),
    ),
    fields=("results", "beneficiaries_count", "beneficiaries_basis", "challenges", "lessons"),
    rows=("claims",),
)
KIT = Step(
    "lampiran",
    _("For those who copy it"),
    _("What another office needs to begin. All of this can wait until after you have submitted."),
    parts=(
        Part(("prerequisites",), _("What an office needs first")),
        Part(
            ("attachments",),
            _("Files"),
            _("Replication kits and documents become public with the entry; evidence and training reports never do."),
        ),
        Part(
            ("replication_openness", "tech_dependencies", "sustainability_strategy", "themes", "target_groups"),
            _("Copying and finding it"),
        ),
    ),
    fields=("replication_openness", "tech_dependencies", "sustainability_strategy"),
    many=("themes", "target_groups"),
    rows=("prerequisites", "attachments"),
)
STEPS = (TITLE, ORIGIN, IDEA, RESULTS, KIT)


def step_of(code: str) -> Step | None:
    """Return the step with this code in its address."""
    return next((step for step in STEPS if step.code == code), None)


def step_asking(field: str) -> Step:
    """Return the step that asks for a field of the record; the first one for what no step asks."""
    return next((step for step in STEPS if step.has(field)), TITLE)


# What requirements call otherwise than the form does: field of the record -> anchor on the page.
ANCHORS = {"unit": "unit_name", "innovators": "mentor_name", "replicated_from": "replicated_from_text"}


def anchor_of(field: str) -> str:
    """Return the anchor of a field's question."""
    return ANCHORS.get(field, field)


def lacking_by_step(version: Innovation) -> dict[str, list[Requirement]]:
    """Return step code -> what submission lacks there, every step named."""
    found: dict[str, list[Requirement]] = {step.code: [] for step in STEPS}
    for one in missing(version, Need.SUBMIT):
        found[step_asking(one.field).code].append(one)
    return found
