"""Entries whose agency is not recognised: by the name they were delivered under, the most frequent first."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from innovation_hub.agencies.admin.choosers import AgencyChooser
from innovation_hub.agencies.models import Agency
from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.core.admin.paginator import CappedPaginator
from innovation_hub.core.admin_gate import refused
from innovation_hub.core.permissions import require
from innovation_hub.innovations.services.agencies import assign_agency, can_assign, unrecognised

SAMPLE = 20


class NamesPaginator(CappedPaginator):
    """Counts names, not entries."""

    verbose_name = _("name")
    verbose_name_plural = _("names")


class RecognisesAgencies:
    """Asks for the right first; a refusal says why."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer lab staff and administrators."""
        try:
            require(can_assign(request.user))
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied as error:
            return refused(request, error.args[0] if error.args else "")


class UnknownAgenciesView(RecognisesAgencies, BaseListingView):
    """The delivered names and how many entries wait under each."""

    page_title = _("Agencies not yet recognised")
    header_icon = "help"
    paginate_by = 50
    paginator_class = NamesPaginator
    index_url_name = "hub_unknown_agencies"
    index_results_url_name = "hub_unknown_agencies"
    is_searchable = False
    verbose_name_plural = _("names")
    columns = (
        TitleColumn(
            "agency_raw",
            label=_("Name as delivered"),
            accessor=lambda row: row["agency_raw"] or _("(no name)"),
            get_url=lambda row: f"{reverse('hub_unknown_agency_assign')}?{urlencode({'nama': row['agency_raw']})}",
        ),
        Column("entries", label=_("Entries"), accessor=lambda row: row["entries"]),
        Column("unit", label=_("Unit as delivered"), accessor=lambda row: row["sample_unit"]),
    )

    def get_base_queryset(self) -> QuerySet:
        """Return the names of what the reader may see."""
        from django.db.models import Max

        rows = unrecognised(self.request.user).order_by().values("agency_raw")
        return rows.annotate(entries=Count("pk"), sample_unit=Max("unit_raw")).order_by("-entries", "agency_raw")


class AssignForm(forms.Form):
    """Which agency it is."""

    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), widget=AgencyChooser, help_text=_("The body that runs them.")
    )
    remember = forms.BooleanField(
        label=_("Remember the name"),
        required=False,
        initial=True,
        help_text=_("Later imports recognise it by themselves."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.current().exclude(code=UNKNOWN_CODE)


class AssignAgencyView(RecognisesAgencies, WagtailAdminTemplateMixin, FormView):
    """One delivered name: its entries, and the form that gives them to an agency."""

    form_class = AssignForm
    template_name = "hub_admin/innovations/assign_agency.html"
    page_title = _("Recognise an agency")
    header_icon = "help"

    @property
    def raw_name(self) -> str:
        """The name in question, as delivered."""
        return self.request.GET.get("nama", "")

    def get_page_subtitle(self) -> str:
        """The name."""
        return self.raw_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list of names, this name."""
        above = {"url": reverse("hub_unknown_agencies"), "label": UnknownAgenciesView.page_title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title, "sublabel": self.raw_name}]

    def form_valid(self, form: AssignForm) -> HttpResponse:
        """Give the entries to the agency and return to the list."""
        with transaction.atomic():
            moved = assign_agency(
                self.raw_name,
                form.cleaned_data["agency"],
                actor=self.request.user,
                remember=form.cleaned_data["remember"],
            )
        text = ngettext(
            "%(count)s entry now belongs to %(agency)s.", "%(count)s entries now belong to %(agency)s.", moved
        )
        messages.success(self.request, text % {"count": moved, "agency": form.cleaned_data["agency"]})
        return redirect("hub_unknown_agencies")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a sample of the entries."""
        context = super().get_context_data(**kwargs)
        entries = unrecognised(self.request.user).filter(agency_raw=self.raw_name)
        context["entries"] = entries.order_by("-updated_at")[:SAMPLE]
        context["count"] = entries.order_by().count()
        context["raw_name"] = self.raw_name
        context["media"] = context["form"].media
        return context
