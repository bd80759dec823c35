"""The log of searches without result: what many looked for in vain comes first, and becomes a synonym in two clicks."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from innovation_hub.core.admin import SafeModelViewSet
from innovation_hub.core.admin.columns import PlainColumn
from innovation_hub.core.admin.menu import SEARCH
from innovation_hub.core.admin.policies import NO_PERMISSION, ReadOnlyPolicy
from innovation_hub.core.admin_gate import refused
from innovation_hub.core.audit import audit
from search.misses import settle
from search.models import EmptyQuery

from .synonyms import QUERY_PARAM

DISMISS, REOPEN, FORGET = "abaikan", "buka", "hapus"


class ActionsColumn(Column):
    """What can be done with a text."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> str:
        """Return the cell with its buttons, each a form of its own."""
        request = parent_context["request"]
        context = {
            "row": instance,
            "is_open": instance.status == EmptyQuery.Status.OPEN,
            "is_dismissed": instance.status == EmptyQuery.Status.DISMISSED,
            "synonym_url": f"{reverse('hub_synonyms:add')}?{QUERY_PARAM}={instance.pk}",
            "listing": request.GET.urlencode(),
        }
        return render_to_string("hub_admin/search/query_actions.html", context, request=request)


class EmptyQueryFilterSet(WagtailFilterSet):
    """Texts by what became of them."""

    status = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=EmptyQuery.Status.choices,
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = EmptyQuery
        fields: list[str] = []


def _last_day(row: EmptyQuery) -> str:
    return date_format(row.last_on, "j M Y")


class EmptyQueryViewSet(SafeModelViewSet):
    """The list; nobody writes it by hand."""

    model = EmptyQuery
    url_prefix = "pencarian-nihil"
    icon = "search"
    menu_hook = SEARCH
    menu_order = 20
    menu_label = gettext_lazy("Searches without result")
    policy_class = ReadOnlyPolicy
    hidden = frozenset({"usage", "copy", "add", "edit", "delete", "history", "history_results"})
    filterset_class = EmptyQueryFilterSet
    list_display = [
        PlainColumn("text", label=gettext_lazy("Looked for"), sort_key="text", classname="hub-looked-for"),
        PlainColumn("times", label=gettext_lazy("Times"), sort_key="times", classname="hub-number"),
        PlainColumn(
            "nearest", label=gettext_lazy("With some of the words"), sort_key="nearest", classname="hub-number hub-wide"
        ),
        PlainColumn("last_on", label=gettext_lazy("Last"), accessor=_last_day, sort_key="last_on", classname="hub-day"),
        PlainColumn("status", label=gettext_lazy("State"), accessor="get_status_display", classname="hub-wide"),
        ActionsColumn("actions", label=gettext_lazy("What to do")),
    ]
    search_fields = ["text"]
    search_backend_name = None
    list_per_page = 50


empty_query_viewset = EmptyQueryViewSet("hub_empty_queries")


@require_POST
def settle_query(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss a text, take it up again, or forget it at once; then go back to the list as it was."""
    try:
        if not request.user.has_perm("search.change_emptyquery"):
            raise PermissionDenied(NO_PERMISSION)
        row = get_object_or_404(EmptyQuery, pk=pk)
        done = _settled(row, request.POST.get("act", ""))
    except PermissionDenied as error:
        return refused(request, error.args[0] if error.args else "")
    if not done:
        return HttpResponse(status=400)
    audit("search.query-settled", actor=request.user, query=pk, act=request.POST["act"])
    messages.success(request, done)
    query = request.GET.urlencode()
    return redirect(reverse("hub_empty_queries:index") + (f"?{query}" if query else ""))


def _settled(row: EmptyQuery, act: str) -> str:
    """Do what was asked and say so; nothing for an act that doesn't exist."""
    words = {"query": row.text}
    if act == DISMISS:
        settle(row, EmptyQuery.Status.DISMISSED)
        return _("“%(query)s” is dismissed.") % words
    if act == REOPEN:
        settle(row, EmptyQuery.Status.OPEN)
        return _("“%(query)s” is open again.") % words
    if act == FORGET:
        row.delete()
        return _("The text is deleted.")
    return ""
