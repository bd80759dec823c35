"""The people behind an entry. Personal values stand here alone: not in revisions, logs, indexes or exports."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Innovator(models.Model):
    """One person and one entry; private. The name becomes public by a consent record."""

    class Role(models.TextChoices):
        PARTICIPANT = "peserta", _("participant")
        MEMBER = "anggota", _("team member")
        MENTOR = "mentor", _("mentor")
        COACH = "coach", _("coach")
        CONTACT = "kontak", _("contact")
        OTHER = "lainnya", _("other")

    entry = models.ForeignKey(
        "innovations.Innovation", on_delete=models.CASCADE, related_name="innovators", verbose_name=_("entry")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.PARTICIPANT)
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200, blank=True)
    nip = models.CharField("NIP", max_length=40, blank=True)
    nik = models.CharField("NIK", max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="innovator_records",
    )
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("innovator")
        verbose_name_plural = _("innovators")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        """Say who without the name: logs and messages keep what this returns."""
        return f"{self.get_role_display()} #{self.pk}"

    @property
    def name_is_public(self) -> bool:
        """True while a consent holds."""
        return any(consent.withdrawn_at is None for consent in self.consents.all())


class Consent(models.Model):
    """A person's consent to be named in public: who agreed, when, how, recorded by whom."""

    innovator = models.ForeignKey(Innovator, on_delete=models.CASCADE, related_name="consents")
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    how = models.CharField(_("how"), max_length=200, help_text=_("Letter, e-mail, form…"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.innovator}: {self.given_at:%Y-%m-%d}"
