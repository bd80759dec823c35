"""Giving registry numbers."""

from collections.abc import Sequence

from django.db import transaction

from innovation_hub.innovations.models import Innovation, RegistryCounter, RegistryNumber
from innovation_hub.innovations.registry_numbers import format_number


def take_serials(count: int) -> range:
    """Reserve ``count`` serials inside the transaction that uses them, so that none is lost or given twice."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("serials are taken inside a transaction")
    RegistryCounter.objects.get_or_create(pk=1)
    counter = RegistryCounter.objects.select_for_update().get(pk=1)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return range(first, first + count)


@transaction.atomic
def issue_registry_numbers(innovations: Sequence[Innovation]) -> list[RegistryNumber]:
    """Give each saved entry that has none its number, in bulk; returns the new numbers.

    The entries' ``registry_number`` is set on the instances and written to their rows.
    """
    without = [entry for entry in innovations if not entry.registry_number]
    serials = take_serials(len(without))
    for entry, serial in zip(without, serials, strict=True):
        entry.registry_number = format_number(serial)
    Innovation.objects.bulk_update(without, ["registry_number"], batch_size=500)
    return RegistryNumber.objects.bulk_create(
        [RegistryNumber(number=entry.registry_number, entry=entry) for entry in without], batch_size=1000
    )
