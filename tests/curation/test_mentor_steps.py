"""A mentor with an account, and what others may do while an entry waits for its mentor."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from innovation_hub.core.roles import Role, roles_of
from innovation_hub.curation.models import MentorLink, ReviewTaskState, Transition
from innovation_hub.curation.services import mentors, overdue, reviews
from innovation_hub.curation.services.workflow import state_of
from innovation_hub.innovations.models import Innovation, InnovationLogEntry, Innovator
from tests.curation.mentors import ADDRESS, confirm, link_of, make_mentor_world, page, token_in, waiting_for_mentor
from tests.curation.world import make_older, person, review_of

pytestmark = pytest.mark.django_db
State = Transition.State


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def world():
    return make_mentor_world()


@pytest.fixture
def mails(mailoutbox, django_capture_on_commit_callbacks):
    """Return a function that runs another one with what follows from its commit, and gives the mails so far."""

    def run(step):
        with django_capture_on_commit_callbacks(execute=True):
            found = step()
        return found, mailoutbox

    return run


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def state(review: ReviewTaskState) -> str:
    return state_of(Innovation.objects.get(pk=review.entry_id))


def post(user, name: str, review: ReviewTaskState, **data):
    return signed_in(user).post(reverse(name, args=[review.pk]), data)


def test_a_mentor_with_an_account_decides_at_the_desk(world, mails):
    mentor = person()
    review, outbox = mails(lambda: waiting_for_mentor(world, mentor.email.upper()))
    assert [side.key for side in review.sides.all()] == [f"user:{mentor.pk}"]
    assert not MentorLink.objects.exists()
    assert outbox[-1].to == [mentor.email]
    assert reverse("curation_desk", args=[review.pk]) in outbox[-1].body
    client = signed_in(mentor)
    assert review.title in client.get(reverse("curation_queue")).content.decode()
    desk = client.get(reverse("curation_desk", args=[review.pk]))
    assert desk.context["may_decide"]
    assert not desk.context["may_ask_mentor"]
    decided = client.post(reverse("curation_decide", args=[review.pk]), {"decision": "setujui"}, follow=True)
    assert decided.status_code == 200
    assert state(review) == State.INSTITUTION
    assert Transition.objects.filter(entry=review.entry).last().actor == mentor


def test_the_mentors_role_opens_nothing_else(world):
    mentor = person()
    review = waiting_for_mentor(world, mentor.email)
    other = waiting_for_mentor(world, "lain@contoh.go.id")
    mentor = type(mentor).objects.get(pk=mentor.pk)
    assert roles_of(mentor) == {Role.MENTOR}
    assert not Innovation.objects.visible_to(mentor).exists()
    client = signed_in(mentor)
    assert client.get(reverse("curation_desk", args=[other.pk])).status_code == 403
    editor = client.get(reverse("hub_innovations:edit", args=[review.entry_id]), follow=True)
    assert "id_title_plain" not in editor.content.decode()
    with pytest.raises(PermissionDenied):
        reviews.approve(other, actor=mentor)


def test_a_deactivated_account_is_asked_by_link_when_the_mail_is_sent_again(world, mails):
    mentor = person()
    review, _outbox = mails(lambda: waiting_for_mentor(world, mentor.email))
    type(mentor).objects.filter(pk=mentor.pk).update(is_active=False)
    _none, outbox = mails(lambda: mentors.ask_again(review, actor=world.submitter))
    assert page(token_in(outbox[-1])).status_code == 200


def test_the_writer_sends_the_link_again_to_another_address_and_both_are_logged(world, mails):
    review, outbox = mails(lambda: waiting_for_mentor(world))
    before = token_in(outbox[-1])
    data = {"mentor-address": "Baru@contoh.go.id", "mentor-name": "Pak Baru"}
    answered, outbox = mails(lambda: post(world.submitter, "curation_mentor", review, **data))
    assert answered.status_code == 302
    assert outbox[-1].to == ["baru@contoh.go.id"]
    assert page(before).status_code == 410
    assert confirm(token_in(outbox[-1])).status_code == 200
    line = InnovationLogEntry.objects.filter(action="innovation.mentor").get()
    assert line.user == world.submitter
    assert line.data["address_changed"] is True
    assert "baru@" not in repr(line.data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"mentor-address": "bukan alamat"}, "valid"),
        ({"mentor-address": "SUBMITTER"}, "somebody else"),
        ({"mentor-address": "bu.atasan@gmail.com"}, "not a private one"),
    ],
)
def test_an_address_that_cant_be_the_mentors_changes_nothing(world, mails, data, words):
    review, _outbox = mails(lambda: waiting_for_mentor(world))
    data = {name: value.replace("SUBMITTER", world.submitter.email) for name, value in data.items()}
    answered = post(world.submitter, "curation_mentor", review, **data)
    assert answered.status_code == 200
    assert words in answered.content.decode()
    assert Innovator.objects.get(entry=review.entry).email == ADDRESS
    assert review.mentor_links.count() == 1


def test_nobody_is_flooded_with_mail(world):
    review = waiting_for_mentor(world)
    for _time in range(mentors.LINKS_A_DAY - 1):
        mentors.ask_again(review, actor=world.submitter)
    with pytest.raises(ValidationError, match="several times"):
        mentors.ask_again(review, actor=world.submitter)


@pytest.mark.parametrize("who", ["other", "agency_reviewer", "reader"])
def test_strangers_neither_see_the_address_nor_steer(world, who):
    review = waiting_for_mentor(world)
    user = getattr(world, who)
    assert post(user, "curation_mentor", review).status_code == 403
    assert post(user, "curation_skip", review, **{"lewati-comment": "Ya."}).status_code == 403
    assert state(review) == State.MENTOR


def test_the_institution_may_go_on_without_the_mentor_and_says_why(world):
    review = waiting_for_mentor(world)
    assert post(world.submitter, "curation_skip", review, **{"lewati-comment": "Ya."}).status_code == 403
    assert post(world.institution, "curation_skip", review).status_code == 200
    assert state(review) == State.MENTOR
    done = post(world.institution, "curation_skip", review, **{"lewati-comment": "Mentor pensiun."})
    assert done.status_code == 302
    assert state(review) == State.INSTITUTION
    last = Transition.objects.filter(entry=review.entry).last()
    assert (last.reason, last.comment, last.actor) == ("dilewati-lembaga", "Mentor pensiun.", world.institution)
    desk = signed_in(world.institution).get(reverse("curation_desk", args=[review_of(review.entry).pk]))
    assert "without the mentor" in desk.content.decode()


def test_without_a_mentor_on_record_the_institution_stands_in(world):
    review = waiting_for_mentor(world)
    Innovator.objects.filter(entry=review.entry).delete()
    mentors.follow_person(review.entry_id)
    review = review_of(review.entry)
    assert [side.key for side in review.sides.all()] == [f"institution:{world.cohort.institution_id}"]
    assert review.stand_in == "tanpa-mentor"
    reviews.approve(review, actor=world.institution)
    assert state(review) == State.INSTITUTION


def test_a_mentor_is_reminded_once(world, mails):
    review, outbox = mails(lambda: waiting_for_mentor(world))
    make_older(review, 30)
    first = token_in(outbox[-1])
    _none, outbox = mails(lambda: call_command("advance_overdue", verbosity=0))
    assert len(outbox) == 2
    assert page(first).status_code == 410
    _none, outbox = mails(lambda: call_command("advance_overdue", verbosity=0))
    assert len(outbox) == 2
    assert state(review) == State.MENTOR


def test_a_mail_that_cant_be_sent_is_said_at_the_desk(world, mails, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("no server")

    monkeypatch.setattr("innovation_hub.curation.services.mentor_mail.EmailMessage.send", fail)
    review, _outbox = mails(lambda: waiting_for_mentor(world))
    assert link_of(review).sent_at is None
    desk = signed_in(world.submitter).get(reverse("curation_desk", args=[review.pk]))
    assert "could not be sent" in desk.content.decode()


def test_addresses_are_forgotten_ninety_days_after_the_workflow_ended(world, mails):
    review, outbox = mails(lambda: waiting_for_mentor(world))
    running = waiting_for_mentor(world, "berjalan@contoh.go.id")
    confirm(token_in(outbox[-1]))
    reviews.approve(review_of(review.entry), actor=world.institution)
    assert overdue.forget_mentor_addresses() == 0, "the workflow still runs"
    reviews.approve(review_of(review.entry), actor=world.curator)
    assert overdue.forget_mentor_addresses() == 0, "it has just ended"
    ReviewTaskState.objects.filter(entry=review.entry).update(finished_at=timezone.now() - timedelta(days=91))
    ReviewTaskState.objects.filter(pk=running.pk).update(finished_at=None)
    assert overdue.forget_mentor_addresses() == 1
    assert Innovator.objects.get(entry=review.entry).email == ""
    assert not MentorLink.objects.filter(review__entry=review.entry).exclude(address="").exists()
    assert Innovator.objects.get(entry=running.entry).email == "berjalan@contoh.go.id"
    assert page(token_in(outbox[0])).status_code == 410


def test_the_form_of_an_entry_says_that_a_mentor_is_needed_and_leads_there(world):
    Innovator.objects.all().delete()
    client = signed_in(world.submitter)
    form = client.get(reverse("hub_innovations:edit", args=[world.entry.pk])).content.decode()
    address = f"{reverse('hub_innovators:add')}?entry={world.entry.pk}&amp;role=mentor"
    assert address in form
    added = client.get(address.replace("&amp;", "&"))
    assert added.context["form"].initial["role"] == "mentor"
    data = {
        "entry": world.entry.pk,
        "role": "mentor",
        "name": "Bu Atasan",
        "position": "",
        "phone": "",
        "nip": "",
        "nik": "",
    }
    wrong = client.post(reverse("hub_innovators:add"), {**data, "email": "bukan alamat"})
    assert "email" in wrong.context["form"].errors
    assert client.post(reverse("hub_innovators:add"), {**data, "email": ADDRESS}).status_code == 302
    assert address not in client.get(reverse("hub_innovations:edit", args=[world.entry.pk])).content.decode()
