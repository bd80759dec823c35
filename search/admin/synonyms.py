"""Synonyms: one list of shipped and own groups; the form tries a change out before it is saved."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic

from innovation_hub.core.admin import HubAdminForm, HubPermissionPolicy, SafeModelViewSet
from innovation_hub.core.admin.columns import day_column
from innovation_hub.core.admin.menu import SEARCH
from innovation_hub.core.audit import audit
from search.misses import settle
from search.models import EmptyQuery, SynonymGroup
from search.phrases import check_phrases, read_phrases, remarks
from search.preview import preview
from search.stored_synonyms import groups_in_use
from search.synonyms import shipped_thesaurus

if TYPE_CHECKING:
    # The stock views that the mixin below is put before.
    FormViewBase: TypeAlias = generic.EditView
else:
    FormViewBase = object

QUERY_PARAM, TRY_FIELD, TRY_BUTTON = "pencarian", "coba", "pratinjau"
MAX_TRY = 200


class SynonymPolicy(HubPermissionPolicy):
    """For curators, editors and administrators. A shipped group that was deleted would come back with an upgrade."""

    delete_reason = gettext_lazy("Synonyms are switched off, not deleted.")


class SynonymForm(HubAdminForm):
    """A group; what staff didn't touch is not complained about."""

    def clean_phrases(self) -> str:
        """Return the phrases one on each line; raises an error that names every phrase with something wrong."""
        phrases = read_phrases(self.cleaned_data["phrases"])
        if phrases != read_phrases(self.initial.get("phrases", "")) or self.instance.pk is None:
            check_phrases(phrases)
        return "\n".join(phrases)

    def remarks(self) -> list[str]:
        """Return what is worth knowing about the phrases before or after saving."""
        if not self.instance.is_active:
            return []
        others = groups_in_use(without=self.instance.pk)
        return remarks(self.instance.phrase_list, others, shipped_thesaurus())


class TriesOut(FormViewBase):
    """A form with a box in which a search can be tried with the change, and with the log it may come from."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or show what saving would do."""
        if TRY_BUTTON not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object() if "pk" in self.kwargs else None
        form = self.get_form()
        if not self.is_valid(form):
            return self.form_invalid(form)
        self.form = form
        phrases = form.instance.phrase_list if form.instance.is_active else []
        shown = preview(self.tried(form.instance.phrase_list), phrases, form.instance.pk)
        return self.render_to_response(self.get_context_data(preview=shown, remarks=form.remarks()))

    def tried(self, phrases: list[str]) -> str:
        """Return the search to try: as typed, else the one from the log, else the first phrase."""
        typed = self.request.POST.get(TRY_FIELD, "").strip()[:MAX_TRY]
        return typed or (self.looked_for.text if self.looked_for else "") or (phrases[0] if phrases else "")

    @property
    def looked_for(self) -> EmptyQuery | None:
        """Return the search without result for which the group is made."""
        key = self.request.POST.get(QUERY_PARAM) or self.request.GET.get(QUERY_PARAM, "")
        known = key.isascii() and key.isdigit() and len(key) < 15
        return EmptyQuery.objects.filter(pk=int(key)).first() if known else None

    def get_initial(self) -> dict[str, Any]:
        """Begin with the text from the log, if the curator comes from there."""
        found = self.looked_for
        return {**super().get_initial(), **({"phrases": f"{found.text}\n"} if found else {})}

    def save_instance(self) -> SynonymGroup:
        """Save, write down who did it, and settle the search from the log."""
        self.form.instance.changed_by = self.request.user
        group = super().save_instance()
        audit(
            "search.synonyms-saved",
            actor=self.request.user,
            group=group.pk,
            phrases=group.phrase_list,
            in_use=group.is_active,
        )
        if self.looked_for:
            settle(self.looked_for, EmptyQuery.Status.HANDLED)
        for remark in self.form.remarks():
            messages.warning(self.request, remark)
        return group

    def get_success_message(self, instance: SynonymGroup | None = None) -> str:
        """Say that it holds at once."""
        group = instance or self.form.instance
        if group.is_active:
            return _("Saved. Searches use “%(phrases)s” within seconds.") % {"phrases": group}
        return _("Saved. “%(phrases)s” is switched off.") % {"phrases": group}

    def get_success_url(self) -> str:
        """Lead back to the log, if the curator came from there."""
        return reverse("hub_empty_queries:index") if self.looked_for else super().get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the box shows."""
        context = super().get_context_data(**kwargs)
        instance = self.form.instance
        return {
            **context,
            "try_field": TRY_FIELD,
            "try_button": TRY_BUTTON,
            "query_param": QUERY_PARAM,
            "looked_for": self.looked_for,
            "tried": self.tried(instance.phrase_list),
            "is_shipped": instance.origin == SynonymGroup.Origin.SHIPPED,
        }


class SynonymCreateView(TriesOut, generic.CreateView):
    """A new group."""


class SynonymEditView(TriesOut, generic.EditView):
    """A group that is there, shipped or own."""

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {}


def origin_words(group: SynonymGroup) -> str:
    """Return where a group comes from, and whether staff changed what was shipped."""
    if group.origin == SynonymGroup.Origin.SHIPPED and group.changed_by_id:
        return _("shipped, changed here")
    return str(group.get_origin_display())


class SynonymViewSet(SafeModelViewSet):
    """Groups of synonyms."""

    model = SynonymGroup
    url_prefix = "sinonim"
    icon = "link"
    menu_hook = SEARCH
    menu_order = 10
    menu_label = gettext_lazy("Synonyms")
    policy_class = SynonymPolicy
    form_class = SynonymForm
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    create_template_name = edit_template_name = "hub_admin/search/synonym_form.html"
    list_display = [
        "__str__",
        BooleanColumn("is_active", label=gettext_lazy("In use")),
        Column("origin", label=gettext_lazy("Origin"), accessor=origin_words, classname="hub-nowrap"),
        day_column("changed_at", gettext_lazy("Changed")),
    ]
    list_filter = ["is_active", "origin"]
    list_export = ["phrases", "is_active", "origin", "note", "changed_at"]
    search_fields = ["phrases", "note"]
    search_backend_name = None
    ordering = ["phrases"]
    panels = [
        FieldPanel("phrases", widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"})),
        FieldPanel("is_active"),
        FieldPanel("note", widget=forms.Textarea(attrs={"rows": 1})),
    ]


synonym_viewset = SynonymViewSet("hub_synonyms")
