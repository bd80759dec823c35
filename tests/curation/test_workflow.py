"""From training to publication: who decides, who sees, who may not, and what the log says."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from innovation_hub.curation.models import InstitutionReviewTask, LabCurationTask, ReviewTaskState, Transition
from innovation_hub.curation.services import overdue, reviews
from innovation_hub.curation.services.setup import ensure_curation_setup
from innovation_hub.curation.services.workflow import state_of, submit
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_edit, can_view
from tests.curation.world import give_workflow
from tests.factories import (
    AgencyMembershipFactory,
    CohortFactory,
    InstitutionMembershipFactory,
    LabMembershipFactory,
    ProgrammeFactory,
    RegionFactory,
    TermFactory,
    UnitFactory,
    UrusanFactory,
    UserFactory,
    make_draft,
)

pytestmark = pytest.mark.django_db
State = Transition.State


@pytest.fixture
def world():
    """A Latsar entry ready to be submitted, and the people around it."""
    programme = ProgrammeFactory(code="latsar")
    ensure_curation_setup()
    give_workflow(programme, InstitutionReviewTask, LabCurationTask)
    cohort = CohortFactory(programme=programme)
    submitter = AgencyMembershipFactory().user
    unit = UnitFactory()
    entry = make_draft(
        user=submitter,
        created_by=submitter,
        steward=submitter,
        agency=unit.agency,
        unit=unit,
        region=RegionFactory(),
        origin_channel=TermFactory(vocabulary="origin_channels", code="pelatihan"),
        training_product=TermFactory(vocabulary="training_products", code="aktualisasi"),
        stage=TermFactory(vocabulary="stages", code="penerapan"),
        urusan_primary=UrusanFactory(),
        cohort=cohort,
        title_plain="Pasien mengambil nomor antrean dari rumah",
        summary="Ringkas.",
        problem="<p>Antre lama.</p>",
        objectives="<p>Antre singkat.</p>",
        implemented_on="2024",
    )
    TermFactory(vocabulary="return_reasons", code="data-kurang")
    from innovation_hub.curation.models import Lab

    return {
        "entry": entry,
        "submitter": submitter,
        "institution": InstitutionMembershipFactory(institution=cohort.institution).user,
        "other": InstitutionMembershipFactory().user,
        "curator": LabMembershipFactory(lab=Lab.objects.get(is_default=True)).user,
    }


def review_of(entry) -> ReviewTaskState:
    return Innovation.objects.get(pk=entry.pk).current_workflow_task_state


def test_an_entry_goes_from_draft_over_institution_and_lab_to_publication(world):
    entry = world["entry"]
    submit(entry, actor=world["submitter"])
    assert state_of(Innovation.objects.get(pk=entry.pk)) == State.INSTITUTION
    reviews.approve(review_of(entry), actor=world["institution"])
    assert state_of(Innovation.objects.get(pk=entry.pk)) == State.CURATION
    reviews.approve(review_of(entry), actor=world["curator"], comment="Baik.")
    published = Innovation.objects.get(pk=entry.pk)
    assert published.is_public
    assert published.registry_number
    assert state_of(published) == State.PUBLISHED
    steps = list(published.transitions.values_list("from_state", "to_state", "actor"))
    assert steps == [
        (State.DRAFT, State.INSTITUTION, world["submitter"].pk),
        (State.INSTITUTION, State.CURATION, world["institution"].pk),
        (State.CURATION, State.PUBLISHED, world["curator"].pk),
    ]


def test_an_incomplete_entry_is_not_submitted_and_says_what_is_missing(world):
    entry = world["entry"]
    entry.summary = ""
    entry.save_revision(user=world["submitter"])
    with pytest.raises(ValidationError, match=r"[Rr]ingkasan|summary"):
        submit(Innovation.objects.get(pk=entry.pk), actor=world["submitter"])
    assert not ReviewTaskState.objects.exists()


def test_another_institution_neither_sees_nor_decides(world):
    submit(world["entry"], actor=world["submitter"])
    entry = Innovation.objects.get(pk=world["entry"].pk)
    assert not can_view(world["other"], entry)
    assert not Innovation.objects.visible_to(world["other"]).exists()
    assert not reviews.waiting_for(world["other"]).exists()
    with pytest.raises(PermissionDenied):
        reviews.approve(review_of(entry), actor=world["other"])


def test_the_right_people_find_it_waiting(world):
    submit(world["entry"], actor=world["submitter"])
    assert [one.entry_id for one in reviews.waiting_for(world["institution"])] == [world["entry"].pk]
    assert not reviews.waiting_for(world["curator"]).exists()
    assert not reviews.waiting_for(world["submitter"]).exists()


def test_nobody_decides_on_what_they_wrote(world):
    submit(world["entry"], actor=world["submitter"])
    entry = Innovation.objects.get(pk=world["entry"].pk).get_latest_revision_as_object()
    assert can_edit(world["institution"], entry)
    entry.summary = "Ditulis ulang oleh peninjau."
    entry.save_revision(user=world["institution"])
    decision = reviews.can_decide(review_of(entry), world["institution"])
    assert not decision
    assert decision.reason
    colleague = InstitutionMembershipFactory(institution=entry.cohort.institution).user
    assert reviews.can_decide(review_of(entry), colleague)


def test_a_save_that_changes_nothing_is_no_edit(world):
    submit(world["entry"], actor=world["submitter"])
    entry = Innovation.objects.get(pk=world["entry"].pk).get_latest_revision_as_object()
    entry.save_revision(user=world["institution"])
    assert reviews.can_decide(review_of(entry), world["institution"])
    reviews.approve(review_of(entry), actor=world["institution"])
    draft = Innovation.objects.get(pk=entry.pk).get_latest_revision_as_object()
    draft.save_revision(user=world["curator"])
    reviews.approve(review_of(entry), actor=world["curator"])
    assert Innovation.objects.get(pk=entry.pk).is_public


def test_an_edit_in_curation_asks_the_institution_again(world):
    submit(world["entry"], actor=world["submitter"])
    reviews.approve(review_of(world["entry"]), actor=world["institution"])
    draft = Innovation.objects.get(pk=world["entry"].pk).get_latest_revision_as_object()
    draft.summary = "Diubah di kurasi."
    draft.save_revision(user=world["curator"])
    second = LabMembershipFactory(lab_id=int(review_of(draft).sides.get().key.split(":")[1])).user
    reviews.approve(review_of(draft), actor=second)
    assert state_of(Innovation.objects.get(pk=draft.pk)) == State.INSTITUTION


def test_sending_back_needs_a_coded_reason_and_a_comment(world):
    submit(world["entry"], actor=world["submitter"])
    review = review_of(world["entry"])
    for reason, comment in (("", "Lengkapi."), ("data-kurang", " "), ("tidak-ada", "Lengkapi.")):
        with pytest.raises(ValidationError):
            reviews.send_back(review, actor=world["institution"], reason=reason, comment=comment)
    reviews.send_back(review, actor=world["institution"], reason="data-kurang", comment="Lengkapi.")
    entry = Innovation.objects.get(pk=world["entry"].pk)
    assert state_of(entry) == State.RETURNED
    last = entry.transitions.last()
    assert (last.reason, last.comment, last.actor) == ("data-kurang", "Lengkapi.", world["institution"])


def test_a_returned_entry_goes_back_to_whoever_returned_it(world):
    submit(world["entry"], actor=world["submitter"])
    reviews.send_back(review_of(world["entry"]), actor=world["institution"], reason="data-kurang", comment="Lengkapi.")
    entry = Innovation.objects.get(pk=world["entry"].pk).get_latest_revision_as_object()
    entry.summary = "Lebih lengkap."
    entry.save_revision(user=world["submitter"])
    submit(Innovation.objects.get(pk=entry.pk), actor=world["submitter"])
    assert state_of(Innovation.objects.get(pk=entry.pk)) == State.INSTITUTION
    assert reviews.waiting_for(world["institution"]).count() == 1


def test_old_and_new_institution_both_agree_when_a_draft_moves_a_published_entry(world):
    submit(world["entry"], actor=world["submitter"])
    reviews.approve(review_of(world["entry"]), actor=world["institution"])
    reviews.approve(review_of(world["entry"]), actor=world["curator"])
    live = Innovation.objects.get(pk=world["entry"].pk)
    cohort = CohortFactory(programme=live.programme)
    newcomer = InstitutionMembershipFactory(institution=cohort.institution).user
    draft = live.get_latest_revision_as_object()
    draft.cohort = cohort
    draft.save_revision(user=world["submitter"])
    live.refresh_from_db()
    assert live.institution != cohort.institution
    assert can_view(newcomer, live)
    assert live in Innovation.objects.visible_to(newcomer)
    submit(live, actor=world["submitter"])
    reviews.approve(review_of(live), actor=world["institution"])
    assert state_of(Innovation.objects.get(pk=live.pk)) == State.INSTITUTION
    assert not reviews.can_decide(review_of(live), world["institution"])
    reviews.approve(review_of(live), actor=newcomer)
    assert state_of(Innovation.objects.get(pk=live.pk)) == State.CURATION


def test_what_someone_has_taken_is_theirs_until_released(world):
    submit(world["entry"], actor=world["submitter"])
    colleague = InstitutionMembershipFactory(institution=world["entry"].cohort.institution).user
    reviews.take(review_of(world["entry"]), actor=world["institution"])
    assert not reviews.can_decide(review_of(world["entry"]), colleague)
    with pytest.raises(PermissionDenied):
        reviews.release(review_of(world["entry"]), actor=colleague)
    reviews.release(review_of(world["entry"]), actor=world["institution"])
    assert reviews.can_decide(review_of(world["entry"]), colleague)


def test_silence_sends_on_to_the_lab_but_never_publishes(world, time_machine):
    entry = world["entry"]
    entry.cohort = None
    entry.programme = None
    entry.institution = None
    entry.training_product = None
    entry.origin_channel = TermFactory(vocabulary="origin_channels", code="mandiri")
    entry.save_revision(user=world["submitter"])
    submit(Innovation.objects.get(pk=entry.pk), actor=world["submitter"])
    assert state_of(Innovation.objects.get(pk=entry.pk)) == State.AGENCY
    assert not overdue.pass_on_silence(review_of(entry))
    review = review_of(entry)
    time_machine.move_to(f"{review.due_on.replace(year=review.due_on.year + 1)}T12:00:00+07:00")
    assert overdue.pass_on_silence(review_of(entry))
    entry = Innovation.objects.get(pk=entry.pk)
    assert state_of(entry) == State.CURATION
    assert not entry.live


def test_an_ended_membership_gives_no_right(world):
    submit(world["entry"], actor=world["submitter"])
    membership = world["institution"].institutionmemberships.get()
    membership.valid_until = membership.valid_from.replace(year=membership.valid_from.year - 1)
    membership.save()
    assert not reviews.can_decide(review_of(world["entry"]), world["institution"])


def test_running_an_import_or_having_no_account_is_no_authorship(world):
    assert not reviews.wrote_version(world["entry"], UserFactory())
