"""The mailed link of a mentor without an account: looking does nothing, answering works once, nothing else opens it."""

import hashlib
import logging

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from innovation_hub.curation.models import LinkState, MentorLink, ReviewTaskState, Transition
from innovation_hub.curation.services import mentors, reviews
from innovation_hub.curation.services.workflow import state_of, submit, take_back
from innovation_hub.innovations.models import Innovation, Innovator
from tests.curation.mentors import (
    ADDRESS,
    add_mentor,
    answer,
    confirm,
    link_of,
    make_mentor_world,
    page,
    token_in,
)
from tests.curation.world import review_of

pytestmark = pytest.mark.django_db
State = Transition.State


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


BACK = {"decision": "kembalikan", "kembalikan-reason": "data-kurang", "kembalikan-comment": "Bukan di unit saya."}


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def world():
    return make_mentor_world()


@pytest.fixture
def sent(world, mailoutbox, django_capture_on_commit_callbacks):
    """Submit the world's entry; return a function that gives the token of the n-th mail."""
    with django_capture_on_commit_callbacks(execute=True):
        submit(world.entry, actor=world.submitter)
    return lambda number=-1: token_in(mailoutbox[number])


def fresh(world) -> Innovation:
    return Innovation.objects.get(pk=world.entry.pk)


def test_submitting_needs_a_mentor_and_names_it(world):
    Innovator.objects.all().delete()
    with pytest.raises(Exception, match="mentor with name and office address"):
        submit(world.entry, actor=world.submitter)
    add_mentor(world.entry, "not an address")
    with pytest.raises(Exception, match="mentor with name"):
        submit(fresh(world), actor=world.submitter)


def test_a_writer_is_not_their_own_mentor(world):
    Innovator.objects.update(email=world.submitter.email.upper())
    with pytest.raises(Exception, match="none of the writers"):
        submit(world.entry, actor=world.submitter)


def test_the_mail_goes_to_the_mentor_alone_in_both_languages_and_holds_the_only_token(world, sent, mailoutbox):
    (mail,) = mailoutbox
    assert mail.to == [ADDRESS]
    assert "/en/mentor/" in mail.body
    token = sent()
    link = MentorLink.objects.get()
    secret = token.rpartition(".")[0]
    assert len(secret) >= 43, "256 random bits"
    assert link.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert link.sent_at
    for row in MentorLink.objects.values():
        assert secret not in repr(row)
    assert fresh(world).transitions.last().to_state == State.MENTOR
    review = review_of(world.entry)
    assert [side.key for side in review.sides.all()] == [f"mentor:{Innovator.objects.get().pk}"]


def test_looking_has_no_effect_and_leaves_no_trace_elsewhere(world, sent):
    for _time in range(3):
        answered = page(sent())
        assert answered.status_code == 200
    assert answered["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answered["Cache-Control"]
    assert "noindex" in answered["X-Robots-Tag"]
    assert "Set-Cookie" not in answered.headers
    assert not answered.cookies
    html = answered.content.decode()
    assert world.entry.title_plain in html
    assert world.unit.name in html
    assert world.cohort.institution.name in html
    assert ADDRESS not in html
    assert 'name="robots" content="noindex' in html
    assert "canonical" not in html
    assert link_of(review_of(world.entry)).state is LinkState.VALID
    assert page(sent(), "id").status_code == 200


def test_confirming_sends_it_on_once_and_the_log_names_a_key(world, sent):
    answered = confirm(sent(), "Benar.")
    assert answered.status_code == 200
    entry = fresh(world)
    assert state_of(entry) == State.INSTITUTION
    last = entry.transitions.last()
    assert (last.from_state, last.to_state, last.actor) == (State.MENTOR, State.INSTITUTION, None)
    assert last.actor_key == f"mentor:{Innovator.objects.get().pk}"
    again = confirm(sent())
    assert again.status_code == 410
    assert page(sent()).status_code == 410
    assert state_of(fresh(world)) == State.INSTITUTION
    assert fresh(world).transitions.count() == 2


def test_sending_back_needs_reason_and_comment_and_reaches_the_writer(world, sent, client):
    assert answer(sent(), decision="kembalikan").status_code == 200
    assert answer(sent(), **{**BACK, "kembalikan-reason": "karangan"}).status_code == 200
    assert state_of(fresh(world)) == State.MENTOR
    assert answer(sent(), **BACK).status_code == 200
    entry = fresh(world)
    last = entry.transitions.last()
    assert (last.to_state, last.reason, last.comment) == (State.RETURNED, "data-kurang", "Bukan di unit saya.")
    assert last.actor_key.startswith("mentor:")
    client.force_login(world.submitter)
    editor = client.get(reverse("hub_innovations:edit", args=[entry.pk])).content.decode()
    assert "Bukan di unit saya." in editor
    assert "None" not in editor[editor.index("hub-return") : editor.index("Bukan di unit saya.")]


def test_an_old_link_is_foreign_after_the_entry_was_sent_again(
    world, sent, mailoutbox, django_capture_on_commit_callbacks
):
    answer(sent(), **BACK)
    with django_capture_on_commit_callbacks(execute=True):
        submit(fresh(world), actor=world.submitter)
    assert len(mailoutbox) == 2
    assert confirm(sent(0)).status_code == 410
    assert state_of(fresh(world)) == State.MENTOR
    assert page(sent()).status_code == 200


def test_another_version_makes_the_link_foreign_and_an_unchanged_one_does_not(
    world, sent, mailoutbox, django_capture_on_commit_callbacks
):
    draft = fresh(world).get_latest_revision_as_object()
    draft.save_revision(user=world.administrator)
    assert page(sent(0)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        draft.summary = "Ditulis ulang."
        draft.save_revision(user=world.administrator)
    assert page(sent(0)).status_code == 410
    assert "Ditulis ulang." in page(sent()).content.decode()


def test_another_address_makes_the_link_foreign_wherever_it_was_changed(
    world, sent, mailoutbox, django_capture_on_commit_callbacks
):
    person = Innovator.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        person.email = "lain@contoh.go.id"
        person.save()
    assert page(sent(0)).status_code == 410
    assert mailoutbox[-1].to == ["lain@contoh.go.id"]
    assert page(sent()).status_code == 200
    Innovator.objects.update(email="ketiga@contoh.go.id")
    assert page(sent()).status_code == 410, "also when no signal says so"


def test_links_expire_and_end_with_the_review(world, sent, time_machine):
    link = link_of(review_of(world.entry))
    time_machine.move_to(link.expires_at)
    expired = page(sent())
    assert expired.status_code == 410
    assert "expired" in expired.content.decode()
    assert confirm(sent()).status_code == 410


def test_a_link_of_an_entry_that_was_taken_back_opens_nothing(world, sent):
    take_back(fresh(world), actor=world.submitter)
    assert confirm(sent()).status_code == 410
    assert state_of(fresh(world)) == State.DRAFT


def test_unknown_and_forged_links_are_told_what_to_do(world, sent):
    token = sent()
    secret, _dot, signature = token.rpartition(".")
    for wrong in ("x-y", f"{secret}x.{signature}", secret, mentors._signer.sign("never-made"), "é" * 40, "a." * 200):
        answered = page(wrong)
        assert answered.status_code == 404, wrong
        assert "training institution" in answered.content.decode()
        assert answered["Referrer-Policy"] == "no-referrer"
        assert confirm(wrong).status_code == 404
    assert state_of(fresh(world)) == State.MENTOR


def test_guessing_is_slowed_without_locking_anybody_out(world, sent):
    codes = [page(f"tebakan-{number}").status_code for number in range(40)]
    assert codes[0] == 404
    assert codes[-1] == 429
    assert page(sent()).status_code == 200


def test_one_link_takes_a_limited_number_of_answers(world, sent):
    codes = [answer(sent(), decision="kembalikan").status_code for _number in range(25)]
    assert codes[0] == 200
    assert codes[-1] == 429
    assert state_of(fresh(world)) == State.MENTOR


def test_the_token_is_in_no_log(world, sent, caplog):
    token = sent()
    caplog.set_level(logging.DEBUG)
    page(token)
    page("x-secret-guess")
    confirm(token)
    confirm(token)
    logging.getLogger("gunicorn.access").info('%(h)s "%(r)s"', {"h": "-", "r": f"GET /en/mentor/{token}/ HTTP/1.1"})
    logging.getLogger("gunicorn.error").error("Error handling request %s", f"/mentor/{token}/?x=1")
    text = caplog.text
    assert "/mentor/***" in text
    assert token.rpartition(".")[0] not in text
    assert "x-secret-guess" not in text


def test_a_link_and_somebody_at_the_desk_never_decide_twice(world, sent):
    link = mentors.find_link(sent())
    reviews.approve(review_of(world.entry), actor=world.administrator)
    with pytest.raises(mentors.LinkClosed):
        mentors.answer(link, confirm=True)
    assert fresh(world).transitions.count() == 2
    assert ReviewTaskState.objects.filter(entry=world.entry, status="approved").count() == 1


def test_an_entry_is_not_published_by_its_mentor_alone(world, sent):
    for task in list(world.cohort.programme.workflow.tasks)[1:]:
        task.active = False
        task.save()
    assert confirm(sent()).status_code == 200
    entry = fresh(world)
    assert not entry.live
    assert state_of(entry) == State.DRAFT
    assert entry.transitions.last().reason == "tanpa-tinjauan"
