"""Inviting a cohort: who was invited and how far they are, a list to add, the look at it before anything is sent."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from innovation_hub.core.permissions import require
from innovation_hub.curation.members import inviting
from innovation_hub.curation.members.forms import ListForm
from innovation_hub.curation.members.lists import Row, rows_of_file, rows_of_text
from innovation_hub.curation.members.organisations import can_invite, cohorts_of
from innovation_hub.curation.models import CohortInvitation
from innovation_hub.curation.models.invitations import InvitationState
from innovation_hub.curation.views.access import says_why
from innovation_hub.training.models import Cohort

COHORTS_A_PAGE = 30
STATES = {
    InvitationState.SENT: gettext_lazy("invited"),
    InvitationState.EXPIRED: gettext_lazy("link expired"),
    InvitationState.ACCEPTED: gettext_lazy("has accepted"),
    InvitationState.WRITTEN: gettext_lazy("writes"),
    InvitationState.SUBMITTED: gettext_lazy("has submitted"),
    InvitationState.WITHDRAWN: gettext_lazy("withdrawn"),
}
# States in which a person waits for the mail.
WAITING = (InvitationState.SENT, InvitationState.EXPIRED)


def invitations_address(cohort: Cohort) -> str:
    """Return the address of a cohort's page."""
    return reverse("curation_invitations", args=[cohort.pk])


class CohortsView(WagtailAdminTemplateMixin, TemplateView):
    """The cohorts whose participants the reader may invite, with how many have been."""

    template_name = "curation/cohorts.html"
    page_title = gettext_lazy("Invite participants")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page of them, the newest first."""
        words = self.request.GET.get("q", "").strip()[:100]
        cohorts = cohorts_of(self.request.user).order_by("-year", "-pk")
        for word in words.split():
            known = Q(institution__name__icontains=word) | Q(programme__short_label__icontains=word)
            number = Q(year=word) | Q(number=word) if word.isascii() and word.isdigit() and len(word) < 6 else Q()
            cohorts = cohorts.filter(known | Q(name__icontains=word) | Q(programme__label_id__icontains=word) | number)
        counted = cohorts.annotate(invited=Count("invitations", filter=Q(invitations__withdrawn_at=None)))
        page = Paginator(counted, COHORTS_A_PAGE).get_page(self.request.GET.get("p"))
        rows = [(one, invitations_address(one)) for one in page if can_invite(self.request.user, one)]
        return super().get_context_data(rows=rows, page=page, words=words, **kwargs)


class InvitationsView(WagtailAdminTemplateMixin, TemplateView):
    """One cohort's page: its people, and the form for more."""

    template_name = "curation/invitations.html"
    header_icon = "mail"
    form: ListForm | None = None
    rows: list[Row] | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask first whether the reader may invite for this cohort."""
        found = Cohort.objects.select_related("programme__product", "institution__region")
        self.cohort = get_object_or_404(found, pk=kwargs["pk"])
        require(can_invite(request.user, self.cohort))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at a list; with the button below the look, invite everyone in it."""
        self.form = ListForm(request.POST, request.FILES)
        try:
            if self.form.is_valid():
                self.rows = self._read(self.form.cleaned_data)
                if "kirim" in request.POST:
                    return self._invite(request, self.rows)
        except ValidationError as error:
            self.form.add_error(None, error)
        return self.render_to_response(self.get_context_data(**kwargs), status=200 if self.rows else 422)

    def _read(self, data: dict[str, Any]) -> list[Row]:
        file = data["file"]
        rows = rows_of_file(file.name, file.read()) if file else rows_of_text(data["people"])
        if not rows:
            raise ValidationError(_("The list is empty."))
        return inviting.check(rows, self.cohort)

    def _invite(self, request: HttpRequest, rows: list[Row]) -> HttpResponse:
        done = inviting.invite(self.cohort, rows, actor=request.user)
        text = ngettext("%(count)s person is invited.", "%(count)s people are invited.", done.sent)
        messages.success(request, text % {"count": done.sent})
        return redirect(invitations_address(self.cohort))

    def get_page_title(self) -> str:
        """Programme and number of the cohort."""
        return f"{self.cohort.programme.short} {self.cohort.label}"

    def get_page_subtitle(self) -> str:
        """Its institution."""
        return str(self.cohort.institution)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the cohorts, this one."""
        above = {"url": reverse("curation_cohorts"), "label": _("Invite participants")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read who was invited, with how far they are."""
        found = self.cohort.invitations.select_related("user", "entry").prefetch_related("entry__authorships")
        people = [
            {
                "invitation": one,
                "state": one.state,
                "words": STATES[one.state],
                "waits": one.state in WAITING,
                "can_withdraw": one.state in (*WAITING, InvitationState.ACCEPTED),
            }
            for one in found
        ]
        counts = [(STATES[state], sum(person["state"] == state for person in people)) for state in STATES]
        rows = self.rows or []
        return super().get_context_data(
            cohort=self.cohort,
            people=people,
            counts=[(words, count) for words, count in counts if count],
            form=self.form or ListForm(),
            rows=rows,
            is_good=bool(rows) and all(row.is_good for row in rows),
            bad_count=sum(not row.is_good for row in rows),
            lines="\n".join(row.as_line() for row in rows),
            **kwargs,
        )


invitations = sensitive_post_parameters()(says_why(InvitationsView.as_view()))


@require_POST
@says_why
def act(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Send one invitation again, or withdraw it."""
    cohort = get_object_or_404(Cohort.objects.select_related("institution__region"), pk=pk)
    require(can_invite(request.user, cohort))
    found = get_object_or_404(
        CohortInvitation.objects.select_related("user", "entry", "cohort"), pk=invitation, cohort=cohort
    )
    name = str(found.user)
    try:
        if "tarik" in request.POST:
            inviting.withdraw(found, actor=request.user)
            messages.success(request, _("The invitation of %(name)s is withdrawn.") % {"name": name})
        else:
            inviting.resend(found, actor=request.user)
            messages.success(request, _("%(name)s gets the mail again.") % {"name": name})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(invitations_address(cohort))
