"""Members of organisations: seen, given, dated and ended by those who may; nobody gives a role to themselves."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from innovation_hub.accounts.models import User
from innovation_hub.agencies.models import AgencyMembership
from innovation_hub.core.roles import Role, forget_roles, roles_of
from innovation_hub.curation.members import granting
from innovation_hub.curation.members.organisations import can_end, can_grant, can_see_members
from innovation_hub.curation.models import Lab
from innovation_hub.training.models import InstitutionMembership
from tests.accounts.mailbox import delivered, link_in
from tests.factories import AgencyFactory, LabFactory, LabMembershipFactory, RegionFactory

from .world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """An agency, an institution, the default lab, and their people."""
    return make_world()


def address(kind: str, organisation) -> str:
    return reverse("curation_members", args=[kind, organisation.pk])


def grant_in(client, kind, organisation, **data):
    return client.post(address(kind, organisation), {"role": "reviewer", "name": "", "since": "", "until": "", **data})


def test_the_page_lists_current_and_past_with_who_granted(client, world):
    institution = world.cohort.institution
    membership = world.colleague.institutionmemberships.get()
    past = timezone.localdate() - timedelta(days=9)
    InstitutionMembership.objects.filter(pk=membership.pk).update(
        valid_from=past, valid_until=past, granted_by=world.administrator
    )
    client.force_login(world.institution)
    response = client.get(address("lembaga", institution))
    assert [row["membership"].user for row in response.context["current"]] == [world.institution]
    assert [row["membership"].user for row in response.context["past"]] == [world.colleague]
    assert str(world.administrator) in response.content.decode()


def test_a_role_for_somebody_with_an_account(client, world):
    client.force_login(world.agency_reviewer)
    agency = world.agency_reviewer.agencymemberships.get().agency
    assert grant_in(client, "instansi", agency, address=world.reader.email).status_code == 302
    membership = world.reader.agencymemberships.get()
    assert (membership.role, membership.granted_by) == ("reviewer", world.agency_reviewer)
    assert roles_of(User.objects.get(pk=world.reader.pk)) == {Role.AGENCY_REVIEWER}
    (message,) = delivered()
    assert message.to == [world.reader.email] and "/undangan/" not in message.body


def test_a_role_for_somebody_new_begins_with_the_invitation(client, world):
    client.force_login(world.institution)
    institution = world.cohort.institution
    assert grant_in(client, "lembaga", institution, address="baru@contoh.go.id").status_code == 422
    assert grant_in(client, "lembaga", institution, address="baru@contoh.go.id", name="Baru").status_code == 302
    user = User.objects.get(email="baru@contoh.go.id")
    assert user.is_pending and not roles_of(user)
    path = link_in(delivered()[0])
    client.logout()
    client.post(path, {"password": "empat kata yang panjang", "again": "empat kata yang panjang"})
    assert roles_of(User.objects.get(pk=user.pk)) == {Role.INSTITUTION_REVIEWER}


def test_dates(world):
    institution, today = world.cohort.institution, timezone.localdate()
    kwargs = {"address": world.reader.email, "role": "reviewer", "actor": world.institution}
    for since, until in ((today - timedelta(days=1), None), (today, today - timedelta(days=1))):
        with pytest.raises(granting.ValidationError):
            granting.grant(institution, since=since, until=until, **kwargs)
    membership = granting.grant(institution, since=today + timedelta(days=3), **kwargs)
    assert not membership.is_active
    with pytest.raises(granting.ValidationError):
        granting.grant(institution, since=today + timedelta(days=5), **kwargs)


def test_ending_at_once_and_on_a_day(client, world):
    membership = world.colleague.institutionmemberships.get()
    client.force_login(world.institution)
    path = reverse("curation_member_end", args=["lembaga", world.cohort.institution_id, membership.pk])
    later = timezone.localdate() + timedelta(days=5)
    client.post(path, {f"{membership.pk}-last_day": later.isoformat()})
    membership.refresh_from_db()
    assert membership.valid_until == later and membership.is_active
    client.post(path, {f"{membership.pk}-last_day": ""})
    membership.refresh_from_db()
    assert not membership.is_active
    forget_roles(world.colleague)
    assert not roles_of(world.colleague)


def test_the_past_cant_be_written(world):
    membership = world.colleague.institutionmemberships.get()
    with pytest.raises(granting.ValidationError):
        granting.end(membership, actor=world.institution, last_day=timezone.localdate() - timedelta(days=30))


def test_a_membership_of_another_organisation_isnt_ended_here(client, world):
    client.force_login(world.institution)
    foreign = world.other.institutionmemberships.get()
    path = reverse("curation_member_end", args=["lembaga", world.cohort.institution_id, foreign.pk])
    assert client.post(path, {}).status_code == 404


def test_nobody_gives_a_role_to_themselves(world):
    for who, organisation in ((world.institution, world.cohort.institution), (world.administrator, AgencyFactory())):
        decision = can_grant(who, organisation, "reviewer", to=who)
        assert not decision and decision.reason
        with pytest.raises(PermissionDenied):
            granting.grant(organisation, address=who.email, role="reviewer", actor=who)


def test_one_may_leave(world):
    membership = world.submitter.agencymemberships.get()
    assert can_end(world.submitter, membership)
    granting.end(membership, actor=world.submitter)
    assert not membership.is_active


def test_who_may_grant_where(world):
    institution, agency = world.cohort.institution, world.unit.agency
    assert can_grant(world.institution, institution, "reviewer")
    assert can_grant(world.editor, institution, "reviewer") and can_grant(world.editor, agency, "submitter")
    for who in (world.other, world.curator, world.submitter, world.reader, world.agency_reviewer):
        for organisation in (institution, agency):
            decision = can_grant(who, organisation, "reviewer")
            assert not decision and decision.reason


def test_a_lab_gives_roles_only_where_it_covers(world):
    region = RegionFactory()
    lab = LabFactory()
    lab.regions.add(region)
    editor = LabMembershipFactory(lab=lab, role="editor").user
    covered, other = AgencyFactory(region=region), AgencyFactory(region=RegionFactory())
    assert can_grant(editor, covered, "reviewer") and not can_grant(editor, other, "reviewer")
    assert not can_grant(world.editor, covered, "reviewer") and can_grant(world.editor, other, "reviewer")


def test_editors_of_a_lab_name_curators_administrators_name_editors(world):
    lab = Lab.objects.get(is_default=True)
    assert can_grant(world.editor, lab, "curator") and not can_grant(world.editor, lab, "editor")
    assert not can_grant(world.curator, lab, "curator") and can_see_members(world.curator, lab)
    assert can_grant(world.administrator, lab, "editor")


@pytest.mark.parametrize("who", ["other", "agency_reviewer", "submitter", "reader"])
def test_others_see_and_change_nothing(client, world, who):
    client.force_login(getattr(world, who))
    for kind, organisation in (("lembaga", world.cohort.institution), ("instansi", world.unit.agency)):
        assert client.get(address(kind, organisation)).status_code == 403
        assert grant_in(client, kind, organisation, address=world.reader.email).status_code == 403
    assert not world.reader.institutionmemberships.exists() and not world.reader.agencymemberships.exists()


def test_the_membership_screens_ask_the_same(client, world):
    client.force_login(world.editor)
    region = RegionFactory()
    LabFactory().regions.add(region)
    data = {"user": world.reader.pk, "role": "reviewer", "valid_from": timezone.localdate().isoformat()}
    covered_elsewhere, own = AgencyFactory(region=region), AgencyFactory()
    add = reverse("hub_agency_memberships:add")
    assert client.post(add, {**data, "agency": covered_elsewhere.pk}).status_code == 200
    assert client.post(add, {**data, "agency": own.pk, "user": world.editor.pk}).status_code == 200
    assert client.post(add, {**data, "agency": own.pk}).status_code == 302
    assert AgencyMembership.objects.get(user=world.reader).agency == own


def test_an_unknown_kind_is_not_found(client, world):
    client.force_login(world.administrator)
    assert client.get(reverse("curation_members", args=["partai", 1])).status_code == 404
