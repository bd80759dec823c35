"""Of which entries and which months the figures speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Task, WorkflowState

from innovation_hub.agencies.models import Agency
from innovation_hub.core.scopes import held_ids, provider_filters, staff_scopes, visible_filter
from innovation_hub.curation.models import Lab
from innovation_hub.curation.queue.listing import entry_is
from innovation_hub.innovations.models import Innovation
from innovation_hub.training.models import TrainingInstitution

#: Months to look back, the usual one first.
MONTHS = (12, 3, 36)
ORGANISATION, PERIOD = "organisasi", "bulan"
_MODELS: dict[str, Any] = {"lab": Lab, "institution": TrainingInstitution, "agency": Agency}


@dataclass(frozen=True)
class Scope:
    """One look: ``condition`` on entries (``None``: all), and since when."""

    condition: Q | None
    months: int = MONTHS[0]
    organisation: str = ""
    """Access key of the organisation chosen, empty for everything the reader may see."""

    @classmethod
    def of(cls, user: Any, data: Mapping[str, str]) -> "Scope":
        """Read an address; an organisation that isn't the reader's, or anything unreadable, counts as not asked."""
        months = next((one for one in MONTHS if str(one) == data.get(PERIOD)), MONTHS[0])
        key = data.get(ORGANISATION, "")
        if key in own_keys(user):
            return cls(provider_filters([key]), months, key)
        return cls(visible_filter(user), months)

    @property
    def since(self) -> datetime:
        """Return the beginning of the period."""
        return timezone.now() - timedelta(days=30.4375 * self.months)

    @property
    def entries(self) -> QuerySet[Innovation]:
        """Return the entries, in no order."""
        rows = Innovation.objects.order_by()
        return rows if self.condition is None else rows.filter(self.condition)

    @cached_property
    def steps(self) -> dict[int, str]:
        """Return task -> its name, in the order of the tasks."""
        return dict(Task.objects.order_by("pk").values_list("pk", "name"))

    @cached_property
    def returned(self) -> list[int]:
        """Return the keys of all entries that wait for their writers."""
        kind = ContentType.objects.get_for_model(Innovation)
        states = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, base_content_type=kind)
        return [int(key) for key in states.order_by().values_list("object_id", flat=True)]

    @property
    def on_reviews(self) -> Q:
        """Return the same condition on reviews or on transitions."""
        return Q() if self.condition is None else Q(entry_is(self.condition))

    def query(self) -> str:
        """Return the parameters of the same look; usual values are left out."""
        pairs = {ORGANISATION: self.organisation} if self.organisation else {}
        return urlencode(pairs | ({PERIOD: self.months} if self.months != MONTHS[0] else {}))


def own_keys(user: Any) -> set[str]:
    """Return the access keys of the organisations in which the reader works."""
    return {key for key in staff_scopes(user) if key.partition(":")[0] in _MODELS}


def organisations_of(user: Any) -> list[tuple[str, str]]:
    """Return (access key, name) of the organisations in which the reader works, by name."""
    keys = own_keys(user)
    found = []
    for prefix, model in _MODELS.items():
        ids = held_ids(keys, prefix)
        if ids:
            found += [
                (f"{prefix}:{pk}", name) for pk, name in model.objects.filter(pk__in=ids).values_list("pk", "name")
            ]
    return sorted(found, key=lambda one: one[1])
