"""What was done to the whole index, and whether somebody is there to do it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexRun(models.Model):
    """A rebuild or a comparison of the whole index: asked for in the admin, or begun by a command."""

    class Kind(models.TextChoices):
        """What is done."""

        REBUILD = "rebuild", _("build anew")
        SYNC = "sync", _("compare and repair")

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    requested_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    seen_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    result = models.JSONField(_("outcome"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("work on the index")
        verbose_name_plural = _("work on the index")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="waiting"), name="search_indexrun_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"


class Heartbeat(models.Model):
    """The running indexer's sign of life, for pages on machines that can't see its lock. One row."""

    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign of life of the indexer")
        verbose_name_plural = _("signs of life of the indexer")

    def __str__(self) -> str:
        return f"{self.seen_at:%Y-%m-%d %H:%M:%S}"
