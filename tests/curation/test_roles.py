"""Groups follow memberships, hold exactly what their role needs, and demonstration accounts are stable."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from innovation_hub.accounts.models import User
from innovation_hub.core.roles import Role, roles_of
from innovation_hub.curation.models import LabMembership
from innovation_hub.curation.services.demo_accounts import ACCOUNTS, create_demo_accounts, read_password
from innovation_hub.curation.services.roles import GROUP_NAMES, PERMISSIONS, sync_everyone, sync_groups
from tests.factories import (
    AgencyFactory,
    AgencyMembershipFactory,
    CohortFactory,
    InstitutionMembershipFactory,
    LabMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def groups_of(user) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_a_membership_puts_its_person_into_the_group_and_its_end_takes_them_out():
    membership = AgencyMembershipFactory()
    person = membership.user
    assert groups_of(person) == {"Pengaju"}
    assert User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")
    membership.valid_until = timezone.localdate() - timedelta(days=1)
    membership.save()
    assert groups_of(person) == set()
    assert not User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")


def test_roles_of_several_organisations_add_up():
    person = UserFactory()
    AgencyMembershipFactory(user=person)
    InstitutionMembershipFactory(user=person)
    LabMembershipFactory(user=person, role=LabMembership.Role.EDITOR)
    assert groups_of(person) == {"Pengaju", "Peninjau lembaga pelatihan", "Editor"}
    assert roles_of(User.objects.get(pk=person.pk)) == {Role.SUBMITTER, Role.INSTITUTION_REVIEWER, Role.EDITOR}


def test_groups_hold_exactly_what_their_role_needs_whatever_was_given_by_hand():
    sync_groups()
    group = Group.objects.get(name="Pengaju")
    group.permissions.set(Group.objects.get(name="Editor").permissions.all())
    call_command("sync_roles", verbosity=0)
    names = {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.all()}
    assert names == PERMISSIONS[Role.SUBMITTER]
    assert "innovations.publish_innovation" not in names


def test_only_editors_keep_pages_and_only_they_publish():
    sync_groups()
    with_pages = Group.objects.filter(name__in=GROUP_NAMES.values(), page_permissions__isnull=False).distinct()
    assert [group.name for group in with_pages] == ["Editor"]
    publishers = Group.objects.filter(permissions__codename="publish_innovation").distinct()
    assert [group.name for group in publishers] == ["Editor"]


def test_nobody_may_delete_anything_that_others_name():
    assert not [
        name for names in PERMISSIONS.values() for name in names if ".delete_" in name and "redirect" not in name
    ]


def test_syncing_again_changes_nothing_and_ends_what_has_ended():
    membership = LabMembershipFactory()
    sync_everyone()
    assert groups_of(membership.user) == {"Kurator"}
    LabMembership.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    sync_everyone()
    assert groups_of(membership.user) == set()


def test_plain_accounts_and_administrators_are_in_no_group():
    UserFactory()
    UserFactory(is_superuser=True)
    sync_everyone()
    assert not User.objects.filter(groups__name__in=GROUP_NAMES.values()).exists()


@pytest.fixture
def collection():
    AgencyFactory(code="kab-banggai")
    CohortFactory(is_synthetic=True)
    CohortFactory(is_synthetic=True)


def test_demonstration_accounts_are_the_same_on_every_run(collection, tmp_path: Path):
    first = create_demo_accounts(tmp_path)
    assert create_demo_accounts(tmp_path) == first
    assert User.objects.count() == len(ACCOUNTS)
    file = tmp_path / "demo-accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = read_password(tmp_path)
    assert all(User.objects.get(email=account.email).check_password(password) for account in ACCOUNTS)
    held = {account.local: roles_of(User.objects.get(email=account.email)) for account in ACCOUNTS}
    assert held == {
        "asn": frozenset(),
        "peserta": {Role.SUBMITTER},
        "lembaga": {Role.INSTITUTION_REVIEWER},
        "lembaga-lain": {Role.INSTITUTION_REVIEWER},
        "instansi": {Role.AGENCY_REVIEWER},
        "kurator": {Role.CURATOR},
        "editor": {Role.EDITOR},
        "pengelola": {Role.ADMINISTRATOR},
    }


def test_the_two_institutions_are_different(collection, tmp_path: Path):
    create_demo_accounts(tmp_path)
    one, other = (User.objects.get(email=f"{name}@contoh.go.id") for name in ("lembaga", "lembaga-lain"))
    assert one.institutionmemberships.get().institution != other.institutionmemberships.get().institution


def test_another_data_folder_has_another_password(collection, tmp_path: Path):
    create_demo_accounts(tmp_path / "a")
    create_demo_accounts(tmp_path / "b")
    assert read_password(tmp_path / "a") != read_password(tmp_path / "b")


@override_settings(HUB_PRINT_DEMO_ACCOUNTS=False)
def test_they_exist_only_in_development():
    with pytest.raises(CommandError, match="development"):
        call_command("create_demo_accounts")
