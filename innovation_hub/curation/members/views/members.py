"""A page per organisation: who belongs to it, who did, in which role, from when, until when, granted by whom."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from innovation_hub.core.permissions import require
from innovation_hub.curation.members import granting
from innovation_hub.curation.members.forms import EndForm, GrantForm
from innovation_hub.curation.members.organisations import (
    can_end,
    can_grant,
    can_see_members,
    find,
    kind_of,
    memberships_of,
    own_organisations,
)
from innovation_hub.curation.views.access import says_why


def members_address(organisation: Any) -> str:
    """Return the address of an organisation's page."""
    return reverse("curation_members", args=[kind_of(organisation), organisation.pk])


class OrganisationsView(WagtailAdminTemplateMixin, TemplateView):
    """The organisations in which the reader has a say."""

    template_name = "curation/organisations.html"
    page_title = gettext_lazy("Members")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them; others are reached from their own screens."""
        organisations = [(one, members_address(one)) for one in own_organisations(self.request.user)]
        return super().get_context_data(organisations=organisations, **kwargs)


class MembersView(WagtailAdminTemplateMixin, TemplateView):
    """One organisation's page."""

    template_name = "curation/members.html"
    header_icon = "group"
    form: GrantForm | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask first whether the reader may see the members."""
        self.organisation = find(kwargs["kind"], kwargs["pk"])
        require(can_see_members(request.user, self.organisation))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give a role."""
        require(can_grant(request.user, self.organisation))
        self.form = self._form(request.POST)
        if self.form.is_valid():
            try:
                membership = granting.grant(self.organisation, actor=request.user, **self.form.cleaned_data)
            except ValidationError as error:
                _take_over(self.form, error)
            else:
                messages.success(request, _("%(name)s has the role now.") % {"name": membership.user})
                return redirect(members_address(self.organisation))
        return self.render_to_response(self.get_context_data(**kwargs), status=422)

    def get_page_title(self) -> str:
        """The organisation's name."""
        return str(self.organisation)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, members, the organisation."""
        above = {"url": reverse("curation_organisations"), "label": _("Members")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the memberships; current ones first."""
        user = self.request.user
        found = list(memberships_of(self.organisation))
        decision = can_grant(user, self.organisation)
        rows = [
            {
                "membership": one,
                "can_end": bool(not _is_over(one) and can_end(user, one)),
                "end": EndForm(prefix=str(one.pk)),
            }
            for one in found
        ]
        return super().get_context_data(
            organisation=self.organisation,
            current=[row for row in rows if not _is_over(row["membership"])],
            past=[row for row in rows if _is_over(row["membership"])],
            form=(self.form or self._form()) if decision else None,
            refusal="" if decision else decision.reason,
            **kwargs,
        )

    def _form(self, data: Any = None) -> GrantForm:
        return GrantForm(data, organisation=self.organisation, actor=self.request.user)


def _is_over(membership: Any) -> bool:
    return bool(membership.valid_until and membership.valid_until < timezone.localdate())


def _take_over(form: Any, error: ValidationError) -> None:
    """Show the errors of a service beside the fields of a form."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, error)


members = says_why(MembersView.as_view())


@require_POST
@says_why
def end(request: HttpRequest, kind: str, pk: int, membership: int) -> HttpResponse:
    """End a membership of this organisation."""
    organisation = find(kind, pk)
    require(can_see_members(request.user, organisation))
    found = get_object_or_404(memberships_of(organisation), pk=membership)
    form = EndForm(request.POST, prefix=str(found.pk))
    try:
        if not form.is_valid():
            raise ValidationError(_("Write the last day as a date."))
        granting.end(found, actor=request.user, last_day=form.cleaned_data["last_day"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The role of %(name)s is ended.") % {"name": found.user})
    if can_see_members(request.user, organisation):
        return redirect(members_address(organisation))
    return redirect("wagtailadmin_home")
