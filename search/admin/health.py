"""The page about the index: engine, documents, what waits, who works, and the two buttons."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from innovation_hub.core.admin.policies import NO_PERMISSION
from innovation_hub.core.admin_gate import refused
from innovation_hub.core.formatting import number
from innovation_hub.core.roles import Role, roles_of
from search.health import EngineState, Health, health
from search.models import IndexRun
from search.runs import INTERRUPTED, AlreadyAsked, ask_for

ENGINE_WORDS = {
    EngineState.UP: gettext_lazy("It answers."),
    EngineState.PAUSED: gettext_lazy("It didn't answer a moment ago; the site asks again in some seconds."),
    EngineState.MISSING: gettext_lazy("There is no index that can be read: build it anew."),
    EngineState.DOWN: gettext_lazy("It doesn't answer. Pages find words of titles only until it does."),
}


@dataclass(frozen=True, slots=True)
class _Work:
    label: str
    words: str
    error: str


class IndexHealthView(WagtailAdminTemplateMixin, TemplateView):
    """Shows how the index is, and leaves requests for the indexer."""

    template_name = "hub_admin/search/health.html"
    page_title = gettext_lazy("Search index")
    header_icon = "cogs"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer those who may see what is done to the index."""
        try:
            self._require("view")
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied as error:
            return refused(request, error.args[0] if error.args else "")

    def _require(self, verb: str) -> None:
        if not self.request.user.has_perm(f"search.{verb}_indexrun"):
            raise PermissionDenied(NO_PERMISSION)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Leave a request; refused while another waits or runs."""
        self._require("add")
        kind = request.POST.get("kind", "")
        if kind not in IndexRun.Kind.values:
            return HttpResponse(status=400)
        try:
            ask_for(kind, request.user)
        except AlreadyAsked:
            messages.error(request, _("Something like that waits or runs already. Wait until it is done."))
        else:
            messages.success(request, _("Asked for. The indexer begins within seconds; load this page again to see."))
        return redirect(reverse("hub_index_health"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put everything into words."""
        found = health()
        engine, outbox = found.engine, found.outbox
        return super().get_context_data(
            health=found,
            engine_words=ENGINE_WORDS[engine.state],
            engine_is_up=engine.state == EngineState.UP,
            oldest=duration(timezone.now() - outbox.oldest) if outbox.oldest else "",
            current=run_words(found.current),
            works=[_Work(label, run_words(run), error_words(run)) for label, run in _last(found)],
            may_ask=self.request.user.has_perm("search.add_indexrun"),
            # Errors may repeat what stands in a draft, and name folders of the machine.
            shows_errors=Role.ADMINISTRATOR in roles_of(self.request.user),
            **kwargs,
        )


def _last(found: Health) -> list[tuple[str, IndexRun | None]]:
    return [
        (_("Last built anew"), found.last_rebuild),
        (_("Last compared and repaired"), found.last_sync),
    ]


def duration(span: timedelta) -> str:
    """Return a span of time in its largest unit: "12 seconds", "3 hours"."""
    seconds = max(int(span.total_seconds()), 0)
    if not seconds:
        return _("less than a second")
    if seconds < 120:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    if seconds < 2 * 3600:
        return ngettext("%(count)s minute", "%(count)s minutes", seconds // 60) % {"count": seconds // 60}
    if seconds < 48 * 3600:
        return ngettext("%(count)s hour", "%(count)s hours", seconds // 3600) % {"count": seconds // 3600}
    return ngettext("%(count)s day", "%(count)s days", seconds // 86400) % {"count": seconds // 86400}


def moment(value: datetime | None) -> str:
    """Return a moment as "3 Mar 2026, 14:05" in the reader's time zone."""
    return date_format(timezone.localtime(value), "j M Y, H:i") if value else ""


def run_words(run: IndexRun | None) -> str:
    """Return how far a run is, or what came out of it."""
    if run is None:
        return ""
    what = {"what": run.get_kind_display()}
    if run.state == IndexRun.State.WAITING:
        text = _("Asked for at %(when)s: %(what)s. Waiting for the indexer.")
        return text % {**what, "when": moment(run.requested_at)}
    if run.state == IndexRun.State.RUNNING:
        since = duration(timezone.now() - run.started_at) if run.started_at else ""
        return _("Running for %(duration)s: %(what)s.") % {**what, "duration": since}
    values = {"when": moment(run.ended_at), "duration": _length(run), "result": result_words(run)}
    if run.state == IndexRun.State.FAILED:
        return _("%(when)s: failed after %(duration)s.") % values
    return _("%(when)s: done in %(duration)s. %(result)s") % values


def error_words(run: IndexRun | None) -> str:
    """Return why a run failed."""
    if run is None or not run.error:
        return ""
    return _("The process ended before it was done.") if run.error == INTERRUPTED else run.error


def _length(run: IndexRun) -> str:
    return duration(run.ended_at - run.started_at) if run.started_at and run.ended_at else duration(timedelta())


def result_words(run: IndexRun) -> str:
    """Return the numbers of a run in a sentence."""
    found = run.result
    if run.kind == IndexRun.Kind.REBUILD:
        count = found.get("documents", 0)
        text = ngettext("%(count)s document.", "%(count)s documents.", count) % {"count": number(count)}
    else:
        count = found.get("repaired", 0)
        text = ngettext("%(count)s record repaired.", "%(count)s records repaired.", count) % {"count": number(count)}
    if found.get("problem"):
        text += " " + _("The engine takes no changes now: repairs wait for it.")
    failed = found.get("failed", 0)
    if not failed:
        return text
    more = ngettext("%(count)s record can't be indexed.", "%(count)s records can't be indexed.", failed)
    return f"{text} {more % {'count': number(failed)}}"
