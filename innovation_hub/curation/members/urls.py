"""Addresses of members and invitations, below the admin's; who may ask for them at all stands beside."""

from django.urls import path

from innovation_hub.core.admin_access import Access, register_admin_urls
from innovation_hub.core.roles import Role

from .views import invitations, members

MEMBERS_PATTERNS = [
    path("keanggotaan/", members.OrganisationsView.as_view(), name="curation_organisations"),
    path("keanggotaan/<slug:kind>/<int:pk>/", members.members, name="curation_members"),
    path("keanggotaan/<slug:kind>/<int:pk>/<int:membership>/akhiri/", members.end, name="curation_member_end"),
]
INVITATION_PATTERNS = [
    path("undangan/", invitations.CohortsView.as_view(), name="curation_cohorts"),
    path("undangan/<int:pk>/", invitations.invitations, name="curation_invitations"),
    path("undangan/<int:pk>/<int:invitation>/", invitations.act, name="curation_invitation"),
]
urlpatterns = [*MEMBERS_PATTERNS, *INVITATION_PATTERNS]

_LAB = (Role.CURATOR, Role.EDITOR, Role.ADMINISTRATOR)
HAVE_MEMBERS = Access(frozenset({Role.INSTITUTION_REVIEWER, Role.AGENCY_REVIEWER, *_LAB}))
INVITE = Access(frozenset({Role.INSTITUTION_REVIEWER, *_LAB}))


def register_access() -> None:
    """Tell the gate before the admin who may ask for these addresses."""
    register_admin_urls(HAVE_MEMBERS, [pattern.name for pattern in MEMBERS_PATTERNS])
    register_admin_urls(INVITE, [pattern.name for pattern in INVITATION_PATTERNS])
