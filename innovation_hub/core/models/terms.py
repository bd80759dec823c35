"""Controlled vocabularies: coded terms with labels in both languages that staff can edit."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .ending import Endable


class SourceHashMixin(models.Model):
    """Remembers what a loader last wrote, so that it never overwrites what staff edited since."""

    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class AbstractTerm(SourceHashMixin, Endable):
    """A coded term: the code is stable and named by data, the labels are for people."""

    code = models.CharField(_("code"), max_length=80)
    label_id = models.CharField(_("label (Indonesian)"), max_length=200)
    label_en = models.CharField(_("label (English)"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the active language, Indonesian where no English one exists."""
        return self.label_for(get_language() or "id")

    def label_for(self, language: str) -> str:
        """Return the label for ``language`` (``"id"`` or ``"en"``)."""
        return self.label_en if language.startswith("en") and self.label_en else self.label_id


class Term(AbstractTerm):
    """A term of one of the smaller vocabularies (stages, kinds, return reasons…), told apart by ``vocabulary``."""

    vocabulary = models.CharField(_("vocabulary"), max_length=60, db_index=True)
    parent_code = models.CharField(_("group"), max_length=80, blank=True)

    class Meta(AbstractTerm.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["vocabulary", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="core_term_once")]
