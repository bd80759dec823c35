"""Screens of entries, the people behind them, registry numbers and the registry's vocabularies."""

from typing import Any

import django_filters
from django import forms
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from innovation_hub.core.admin import HubAdminForm, SafeModelViewSet, SafeSnippetViewSet
from innovation_hub.core.admin.filters import filters_for
from innovation_hub.core.admin.menu import INNOVATIONS
from innovation_hub.core.admin.terms import TermListViewSet, term_panels
from innovation_hub.core.admin.views import SafeIndexView
from innovation_hub.innovations.models import SDG, Innovation, Innovator, RegistryNumber, Theme, Urusan
from innovation_hub.innovations.permissions import can_edit

from .columns import EXPORT, EXPORT_HEADINGS
from .filters import InnovationFilterSet
from .forms import with_schedule_for_publishers
from .panels import innovation_form
from .views import InnovationCreateView, InnovationEditView, InnovationIndexView, InnovationInspectView


class InnovationViewSet(SafeSnippetViewSet):
    """Entries."""

    model = Innovation
    url_prefix = "inovasi"
    url_namespace = "hub_innovations"
    icon = "clipboard-list"
    menu_hook = INNOVATIONS
    menu_order = 10
    menu_label = _("Innovations")
    inspect_view_enabled = True
    hidden = frozenset({"usage", "copy", "reorder"})
    index_view_class = InnovationIndexView
    add_view_class = InnovationCreateView
    edit_view_class = InnovationEditView
    inspect_view_class = InnovationInspectView
    inspect_template_name = "hub_admin/innovations/inspect.html"
    edit_handler = innovation_form
    ordering = "-updated_at"
    filterset_class = InnovationFilterSet
    list_select_related = (
        "agency", "unit", "region", "programme", "institution", "cohort__programme", "cohort__institution",
        "stage", "urusan_primary",
    )  # fmt: skip
    list_export = EXPORT
    export_headings = EXPORT_HEADINGS
    export_filename = "inovasi"

    def get_form_class(self, for_update: bool = False) -> type:
        """Return the form whose schedule is the publishers'."""
        return with_schedule_for_publishers(super().get_form_class(for_update))


class InnovatorForm(HubAdminForm):
    """A person behind an entry that the reader may change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "entry" in self.fields:
            self.fields["entry"].queryset = Innovation.objects.visible_to(self.for_user)
            self.fields["entry"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A mentor is written to, so the address must be one."""
        cleaned = super().clean()
        if cleaned.get("role") == Innovator.Role.MENTOR and cleaned.get("email"):
            try:
                validate_email(cleaned["email"].strip())
            except forms.ValidationError as error:
                self.add_error("email", error)
        return cleaned

    def clean_entry(self) -> Innovation:
        """Refuse an entry that the reader may not change."""
        entry = self.cleaned_data["entry"]
        decision = can_edit(self.for_user, entry)
        if not decision:
            raise forms.ValidationError(str(decision.reason))
        return entry


class InnovatorCreateView(generic.CreateView):
    """Adds a person to the entry named in the address (``?entry=12``), perhaps in a role (``&role=mentor``)."""

    def get_initial(self) -> dict[str, Any]:
        """Begin with the entry and the role."""
        asked = {name: self.request.GET[name] for name in ("entry", "role") if name in self.request.GET}
        return {**super().get_initial(), **asked}


class InnovatorIndexView(SafeIndexView):
    """People, only ever looked up by entry: nothing is searched by name."""

    def get_add_url(self) -> None:
        """People are added from their entry."""


class InnovatorViewSet(SafeModelViewSet):
    """People behind entries. Private: no export, no search by name, numbers only in the form."""

    model = Innovator
    url_prefix = "inovator"
    icon = "user"
    menu_hook = INNOVATIONS
    menu_order = 30
    form_class = InnovatorForm
    index_view_class = InnovatorIndexView
    add_view_class = InnovatorCreateView
    list_display = [
        Column("name", label=_("Name")),
        Column("entry", label=_("Entry"), accessor="entry.title_plain"),
        Column("role", label=_("Role"), accessor="get_role_display"),
        Column("agency", label=_("Agency"), accessor="entry.agency"),
    ]
    list_select_related = ("entry__agency",)
    search_backend_name = None
    ordering = ["-pk"]
    panels = [
        FieldPanel("entry"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldPanel("position"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldRowPanel([FieldPanel("nip"), FieldPanel("nik")]),
            ],
            heading=_("Private: never shown, exported or indexed"),
        ),
    ]


class RegistryNumberFilterSet(WagtailFilterSet):
    """Numbers by what they lead to."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=RegistryNumber.State.choices, widget=forms.RadioSelect, empty_label=_("All")
    )

    class Meta:
        model = RegistryNumber
        fields: list[str] = []


class RegistryNumberViewSet(SafeModelViewSet):
    """Every number ever given; only services change it."""

    model = RegistryNumber
    url_prefix = "nomor"
    icon = "tag"
    menu_hook = INNOVATIONS
    menu_order = 40
    inspect_view_enabled = True
    filterset_class = RegistryNumberFilterSet
    list_display = [
        "number",
        Column("entry", label=_("Entry"), accessor="entry.title_plain"),
        "state",
        DateColumn("issued_at", label=_("Given")),
    ]
    list_select_related = ("entry",)
    search_fields = ["number", "entry__title_plain"]
    search_backend_name = None
    inspect_view_fields = ["number", "entry", "state", "merged_into", "reason", "title", "issued_at", "changed_at"]


class ThemeViewSet(TermListViewSet):
    """Themes."""

    model = Theme
    url_prefix = "tema"
    icon = "tag"
    menu_order = 10
    filterset_class = filters_for(Theme)
    panels = term_panels(FieldPanel("urusan"))


class UrusanViewSet(TermListViewSet):
    """Government affairs."""

    model = Urusan
    url_prefix = "urusan"
    icon = "list-ol"
    menu_order = 20
    list_display = ["label_id", "code", "group", Column("valid_until", label=_("Valid until"))]
    filterset_class = filters_for(Urusan, "group")
    panels = term_panels(FieldPanel("group"))


class SDGViewSet(TermListViewSet):
    """Development goals."""

    model = SDG
    url_prefix = "tpb"
    icon = "globe"
    menu_order = 30
    filterset_class = filters_for(SDG)


viewsets = (
    InnovationViewSet(),
    InnovatorViewSet("hub_innovators"),
    RegistryNumberViewSet("hub_registry_numbers"),
    ThemeViewSet("hub_themes"),
    UrusanViewSet("hub_urusan"),
    SDGViewSet("hub_sdgs"),
)


def entries_address(request: HttpRequest) -> str:
    """Return the list's address, for the search box of the menu."""
    from django.urls import reverse

    return reverse("hub_innovations:list")
