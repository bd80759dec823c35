"""What an entry needs to be saved, submitted, published as *terkurasi* and shown as *unggulan*.

Requirements are data (DESIGN section 3): submission, levels, completeness and the form's marks all read
:data:`REQUIREMENTS`. D, S and P are the columns of domain.md 4a.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from innovation_hub.innovations.models import Innovation


# Tags and spaces, then something else. A lone "<" is text.
_WORDS = re.compile(r"(?:\s+|&nbsp;|<[^<>]*>)*+\S")


class Need(IntEnum):
    """From which step on something is needed."""

    DRAFT = 1
    SUBMIT = 2
    CURATED = 3
    FEATURED = 4


@dataclass(frozen=True, slots=True)
class Requirement:
    """One field an entry needs from a step on, where ``applies`` says so; ``met`` overrides "is filled"."""

    field: str
    label: str | Promise
    need: Need
    applies: Callable[["Innovation"], bool] = lambda entry: True
    met: Callable[["Innovation"], bool] | None = None

    def is_met(self, entry: "Innovation") -> bool:
        """True when ``entry`` has what this asks for."""
        return self.met(entry) if self.met else _is_filled(entry, self.field)


def _is_filled(entry: "Innovation", field: str) -> bool:
    meta = entry._meta.get_field(field)
    if meta.many_to_many or meta.one_to_many:
        return bool(list(getattr(entry, field).all()))
    value = getattr(entry, meta.attname)
    return has_words(value) if isinstance(value, str) else value is not None


def has_words(text: str) -> bool:
    """True when anything stands outside the tags of a plain or rich text: ``<p> </p>`` is as good as empty."""
    return bool(text) and _WORDS.match(text) is not None


def from_training(entry: "Innovation") -> bool:
    """True when the entry says it came out of training."""
    return bool(entry.programme_id or entry.cohort_id) or (
        entry.origin_channel_id is not None and entry.origin_channel.code == "pelatihan"
    )


def brand_is_acronym(entry: "Innovation") -> bool:
    """True when the brand name is written in capitals, as acronyms are."""
    letters = [char for char in entry.brand_name if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


def is_replica(entry: "Innovation") -> bool:
    """True when the entry says that it replicates another."""
    return bool(entry.replicated_from_id or entry.replicated_from_text)


def _has_known_agency(entry: "Innovation") -> bool:
    return entry.agency_id is not None and not entry.agency.is_unknown


def _has_evidence(entry: "Innovation") -> bool:
    return any(claim.level >= 1 for claim in entry.claims.all())


def _has_independent_evidence(entry: "Innovation") -> bool:
    return any(claim.level >= 2 for claim in entry.claims.all())


def _is_alive_and_checked(entry: "Innovation") -> bool:
    return entry.life_status != "belum-diketahui"


def _has_date(entry: "Innovation") -> bool:
    return bool(entry.implemented_on or entry.trial_start)


def _cover_is_described(entry: "Innovation") -> bool:
    return bool(entry.cover_alt.strip())


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement("title_plain", _("plain title"), Need.DRAFT),
    Requirement("agency", _("agency"), Need.DRAFT),
    Requirement("origin_channel", _("origin"), Need.DRAFT),
    Requirement("summary", _("summary"), Need.SUBMIT),
    Requirement("acronym_expansion", _("acronym written out"), Need.SUBMIT, applies=brand_is_acronym),
    Requirement("unit", _("unit"), Need.SUBMIT),
    Requirement("region", _("region"), Need.SUBMIT),
    Requirement("programme", _("training programme"), Need.SUBMIT, applies=from_training),
    Requirement("institution", _("training institution"), Need.SUBMIT, applies=from_training),
    Requirement("training_product", _("training product"), Need.SUBMIT, applies=from_training),
    Requirement("stage", _("stage"), Need.SUBMIT),
    Requirement("urusan_primary", _("main government affair"), Need.SUBMIT),
    Requirement("problem", _("problem and background"), Need.SUBMIT),
    Requirement("objectives", _("objectives"), Need.SUBMIT),
    Requirement("implemented_on", _("put into use or on trial since"), Need.SUBMIT, met=_has_date),
    Requirement("replicated_from", _("what it replicates"), Need.SUBMIT, applies=is_replica, met=is_replica),
    Requirement("agency", _("recognised agency"), Need.CURATED, met=_has_known_agency),
    Requirement("design", _("how it works"), Need.CURATED),
    Requirement("themes", _("themes"), Need.CURATED),
    Requirement("target_groups", _("target groups"), Need.CURATED),
    Requirement("claims", _("results"), Need.CURATED),
    Requirement("claims", _("at least one result with evidence"), Need.CURATED, met=_has_evidence),
    Requirement("challenges", _("obstacles and failures"), Need.CURATED),
    Requirement("prerequisites", _("prerequisites for replication"), Need.CURATED),
    Requirement("replication_openness", _("willingness to be replicated"), Need.CURATED),
    Requirement("contact_channel", _("contact of the unit"), Need.CURATED),
    Requirement("life_status", _("confirmed life status"), Need.CURATED, met=_is_alive_and_checked),
    Requirement(
        "cover_alt",
        _("alternative text"),
        Need.CURATED,
        lambda entry: entry.cover_image_id is not None,
        _cover_is_described,
    ),
    Requirement("novelty", _("what is new"), Need.FEATURED),
    Requirement("sustainability_strategy", _("how it will last"), Need.FEATURED),
    Requirement("lessons", _("lessons"), Need.FEATURED),
    Requirement("steps", _("steps"), Need.FEATURED),
    Requirement("claims", _("a result measured before and after"), Need.FEATURED, met=_has_independent_evidence),
)


# What only a submission asks for: neither completeness nor a level counts it, so that imported entries don't lack it.
_OF_SUBMISSION: dict[str, Requirement] = {}


def register_submission_requirement(name: str, requirement: Requirement) -> None:
    """Let another app ask something of submissions; a second requirement of the same name replaces the first."""
    _OF_SUBMISSION[name] = requirement


def missing(entry: "Innovation", need: Need) -> list[Requirement]:
    """Return what ``entry`` lacks for ``need``, in the order of the form."""
    asked = [one for one in REQUIREMENTS if one.need <= need]
    if need == Need.SUBMIT:
        asked += _OF_SUBMISSION.values()
    return [one for one in asked if one.applies(entry) and not one.is_met(entry)]


def completeness_of(entry: "Innovation") -> int:
    """Return 0–100: the share of what a curated entry needs that is there."""
    asked = [one for one in REQUIREMENTS if one.need <= Need.CURATED and one.applies(entry)]
    return round(100 * sum(one.is_met(entry) for one in asked) / len(asked))


def needed_from(field: str) -> Need | None:
    """Return the first step that needs ``field`` whatever the entry says, for the form's marks."""
    needs = [one.need for one in REQUIREMENTS if one.field == field]
    return min(needs) if needs else None
