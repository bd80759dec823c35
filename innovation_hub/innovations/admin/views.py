"""The screens of entries: list, form, reading view."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets

from innovation_hub.core.admin.submission import submitter_of
from innovation_hub.core.admin.views import SafeSnippetIndexView
from innovation_hub.core.editor_panels import reading_links
from innovation_hub.innovations.models import Innovation

from .columns import COLUMNS, EntryTitleColumn
from .filters import InnovationFilterSet
from .forms import first_agency
from .reading import sections_of
from .searching import MOST, RankedRows, find, title_words
from .states import words_for


class InnovationIndexView(SafeSnippetIndexView):
    """The list: what the reader may see, found by the search service, at most twenty queries a page."""

    is_searchable = True
    ranked: list[int] | None = None
    found_total = 0

    @cached_property
    def columns(self) -> list:
        """Title first; no boxes and no buttons: the title leads on."""
        title = EntryTitleColumn("title", label=_("Innovation"), accessor="title_plain", get_url=self.get_edit_url)
        return [title, *COLUMNS]

    def get_edit_url(self, instance: Innovation) -> str:
        """Return the form's address; whoever may only read is led on to the reading view."""
        from django.urls import reverse

        return reverse(self.edit_url_name, args=[instance.pk])

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Narrow to what the engine finds; the order of relevance is kept aside for the page."""
        if not self.is_searching:
            return queryset
        facets = self.filters.facets() if isinstance(self.filters, InnovationFilterSet) else {}
        found = find(self.request.user, self.search_query, facets)
        if found is None:
            messages.warning(self.request, _now("The search engine doesn't answer: only titles are searched."))
            return title_words(queryset, self.search_query)
        self.ranked, self.found_total = found
        return queryset.filter(pk__in=self.ranked)

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> tuple:
        """Return one page with the state of its entries, by relevance where the reader searched."""
        rows: Any = queryset
        if self.ranked is not None and not self.is_explicitly_ordered:
            rows = self._by_relevance(queryset)
        paginator, page, entries, more = super().paginate_queryset(rows, page_size)
        entries = list(entries)
        words = words_for(entries)
        for entry in entries:
            entry.state_words = words[entry.pk]
        page.object_list = entries
        return paginator, page, entries, more

    def _by_relevance(self, queryset: QuerySet) -> RankedRows:
        keys, total = self.ranked or [], min(self.found_total, MOST)
        if self.filters and self.filters.is_valid() and self.filters.form.cleaned_data.get("status"):
            kept = set(queryset.order_by().values_list("pk", flat=True))
            keys = [key for key in keys if key in kept]
            total = len(keys)
        return RankedRows(keys, total, queryset)


class EditorActions:
    """What the buttons of the form do, through the hub's services."""

    def get_available_actions(self) -> list[str]:
        """Return what may be asked for: saving, submitting, and publishing by those who may publish this entry.

        Decisions on a review, and taking an entry back from it, are made at the desk, with reasons.
        """
        refused = {"restart-workflow", "cancel-workflow", "workflow-action"}
        entry = self.object if self.object is not None and self.object.pk else None
        if not policy_registry.get_by_type(self.model).decide(self.request.user, "publish", entry):
            refused.add("publish")
        return [action for action in super().get_available_actions() if action not in refused]

    def submit_action(self) -> None:
        """Submit through the service; if something is missing, the draft stays saved and the reader is told what."""
        try:
            submitter_of(self.model)(Innovation.objects.get(pk=self.object.pk), actor=self.request.user)
        except ValidationError as error:
            self.action = "create" if self.view_name == "create" else "edit"
            messages.error(self.request, _now("Saved, but not submitted.") + " " + " ".join(error.messages))


class InnovationCreateView(EditorActions, snippets.CreateView):
    """A new entry; whoever begins it keeps it."""

    def get_initial_form_instance(self) -> Innovation:
        """Begin with the writer's agency, where they write for one."""
        agency = first_agency(self.request.user)
        return Innovation(agency=agency, region=agency.region if agency else None)

    def save_instance(self) -> Innovation:
        """Save the draft as its writer's."""
        self.form.instance.created_by = self.form.instance.steward = self.request.user
        return super().save_instance()


class InnovationEditView(EditorActions, snippets.EditView):
    """The form of an entry."""


class InnovationInspectView(snippets.InspectView):
    """The newest version of an entry, to be read by those who may not change it."""

    template_name = "hub_admin/innovations/inspect.html"

    def get_object(self, queryset: Any = None) -> Innovation:
        """Return the newest version."""
        return super().get_object(queryset).get_latest_revision_as_object()

    def get_fields(self) -> list[str]:
        """The template shows sections instead."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the entry's texts, section by section."""
        context = super().get_context_data(**kwargs)
        context["sections"] = sections_of(self.object)
        context["entry"] = self.object
        context["links"] = reading_links(self.object, self.request.user)
        return context
