"""The desk: what stands beside an entry, who may open it, how it is decided and what a refusal says."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from innovation_hub.curation.models import CurationNote, ReviewTaskState, Transition
from innovation_hub.curation.services import reviews
from innovation_hub.curation.services.workflow import state_of, submit
from innovation_hub.innovations.models import Innovation
from tests.curation.world import MARKER, make_curatable, make_older, make_world, review_of
from tests.factories import AgencyMembershipFactory, CohortFactory, InstitutionMembershipFactory

pytestmark = pytest.mark.django_db
State = Transition.State
GET_NAMES = ("curation_desk", "curation_desk_entry")
POST_NAMES = (
    "curation_take",
    "curation_release",
    "curation_decide",
    "curation_note",
    "curation_take_back",
)
BACK = {"decision": "kembalikan", "kembalikan-reason": "data-kurang", "kembalikan-comment": "Lengkapi cara ukur."}


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def review(world):
    submit(world.entry, actor=world.submitter)
    return review_of(world.entry)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def desk(user, review, name: str = "curation_desk"):
    return signed_in(user).get(reverse(name, args=[review.pk]))


def post(user, review, name: str = "curation_decide", **data):
    return signed_in(user).post(reverse(name, args=[review.pk]), data)


def fresh(world) -> Innovation:
    return Innovation.objects.get(pk=world.entry.pk)


@pytest.mark.parametrize("name", [*GET_NAMES, *POST_NAMES])
@pytest.mark.parametrize("who", ["other", "agency_reviewer", "foreign_submitter", "reader", "nobody"])
def test_strangers_get_not_a_word_of_the_entry(world, review, name, who):
    users = {"foreign_submitter": AgencyMembershipFactory().user, "nobody": None}
    user = users[who] if who in users else getattr(world, who)
    client = signed_in(user) if user else Client()
    address = reverse(name, args=[review.pk])
    for response in (client.get(address), client.post(address, BACK)):
        assert response.status_code in ((302,) if user is None else (403, 404, 405))
        assert MARKER not in response.content.decode()
        assert MARKER not in str(response.headers)
    assert ReviewTaskState.objects.get(pk=review.pk).is_open
    assert not ReviewTaskState.objects.get(pk=review.pk).taken_by


@pytest.mark.parametrize("name", POST_NAMES)
def test_acts_are_posts_with_a_token(world, review, name):
    address = reverse(name, args=[review.pk])
    assert signed_in(world.institution).get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.institution)
    assert strict.post(address, BACK).status_code == 403
    assert ReviewTaskState.objects.get(pk=review.pk).is_open


def test_a_review_that_is_not_there_is_not_found(world):
    assert signed_in(world.administrator).get(reverse("curation_desk", args=[987654])).status_code == 404


def test_the_desk_shows_gaps_training_sides_and_history(world, review):
    page = desk(world.institution, review)
    words = page.content.decode()
    assert world.entry.title_plain in words
    submission, curated, *_rest = page.context["checks"]
    assert submission.passed
    assert "how it works" in curated.notes[0]
    assert "prerequisites" in curated.notes[0]
    with translation.override("en"):
        assert dict(page.context["training"])["Cohort"] == world.cohort.label
    assert [side.name for side in page.context["sides"]] == [world.cohort.institution.name]
    assert [(step.state, step.actor) for step in page.context["history"]] == [
        ("Waits for the training institution", str(world.submitter))
    ]


def test_personal_data_is_found_and_shown_masked(world):
    review = world.submitted(problem="<p>Hubungi 081234567890 atau budi@gmail.com.</p>")
    page = desk(world.institution, review)
    check = next(one for one in page.context["checks"] if "ersonal data" in one.label)
    assert not check.passed
    assert len(check.notes) == 2
    assert "081234567890" not in page.content.decode()
    assert "budi@gmail.com" not in page.content.decode()


def test_the_frame_shows_the_newest_version_and_nothing_of_the_site_around(world, review):
    draft = fresh(world).get_latest_revision_as_object()
    draft.summary = "Ringkasan paling baru."
    draft.save_revision(user=world.submitter)
    frame = desk(world.institution, review, "curation_desk_entry")
    words = frame.content.decode()
    assert "Ringkasan paling baru." in words
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "noindex" in words


def test_approval_hands_on_and_opens_the_next_one(world, review):
    waiting = world.submitted(title_plain="Menunggu juga")
    make_older(review, 3)
    answer = post(world.institution, review, decision="setujui", **{"setujui-comment": "Fakta benar."})
    assert answer["Location"] == reverse("curation_desk", args=[waiting.pk])
    assert state_of(fresh(world)) == State.CURATION
    assert ReviewTaskState.objects.get(pk=review.pk).comment == "Fakta benar."
    answer = post(world.institution, waiting, decision="setujui")
    assert answer["Location"] == reverse("curation_queue")


def test_the_look_at_the_queue_is_kept_from_desk_to_desk(world, review):
    waiting = world.submitted(title_plain="Menunggu juga")
    make_older(review, 3)
    client = signed_in(world.institution)
    query = f"lembaga={world.cohort.institution_id}"
    page = client.get(f"{reverse('curation_desk', args=[review.pk])}?{query}")
    assert page.context["next_address"] == f"{reverse('curation_desk', args=[waiting.pk])}?{query}"
    assert f"{reverse('curation_queue')}?{query}" in page.content.decode()


def test_sending_back_needs_reason_and_comment_beside_their_fields(world, review):
    answer = post(world.institution, review, decision="kembalikan")
    assert answer.status_code == 200
    errors = answer.context["back_form"].errors
    assert set(errors) == {"reason", "comment"}
    assert "Choose a reason" in answer.content.decode()
    assert ReviewTaskState.objects.get(pk=review.pk).is_open
    wrong = post(world.institution, review, **{**BACK, "kembalikan-reason": "karangan"})
    assert "reason" in wrong.context["back_form"].errors
    assert post(world.institution, review, **BACK).status_code == 302
    assert state_of(fresh(world)) == State.RETURNED
    last = fresh(world).transitions.last()
    assert (last.reason, last.comment, last.actor) == ("data-kurang", "Lengkapi cara ukur.", world.institution)


def test_whoever_wrote_it_reads_why_they_may_not_decide(world, review):
    draft = fresh(world).get_latest_revision_as_object()
    draft.summary = "Ditulis ulang oleh peninjau."
    draft.save_revision(user=world.institution)
    reason = "You wrote part of this version"
    page = desk(world.institution, review)
    assert reason in page.content.decode()
    assert not page.context["may_decide"]
    refused = post(world.institution, review, decision="setujui")
    assert refused.status_code == 403
    assert reason in refused.content.decode()
    assert post(world.colleague, review, decision="setujui").status_code == 302


def test_the_editor_is_one_link_away_with_its_consequence(world, review):
    words = desk(world.institution, review).content.decode()
    assert reverse("hub_innovations:edit", args=[world.entry.pk]) in words
    assert "someone else must decide" in words


def test_a_taken_entry_is_decided_by_its_holder_only(world, review):
    assert post(world.institution, review, "curation_take", **{"from": "desk"})["Location"] == reverse(
        "curation_desk", args=[review.pk]
    )
    refused = post(world.colleague, review, decision="setujui")
    assert refused.status_code == 403
    assert str(world.institution) in refused.content.decode()
    assert post(world.colleague, review, "curation_release").status_code == 403
    assert desk(world.institution, review).context["may_release"]
    assert post(world.institution, review, "curation_release").status_code == 302


def test_curators_publish_as_registered_when_something_is_missing(world, review):
    reviews.approve(review, actor=world.institution)
    last = review_of(world.entry)
    page = desk(world.curator, last)
    assert page.context["publishes"]
    assert [value for value, _label in page.context["approve_form"].fields["level"].choices] == ["terdaftar"]
    forced = post(world.curator, last, decision="setujui", **{"setujui-level": "terkurasi"})
    assert "level" in forced.context["approve_form"].errors
    assert not fresh(world).live
    assert post(world.curator, last, decision="setujui", **{"setujui-level": "terdaftar"}).status_code == 302
    entry = fresh(world)
    assert (entry.is_public, entry.publication_level) == (True, "terdaftar")


def test_curators_publish_as_curated_when_everything_is_there(world):
    make_curatable(world.entry, by=world.submitter)
    submit(fresh(world), actor=world.submitter)
    reviews.approve(review_of(world.entry), actor=world.institution)
    last = review_of(world.entry)
    assert "level" not in desk(world.institution, last).context["approve_form"].fields
    answer = post(world.curator, last, decision="setujui", **{"setujui-level": "terkurasi"})
    assert answer.status_code == 302
    entry = fresh(world)
    assert (entry.is_public, entry.publication_level) == (True, "terkurasi")
    assert list(entry.transitions.values_list("to_state", "actor"))[-1] == (State.PUBLISHED, world.curator.pk)


def test_a_level_that_no_longer_fits_publishes_nothing(world, review, monkeypatch):
    reviews.approve(review, actor=world.institution)
    monkeypatch.setattr("innovation_hub.curation.services.decisions.levels_for", lambda version, user: ["terkurasi"])
    answer = post(world.curator, review_of(world.entry), decision="setujui", **{"setujui-level": "terkurasi"})
    assert "Still missing" in answer.content.decode()
    entry = fresh(world)
    assert (entry.live, state_of(entry)) == (False, State.CURATION)
    assert not entry.registry_number


def test_a_decision_on_an_ended_review_is_refused(world, review):
    reviews.approve(review, actor=world.institution)
    for decision in ("setujui", "kembalikan"):
        answer = post(world.institution, review, **{**BACK, "decision": decision})
        assert answer.status_code == 403
        assert "has ended" in answer.content.decode()
    assert desk(world.institution, review).status_code == 200


def test_both_sides_are_named_and_the_first_to_agree_is_told_so(world, review):
    reviews.approve(review, actor=world.institution)
    reviews.approve(review_of(world.entry), actor=world.curator)
    cohort = CohortFactory(programme=world.cohort.programme)
    newcomer = InstitutionMembershipFactory(institution=cohort.institution).user
    draft = fresh(world).get_latest_revision_as_object()
    draft.cohort = cohort
    draft.lessons = "<p>Dua orang bergantian.</p>"
    draft.save_revision(user=world.submitter)
    submit(fresh(world), actor=world.submitter)
    moved = review_of(world.entry)
    page = desk(world.institution, moved)
    assert {side.name for side in page.context["sides"]} == {cohort.institution.name, world.cohort.institution.name}
    since_published = page.context["changes"][0]
    assert {"Cohort", "Lessons"} <= set(since_published.fields)
    assert since_published.address
    assert moved.flags == {"moves": 1, "update": 1}
    post(world.institution, moved, decision="setujui")
    page = desk(world.institution, moved)
    assert not page.context["may_decide"]
    assert "the other side has not answered" in page.content.decode()
    assert [bool(side.agreed_by) for side in page.context["sides"]] == [False, True]
    post(newcomer, moved, decision="setujui")
    assert state_of(fresh(world)) == State.CURATION


def test_a_resubmitted_entry_says_what_changed_since_it_was_sent_back(world, review):
    reviews.send_back(review, actor=world.institution, reason="data-kurang", comment="Perjelas.")
    draft = fresh(world).get_latest_revision_as_object()
    draft.summary = "Lebih jelas."
    draft.save_revision(user=world.submitter)
    submit(fresh(world), actor=world.submitter)
    again = review_of(world.entry)
    assert again.flags == {"came-back": 1}
    page = desk(world.institution, again)
    assert [change.fields for change in page.context["changes"]] == [["Summary"]]
    assert "Perjelas." in page.content.decode()
    assert "Data kurang" in page.content.decode()


def test_notes_are_for_those_who_review(world, review):
    answer = post(
        world.institution, review, "curation_note", **{"catatan-text": "Siapa saksinya?", "catatan-field": "claims"}
    )
    assert answer["Location"].endswith("#catatan")
    note = CurationNote.objects.get()
    assert (note.entry_id, note.author, note.field) == (world.entry.pk, world.institution, "claims")
    assert "Siapa saksinya?" in desk(world.curator, review).content.decode()
    empty = post(world.institution, review, "curation_note", **{"catatan-text": " "})
    assert empty.context["note_form"].errors
    page = desk(world.submitter, review)
    assert "Siapa saksinya?" not in page.content.decode()
    assert post(world.submitter, review, "curation_note", **{"catatan-text": "Halo"}).status_code == 403
    assert CurationNote.objects.count() == 1


def test_submitters_see_where_their_entry_waits_and_may_take_it_back(world, review):
    page = desk(world.submitter, review)
    assert page.status_code == 200
    assert not page.context["may_decide"]
    assert page.context["may_take_back"]
    assert post(world.institution, review, "curation_take_back").status_code == 403
    assert post(world.submitter, review, "curation_take_back").status_code == 302
    entry = fresh(world)
    assert state_of(entry) == State.DRAFT
    last = entry.transitions.last()
    assert (last.from_state, last.to_state, last.actor) == (State.INSTITUTION, State.DRAFT, world.submitter)


def test_taking_back_a_change_of_a_published_entry_leaves_it_published(world, review):
    reviews.approve(review, actor=world.institution)
    reviews.approve(review_of(world.entry), actor=world.curator)
    draft = fresh(world).get_latest_revision_as_object()
    draft.summary = "Diubah."
    draft.save_revision(user=world.submitter)
    submit(fresh(world), actor=world.submitter)
    post(world.submitter, review_of(world.entry), "curation_take_back")
    entry = fresh(world)
    assert entry.is_public
    states = list(entry.transitions.values_list("to_state", flat=True))
    assert states[-2:] == [State.INSTITUTION, State.PUBLISHED]


def test_the_desk_costs_the_same_whatever_the_history(world, review, django_assert_max_num_queries):
    client = signed_in(world.institution)
    address = reverse("curation_desk", args=[review.pk])
    client.get(address)
    for n in range(12):
        CurationNote.objects.create(entry=world.entry, author=world.curator, text=f"Catatan {n}")
        Transition.objects.create(entry=world.entry, actor=world.curator, to_state=State.INSTITUTION)
    with django_assert_max_num_queries(80):
        page = client.get(address)
    assert len(page.context["notes"]) == 12
