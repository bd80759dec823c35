"""Roles: a person belongs to an organisation in a role for a time, granted by someone."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MembershipQuerySet(models.QuerySet):
    """Queries over memberships."""

    def active(self):
        """Return the memberships that hold today, of active accounts."""
        today = timezone.localdate()
        return self.filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=today),
            valid_from__lte=today,
            user__is_active=True,
        )


class Membership(models.Model):
    """Abstract: who, which role, from when, until when, granted by whom. Ended, never deleted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    role = models.CharField(_("role"), max_length=30)
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("granted by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = models.Manager.from_queryset(MembershipQuerySet)()

    class Meta:
        abstract = True

    @classmethod
    def organisation_field(cls) -> str:
        """The name of the field that names the organisation."""
        people = ("user", "granted_by")
        return next(field.name for field in cls._meta.fields if field.is_relation and field.name not in people)

    @property
    def organisation(self) -> models.Model:
        """The agency, institution or lab."""
        return getattr(self, self.organisation_field())

    @property
    def is_active(self) -> bool:
        """True when the membership holds today."""
        today = timezone.localdate()
        return self.valid_from <= today and (self.valid_until is None or self.valid_until >= today)
