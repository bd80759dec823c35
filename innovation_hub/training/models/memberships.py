"""What people do for a training institution."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts.models import Membership

from .training import TrainingInstitution


class InstitutionMembership(Membership):
    """A reviewer of a training institution."""

    class Role(models.TextChoices):
        REVIEWER = "reviewer", _("training-institution reviewer")

    role = models.CharField(_("role"), max_length=30, choices=Role.choices, default=Role.REVIEWER)
    institution = models.ForeignKey(
        TrainingInstitution,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("institution"),
    )

    class Meta:
        verbose_name = _("institution membership")
        verbose_name_plural = _("institution memberships")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.institution}"
