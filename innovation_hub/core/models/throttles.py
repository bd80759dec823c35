"""How often something was asked: counted for an hour, under a keyed hash of who asked."""

from django.db import models


class RequestCount(models.Model):
    """One count of one hour."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="core_request_count_once")]

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
