"""Innovation labs: teams that curate entries of certain regions or programmes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts.models import Membership
from innovation_hub.agencies.models import Region
from innovation_hub.core.models import Endable
from innovation_hub.training.models import TrainingProgramme


class Lab(Endable):
    """A team of curators. One default lab has what no other lab covers."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=255)
    email = models.EmailField(_("office mailbox"), blank=True)
    regions = models.ManyToManyField(Region, verbose_name=_("regions it covers"), blank=True, related_name="labs")
    programmes = models.ManyToManyField(
        TrainingProgramme, verbose_name=_("programmes it covers"), blank=True, related_name="labs"
    )
    is_default = models.BooleanField(_("has what no other lab covers"), default=False)

    class Meta:
        verbose_name = _("innovation lab")
        verbose_name_plural = _("innovation labs")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="curation_one_default_lab"
            )
        ]

    def __str__(self) -> str:
        return self.name


class LabMembership(Membership):
    """What a person does in a lab."""

    class Role(models.TextChoices):
        CURATOR = "curator", _("curator")
        EDITOR = "editor", _("editor")

    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("lab"))

    class Meta:
        verbose_name = _("lab membership")
        verbose_name_plural = _("lab memberships")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.lab}"
