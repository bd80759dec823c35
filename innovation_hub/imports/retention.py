"""Raw rows and original files are kept for a time and then forgotten; what was decided about a row stays."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from innovation_hub.core.audit import audit

from .models import ImportBatch, ImportRow


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was forgotten."""

    batches: int
    rows: int
    files: int


def purge(today: date | None = None) -> Purged:
    """Forget raw values and originals of runs whose time is over (``HUB_IMPORT_RETENTION_DAYS``).

    Keys, hashes, outcomes and messages stay, so that importing the same collection again still adds nothing. A file
    that a later run used as well is kept as long as that run's.
    """
    day = today or timezone.localdate()
    over = ImportBatch.objects.filter(keep_until__lt=day)
    rows = ImportRow.objects.filter(batch__in=over).exclude(raw={})
    held = over.exclude(file="")
    names = set(held.values_list("file", flat=True))
    names -= set(ImportBatch.objects.filter(file__in=names, keep_until__gte=day).values_list("file", flat=True))
    with transaction.atomic():
        forgotten = rows.update(raw={})
        batches = held.update(file="")
    storage = ImportBatch._meta.get_field("file").storage
    for name in names:
        storage.delete(name)
    if batches or forgotten:
        audit("import.purge", actor=None, batches=batches, rows=forgotten, files=len(names))
    return Purged(batches, forgotten, len(names))
