"""The overview of the work in one's part of the registry, its tables as spreadsheets, and the log of transitions."""

import csv
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from innovation_hub.core.admin.export import neutral
from innovation_hub.core.admin.paginator import CappedPaginator
from innovation_hub.core.formatting import number
from innovation_hub.curation.models import Transition
from innovation_hub.curation.oversight.log import LogFilters, log_rows
from innovation_hub.curation.oversight.scope import MONTHS, ORGANISATION, PERIOD, Scope, organisations_of
from innovation_hub.curation.oversight.tables import MAKERS, Table, reason_labels, tables

PAGE_SIZE = 50


def period_words(months: int) -> str:
    """Return "the last 3 months"."""
    return ngettext("the last %(months)s month", "the last %(months)s months", months) % {"months": months}


class OverviewView(WagtailAdminTemplateMixin, TemplateView):
    """How far, how fast, how late and why back, for the reader's organisations."""

    template_name = "curation/overview.html"
    page_title = gettext_lazy("Overview")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Make the tables, in a number of queries that doesn't depend on how many entries there are."""
        scope = Scope.of(self.request.user, self.request.GET)
        query = scope.query()
        return super().get_context_data(
            scope=scope,
            organisation_field=ORGANISATION,
            period_field=PERIOD,
            organisations=organisations_of(self.request.user),
            periods=[(months, period_words(months)) for months in MONTHS],
            tables=[with_addresses(table, query) for table in tables(scope)],
            **kwargs,
        )


def with_addresses(table: Table, query: str) -> dict[str, Any]:
    """Return a table with the address of its spreadsheet, and of the desks that its rows lead to."""
    address = reverse("curation_overview_csv", args=[table.code]) + (f"?{query}" if query else "")
    rows = [
        (row, reverse("curation_desk", args=[table.links[at]]) if at in table.links else "")
        for at, row in enumerate(table.rows)
    ]
    return {"table": table, "rows": rows, "csv": address}


@require_safe
def overview_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with one table as a spreadsheet."""
    maker = MAKERS.get(code)
    if maker is None:
        raise Http404
    table = maker(Scope.of(request.user, request.GET))
    return spreadsheet([table.headings, *table.rows], f"ikhtisar-{code}")


def spreadsheet(rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    """Return rows as CSV that Excel reads as UTF-8 and runs nothing of."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y%m%d}.csv"'
    response.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(response)
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
    return response


class LogView(WagtailAdminTemplateMixin, TemplateView):
    """What happened to the entries of the reader's organisations, the newest first."""

    template_name = "curation/log.html"
    page_title = gettext_lazy("Log of decisions")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page of rows."""
        filters = LogFilters.from_query(self.request.GET)
        paginator = CappedPaginator(log_rows(self.request.user, filters), PAGE_SIZE)
        page = paginator.get_page(self.request.GET.get("p"))
        labels = reason_labels()
        return super().get_context_data(
            filters=filters,
            states=Transition.State.choices,
            rows=[log_row(one, labels) for one in page.object_list],
            page=page,
            query=filters.query(),
            total=number(paginator.count) + ("+" if paginator.is_capped else ""),
            **kwargs,
        )


def log_row(one: Transition, reasons: Mapping[str, str]) -> dict[str, Any]:
    """Return what a row of the log shows, as the desk of its entry does; ``reasons`` puts codes into words."""
    return {
        "at": timezone.localtime(one.at),
        "title": one.entry.title_plain,
        "number": one.entry.registry_number or "",
        "address": reverse("hub_innovations:edit", args=[one.entry_id]),
        "from": one.get_from_state_display(),
        "to": one.get_to_state_display(),
        "actor": str(one.actor) if one.actor else _("by itself"),
        "reason": reasons.get(one.reason, one.reason),
        "comment": one.comment,
    }
