"""Whatever path a change takes (editor, revert, schedule, bulk, command), the index hears of it.

Only ``bulk_create`` and ``update`` send no signal: services that use them queue their entries themselves.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal, receiver
from wagtail.signals import unpublished

from innovation_hub.agencies.models import Agency, Region, Unit
from innovation_hub.core.models import Term
from innovation_hub.innovations.models import SDG, Innovation, Theme, Urusan
from innovation_hub.training.models import Cohort, TrainingInstitution, TrainingProgramme
from search.outbox import enqueue

# Sent after a version is saved: ``entry``, ``revision``, ``user``, ``written`` (names of changed content fields).
draft_saved = Signal()

_BATCH = 5000

# How entries name each kind of record whose own change must reach the index.
_NAMED_BY = {
    Agency: lambda pk: Q(agency=pk) | Q(draft_agency=pk) | Q(agency__parent=pk) | Q(agency__parent__parent=pk),
    Unit: lambda pk: Q(unit=pk),
    Region: lambda pk: Q(region=pk) | Q(region__parent=pk),
    TrainingProgramme: lambda pk: Q(programme=pk),
    TrainingInstitution: lambda pk: Q(institution=pk) | Q(draft_institution=pk),
    Cohort: lambda pk: Q(cohort=pk),
    Theme: lambda pk: Q(themes=pk),
    Urusan: lambda pk: Q(urusan_primary=pk) | Q(urusan_related=pk),
    SDG: lambda pk: Q(sdgs=pk),
    Term: lambda pk: Q(stage=pk) | Q(form=pk) | Q(origin_channel=pk) | Q(kinds=pk) | Q(target_groups=pk),
}


@receiver(post_save, sender=Innovation)
@receiver(post_delete, sender=Innovation)
@receiver(unpublished, sender=Innovation)
def queue_entry(sender, instance: Innovation, **kwargs: Any) -> None:
    """Queue the entry itself."""
    enqueue("innovation", [instance.pk])


def queue_entries_naming(instance: Any) -> None:
    """Queue every entry that names ``instance``."""
    _queue_ids(Innovation.objects.filter(_NAMED_BY[type(instance)](instance.pk)))


def queue_all_entries() -> None:
    """Queue every entry."""
    _queue_ids(Innovation.objects.all())


def _queue_ids(entries: QuerySet[Innovation]) -> None:
    ids = entries.order_by().values_list("pk", flat=True).distinct()
    batch: list[int] = []
    for pk in ids.iterator(chunk_size=_BATCH):
        batch.append(pk)
        if len(batch) == _BATCH:
            enqueue("innovation", batch)
            batch = []
    if batch:
        enqueue("innovation", batch)


def _queue_named(sender, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not created and not raw:
        queue_entries_naming(instance)


for _model in _NAMED_BY:
    post_save.connect(_queue_named, sender=_model, dispatch_uid=f"innovations-queue-{_model.__name__}")
