"""Outbox of the index (first version by the lead; the search helper owns this file)."""

from django.db import models


class OutboxEntry(models.Model):
    """An entry whose document has to be built anew."""

    source = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    queued_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.source}:{self.source_id}"
