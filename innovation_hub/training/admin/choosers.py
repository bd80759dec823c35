"""Choosing institutions and cohorts."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from innovation_hub.core.admin.choosers import SafeChooserViewSet
from innovation_hub.training.models import Cohort, TrainingInstitution


class InstitutionChooserViewSet(SafeChooserViewSet):
    """Training institutions."""

    model = TrainingInstitution
    icon = "group"
    choose_one_text = _("Choose an institution")
    choose_another_text = _("Choose another institution")
    search_fields = ("name", "short_name", "earlier_names")
    extra_columns = (
        Column("short_name", label=_("Short name")),
        Column("region", label=_("Region"), accessor="region"),
    )

    def choosable(self, request: HttpRequest) -> QuerySet:
        """Return the institutions valid today."""
        return TrainingInstitution.objects.current().select_related("region")


class CohortChooserViewSet(SafeChooserViewSet):
    """Cohorts, of the programme and institution chosen in the form if there are any."""

    model = Cohort
    icon = "group"
    choose_one_text = _("Choose a cohort")
    choose_another_text = _("Choose another cohort")
    search_fields = ("name", "number", "year", "institution__name", "institution__short_name", "programme__short_label")
    linked_parameters = ("programme", "institution")
    extra_columns = (
        Column("programme", label=_("Programme"), accessor="programme"),
        Column("year", label=_("Year")),
    )

    def choosable(self, request: HttpRequest) -> QuerySet:
        """Return the cohorts valid today, the newest first."""
        return Cohort.objects.current().select_related("programme", "institution")


institution_chooser = InstitutionChooserViewSet("hub_choose_institution", url_prefix="pilih/lembaga")
cohort_chooser = CohortChooserViewSet("hub_choose_cohort", url_prefix="pilih/angkatan")

InstitutionChooser = institution_chooser.widget_class
CohortChooser = cohort_chooser.widget_class
