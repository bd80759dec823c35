"""A Latsar entry as it is shipped: mentor, institution, lab; and the mails that mentors get."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from innovation_hub.curation.models import (
    InstitutionReviewTask,
    LabCurationTask,
    MentorConfirmationTask,
    MentorLink,
    ReviewTaskState,
)
from innovation_hub.curation.services.workflow import submit
from innovation_hub.innovations.models import Innovation, Innovator
from tests.curation.world import World, draft_in, give_workflow, make_world, review_of

ADDRESS = "atasan@contoh.go.id"
_TOKEN = re.compile(r"/mentor/([^/\s]+)/")


def make_mentor_world() -> World:
    """Make the world in which Latsar entries begin with the mentor; ``entry`` has one without an account."""
    world = make_world()
    programme = world.cohort.programme
    programme.code = "latsar-mentor"
    give_workflow(programme, MentorConfirmationTask, InstitutionReviewTask, LabCurationTask)
    world.cohort.refresh_from_db()
    add_mentor(world.entry)
    return world


def add_mentor(entry: Innovation, address: str = ADDRESS, name: str = "Bu Atasan") -> Innovator:
    """Record a mentor of an entry."""
    return Innovator.objects.create(entry=entry, role=Innovator.Role.MENTOR, name=name, email=address)


def waiting_for_mentor(world: World, address: str = ADDRESS, **fields: Any) -> ReviewTaskState:
    """Return the review of a new entry that waits for a mentor with this address."""
    entry = draft_in(world.cohort, world.unit, world.submitter, **fields)
    add_mentor(entry, address)
    submit(entry, actor=world.submitter)
    return review_of(entry)


def token_in(mail: Any) -> str:
    """Return the token that a mail holds."""
    return _TOKEN.search(mail.body)[1]


def page(token: str, language: str = "en"):
    """Ask for the page of a link."""
    prefix = "" if language == "id" else f"/{language}"
    return Client().get(f"{prefix}/mentor/{token}/")


def answer(token: str, **data: Any):
    """Send one of the page's forms; CSRF is checked, as for a browser that sends neither cookie nor referrer."""
    return Client(enforce_csrf_checks=True).post(reverse("mentor_link", args=[token]), data)


def confirm(token: str, comment: str = ""):
    """Confirm by link."""
    return answer(token, decision="konfirmasi", **{"konfirmasi-comment": comment})


def link_of(review: ReviewTaskState) -> MentorLink:
    """Return the newest link of a review."""
    return review.mentor_links.order_by("-pk").first()
