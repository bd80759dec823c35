"""Provenance of imported entries: which file, which row, what became of it. Private, with a retention time.

A row's identity is ``(source, key)``: the source's own number, else a hash of folded agency, title and year
(DESIGN.md section 3, "Provenance"). Raw values may hold people's data, so neither model has a public view.
"""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def private_storage():
    """Return the storage that is under no served path (a callable keeps its location out of migrations)."""
    return storages["private"]


class Outcome(models.TextChoices):
    """The one thing that happened to a row; every row of a file ends in exactly one of these."""

    IMPORTED = "imported", _("Imported and live")
    UNCHANGED = "unchanged", _("Unchanged")
    CHANGED = "changed", _("Changed")
    DUPLICATE = "duplicates", _("Duplicate")
    HELD_BACK = "held_back", _("Held back as a draft")
    REFUSED = "refused", _("Refused")


class ImportBatch(models.Model):
    """One file that went in: its bytes, its reading, who brought it and what came out, counted by outcome."""

    class Status(models.TextChoices):
        """Where a run stands; a run that was killed stays ``running`` until the same file is run again."""

        RUNNING = "running", pgettext_lazy("import run", "Running")
        FINISHED = "finished", _("Finished")
        STOPPED = "stopped", _("Stopped before the end")
        FAILED = "failed", _("Could not be read")

    source = models.CharField(_("source"), max_length=100, db_index=True)
    file_name = models.CharField(_("file name"), max_length=255)
    file = models.FileField(_("original file"), upload_to="imports/%Y/%m", storage=private_storage, blank=True)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    file_sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, db_index=True)
    file_format = models.CharField(_("format"), max_length=20, blank=True)
    reading = models.JSONField(_("how the file was read"), default=dict, blank=True)
    mapping = models.JSONField(_("columns and fields"), default=dict, blank=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="import_batches",
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.RUNNING)
    messages = models.JSONField(_("messages about the file"), default=list, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    imported = models.PositiveIntegerField(_("imported"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    duplicates = models.PositiveIntegerField(_("duplicates"), default=0)
    held_back = models.PositiveIntegerField(_("held back"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    keep_until = models.DateField(_("keep raw values until"), null=True, blank=True, db_index=True)

    class Meta:
        """Newest run first."""

        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d %H:%M})" if self.started_at else self.file_name


class ImportRow(models.Model):
    """What is known about one row of one source, kept over runs so that a second run adds nothing."""

    source = models.CharField(_("source"), max_length=100)
    key = models.CharField(_("key in the source"), max_length=200)
    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import run"), on_delete=models.PROTECT, related_name="import_rows"
    )
    number = models.PositiveIntegerField(_("row"))
    content_hash = models.CharField(_("hash of the row's content"), max_length=64)
    identity_hash = models.CharField(_("hash of agency, title and year"), max_length=64, blank=True, db_index=True)
    entry_hash = models.CharField(_("hash of what the entry held after the import"), max_length=64, blank=True)
    raw = models.JSONField(_("raw values"), default=dict, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    messages = models.JSONField(_("messages"), default=list, blank=True)
    innovation = models.ForeignKey(
        "innovations.Innovation",
        verbose_name=_("entry"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="import_rows",
    )
    created_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        """One row per identity in a source."""

        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["batch", "number"]
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="imports_row_identity")]
        indexes = [models.Index(fields=["batch", "outcome"], name="imports_row_batch_outcome")]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"
