"""Inviting a cohort: looked at first, sent at once or not at all, the same when repeated, seen by those who may."""

import pytest
from django.urls import reverse

from innovation_hub.accounts.models import User
from innovation_hub.core.models import QueuedMail
from innovation_hub.curation.members import inviting
from innovation_hub.curation.members.lists import rows_of_text
from innovation_hub.curation.models import CohortInvitation
from innovation_hub.curation.models.invitations import InvitationState
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_edit
from tests.accounts.mailbox import delivered, link_in
from tests.factories import AgencyFactory, UserFactory

from .world import make_world

pytestmark = pytest.mark.django_db

LIST = "Siti Aminah; siti@contoh.go.id; Kabupaten Contoh\nAli; ali@contoh.go.id"
PASSWORD = {"password": "empat kata yang panjang", "again": "empat kata yang panjang"}


@pytest.fixture
def world():
    """A cohort, its institution, its lab."""
    return make_world()


def page(world) -> str:
    return reverse("curation_invitations", args=[world.cohort.pk])


def send(client, world, people: str = LIST):
    return client.post(page(world), {"people": people, "kirim": "1"})


def test_looking_at_a_list_sends_nothing(client, world):
    client.force_login(world.institution)
    response = client.post(page(world), {"people": LIST})
    assert response.status_code == 200
    assert [row.address for row in response.context["rows"]] == ["siti@contoh.go.id", "ali@contoh.go.id"]
    assert response.context["is_good"]
    assert not CohortInvitation.objects.exists() and not QueuedMail.objects.exists()


def test_sending_makes_accounts_that_wait_drafts_and_mails(client, world):
    agency = AgencyFactory(name="Kabupaten Contoh")
    client.force_login(world.institution)
    assert send(client, world).status_code == 302
    siti, ali = User.objects.get(email="siti@contoh.go.id"), User.objects.get(email="ali@contoh.go.id")
    assert siti.is_pending and not siti.has_usable_password()
    entry = siti.cohort_invitations.get().entry
    assert (entry.cohort, entry.programme, entry.steward, entry.agency) == (
        world.cohort, world.cohort.programme, siti, agency,
    )  # fmt: skip
    assert ali.cohort_invitations.get().entry.agency.is_unknown
    assert not entry.live and not entry.authorships.exists()
    assert {tuple(message.to) for message in delivered()} == {(siti.email,), (ali.email,)}


def test_repeating_does_nothing_twice(client, world):
    client.force_login(world.institution)
    send(client, world)
    entries = Innovation.objects.count()
    response = send(client, world, LIST + "\nBudi; budi@contoh.go.id")
    assert response.status_code == 302
    assert CohortInvitation.objects.count() == QueuedMail.objects.count() == 3
    assert Innovation.objects.count() == entries + 1


def test_every_problem_is_named_by_row_and_field_and_nobody_is_invited(client, world):
    UserFactory(email="tutup@contoh.go.id", is_active=False, deactivated_at="2026-01-01T00:00Z")
    people = (
        "Siti; siti@contoh.go.id\nSiti lagi; SITI@contoh.go.id\n; tanpa@contoh.go.id\nBudi; budi@gmail.com\n"
        "Cici; bukan alamat\nTutup; tutup@contoh.go.id"
    )
    client.force_login(world.institution)
    response = send(client, world, people)
    problems = {(row.number, problem.field) for row in response.context["rows"] for problem in row.problems}
    assert problems == {(2, "address"), (3, "name"), (4, "address"), (5, "address"), (6, "address")}
    assert not CohortInvitation.objects.exists()
    assert not User.objects.filter(email="siti@contoh.go.id").exists()


def test_an_error_in_the_middle_leaves_nothing(world, monkeypatch):
    made = []

    def fails_the_second_time(*args, **kwargs):
        made.append(args)
        if len(made) > 1:
            raise RuntimeError

    monkeypatch.setattr(inviting, "queue_mail", fails_the_second_time)
    with pytest.raises(RuntimeError):
        inviting.invite(world.cohort, rows_of_text(LIST), actor=world.institution)
    assert not CohortInvitation.objects.exists() and not User.objects.filter(is_active=False).exists()


def test_somebody_with_an_account_finds_the_draft_there(client, world):
    client.force_login(world.institution)
    send(client, world, f"Pembaca; {world.reader.email}")
    invitation = CohortInvitation.objects.get()
    assert invitation.accepted_at and invitation.state is InvitationState.ACCEPTED
    (message,) = delivered()
    assert "/undangan/" not in message.body
    assert can_edit(world.reader, invitation.entry)
    client.force_login(world.reader)
    assert invitation.entry.title_plain in client.get(reverse("account")).content.decode()


def test_somebody_who_wrote_already_keeps_that_entry(world):
    inviting.invite(world.cohort, rows_of_text(f"Penulis; {world.submitter.email}"), actor=world.institution)
    invitation = CohortInvitation.objects.get()
    assert invitation.entry == world.entry and invitation.state is InvitationState.WRITTEN


def test_accepting_by_the_link_once(client, world):
    inviting.invite(world.cohort, rows_of_text("Siti; siti@contoh.go.id"), actor=world.institution)
    path = link_in(delivered()[0])
    assert client.get(path).status_code == 200
    assert CohortInvitation.objects.get().state is InvitationState.SENT
    assert client.post(path, PASSWORD).status_code == 302
    invitation = CohortInvitation.objects.get()
    assert invitation.state is InvitationState.ACCEPTED and invitation.user.is_active
    client.logout()
    assert client.post(path, PASSWORD).status_code == 410


def test_registering_instead_of_the_link_accepts_too(client, world):
    inviting.invite(world.cohort, rows_of_text("Siti; siti@contoh.go.id"), actor=world.institution)
    delivered()
    client.post(reverse("register"), {"name": "Siti", "address": "siti@contoh.go.id"})
    client.post(link_in(delivered()[0]), PASSWORD)
    assert CohortInvitation.objects.get().accepted_at


def test_withdrawing_takes_the_untouched_draft_and_the_person_away(client, world):
    inviting.invite(world.cohort, rows_of_text("Siti; siti@contoh.go.id"), actor=world.institution)
    path = link_in(delivered()[0])
    invitation = CohortInvitation.objects.get()
    entries = Innovation.objects.count()
    client.force_login(world.institution)
    client.post(reverse("curation_invitation", args=[world.cohort.pk, invitation.pk]), {"tarik": "1"})
    assert Innovation.objects.count() == entries - 1
    assert not User.objects.filter(email="siti@contoh.go.id").exists()
    client.logout()
    assert client.post(path, PASSWORD).status_code == 410
    assert inviting.invite(world.cohort, rows_of_text("Siti; siti@contoh.go.id"), actor=world.institution).sent == 1


def test_withdrawing_leaves_what_somebody_wrote(world):
    inviting.invite(world.cohort, rows_of_text(f"Penulis; {world.submitter.email}"), actor=world.institution)
    inviting.withdraw(CohortInvitation.objects.get(), actor=world.institution)
    assert Innovation.objects.filter(pk=world.entry.pk).exists()
    assert User.objects.filter(email=world.submitter.email).exists()


def test_sending_again_is_limited(client, world):
    inviting.invite(world.cohort, rows_of_text("Siti; siti@contoh.go.id"), actor=world.institution)
    client.force_login(world.institution)
    address = reverse("curation_invitation", args=[world.cohort.pk, CohortInvitation.objects.get().pk])
    for _number in range(4):
        assert client.post(address).status_code == 302
    assert QueuedMail.objects.count() == 3


@pytest.mark.parametrize("who", ["institution", "colleague", "curator", "editor", "administrator"])
def test_who_may(client, world, who):
    client.force_login(getattr(world, who))
    assert client.get(page(world)).status_code == 200
    assert client.get(reverse("curation_cohorts")).status_code == 200
    assert send(client, world).status_code == 302


@pytest.mark.parametrize("who", ["other", "agency_reviewer", "submitter", "reader"])
def test_who_may_not(client, world, who):
    inviting.invite(world.cohort, rows_of_text("Rahasia; rahasia@contoh.go.id"), actor=world.institution)
    invitation = CohortInvitation.objects.get()
    client.force_login(getattr(world, who))
    for response in (
        client.get(page(world)),
        send(client, world),
        client.post(reverse("curation_invitation", args=[world.cohort.pk, invitation.pk]), {"tarik": "1"}),
    ):
        assert response.status_code == 403 and b"rahasia" not in response.content.lower()
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None and CohortInvitation.objects.count() == 1


def test_an_invitation_of_another_cohort_is_not_found(client, world):
    inviting.invite(world.cohort, rows_of_text("Siti; siti@contoh.go.id"), actor=world.institution)
    other = world.cohort.__class__.objects.create(
        programme=world.cohort.programme, institution=world.other.institutionmemberships.get().institution, year=2024
    )
    client.force_login(world.other)
    address = reverse("curation_invitation", args=[other.pk, CohortInvitation.objects.get().pk])
    assert client.post(address, {"tarik": "1"}).status_code == 404
