"""A small registry under review: one Latsar entry, and the people around it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Workflow, WorkflowTask
from wagtail.users.models import UserProfile

from innovation_hub.accounts.models import User
from innovation_hub.curation.models import InstitutionReviewTask, Lab, LabCurationTask, ReviewTaskState
from innovation_hub.curation.services.setup import ensure_curation_setup
from innovation_hub.curation.services.workflow import submit
from innovation_hub.innovations.models import Claim, Innovation, Prerequisite
from innovation_hub.training.models import Cohort, TrainingProgramme
from tests.factories import (
    AdministratorFactory,
    AgencyMembershipFactory,
    CohortFactory,
    InstitutionMembershipFactory,
    LabMembershipFactory,
    ProgrammeFactory,
    RegionFactory,
    TermFactory,
    ThemeFactory,
    UnitFactory,
    UrusanFactory,
    UserFactory,
    make_draft,
)

MARKER = "zirbelkiefer"


@dataclass
class World:
    """Who is who; ``entry`` is a draft ready to be submitted, its title has the :data:`MARKER`."""

    cohort: Cohort
    unit: Any
    submitter: User
    institution: User
    colleague: User
    other: User
    agency_reviewer: User
    curator: User
    second_curator: User
    editor: User
    administrator: User
    reader: User
    entry: Innovation

    def submitted(self, **fields: Any) -> ReviewTaskState:
        """Return the review of a new, submitted entry."""
        cohort = fields.pop("cohort", self.cohort)
        entry = draft_in(cohort, self.unit, self.submitter, **fields)
        submit(entry, actor=self.submitter)
        return review_of(entry)


def make_world() -> World:
    """Make the world: institution review, then lab curation. Its people read English, the language of message ids."""
    programme = ProgrammeFactory(code="latsar", label_id="Latsar CPNS")
    ensure_curation_setup()
    give_workflow(programme, InstitutionReviewTask, LabCurationTask)
    TermFactory(vocabulary="return_reasons", code="data-kurang", label_id="Data kurang")
    cohort = CohortFactory(programme=programme, number=12)
    unit = UnitFactory()
    lab = Lab.objects.get(is_default=True)
    submitter = AgencyMembershipFactory(agency=unit.agency, user=person()).user
    return World(
        cohort=cohort,
        unit=unit,
        submitter=submitter,
        institution=InstitutionMembershipFactory(institution=cohort.institution, user=person()).user,
        colleague=InstitutionMembershipFactory(institution=cohort.institution, user=person()).user,
        other=InstitutionMembershipFactory(user=person()).user,
        agency_reviewer=AgencyMembershipFactory(role="reviewer", user=person()).user,
        curator=LabMembershipFactory(lab=lab, user=person()).user,
        second_curator=LabMembershipFactory(lab=lab, user=person()).user,
        editor=LabMembershipFactory(lab=lab, role="editor", user=person()).user,
        administrator=reads_english(AdministratorFactory(language="en")),
        reader=person(),
        entry=draft_in(cohort, unit, submitter, title_plain=f"Antrean {MARKER} dari rumah"),
    )


def give_workflow(programme: TrainingProgramme, *kinds: type) -> Workflow:
    """Let a programme take a workflow with these steps, whatever the shipped one is."""
    workflow = Workflow.objects.create(name=f"Uji {programme.code}")
    for order, kind in enumerate(kinds):
        WorkflowTask.objects.create(workflow=workflow, task=kind.objects.get(), sort_order=order)
    programme.workflow = workflow
    programme.save()
    return workflow


def person() -> User:
    """Return an account whose pages are in English."""
    return reads_english(UserFactory(language="en"))


def reads_english(user: User) -> User:
    """Let the admin answer ``user`` in English: it asks the profile, which begins with the account's language."""
    UserProfile.get_for_user(user)
    return user


def draft_in(cohort: Cohort, unit: Any, submitter: User, **fields: Any) -> Innovation:
    """Return a draft of a cohort that has all that submission asks for."""
    values = {
        "created_by": submitter,
        "steward": submitter,
        "agency": unit.agency,
        "unit": unit,
        "region": RegionFactory(),
        "origin_channel": TermFactory(vocabulary="origin_channels", code="pelatihan"),
        "training_product": TermFactory(vocabulary="training_products", code="aktualisasi"),
        "stage": TermFactory(vocabulary="stages", code="penerapan"),
        "urusan_primary": UrusanFactory(code="8.01"),
        "cohort": cohort,
        "summary": "Ringkas.",
        "problem": "<p>Antre lama.</p>",
        "objectives": "<p>Antre singkat.</p>",
        "implemented_on": "2024",
    }
    return make_draft(user=submitter, **{**values, **fields})


def make_curatable(entry: Innovation, *, by: User) -> None:
    """Write everything that a curated entry needs, in a new version; the life status is set as a curator would."""
    draft = entry.get_latest_revision_as_object()
    draft.design = "<p>Pesan dibalas dengan nomor.</p>"
    draft.challenges = "<p>Operator cuti.</p>"
    draft.contact_channel = "puskesmas@contoh.go.id"
    draft.replication_openness = TermFactory(vocabulary="replication_openness", code="terbuka")
    draft.themes = [ThemeFactory(code="kesehatan")]
    draft.target_groups = [TermFactory(vocabulary="target_groups", code="pasien")]
    draft.claims = [Claim(indicator="Waktu tunggu", value="41 menit", level=2)]
    draft.prerequisites = [Prerequisite(text="Satu telepon")]
    draft.save_revision(user=by)
    Innovation.objects.filter(pk=entry.pk).update(life_status=Innovation.Life.RUNNING)


def review_of(entry: Innovation) -> ReviewTaskState:
    """Return the review at which an entry waits now, read anew."""
    return Innovation.objects.get(pk=entry.pk).current_workflow_task_state


def make_older(review: ReviewTaskState, days: int) -> None:
    """Let a review have waited ``days`` days, its deadline after fourteen."""
    since = timezone.now() - timedelta(days=days)
    due_on = timezone.localdate(since) + timedelta(days=14)
    ReviewTaskState.objects.filter(pk=review.pk).update(open_since=since, due_on=due_on)
