"""Asking a mentor: the mailed link, the answer given through it, sending it again, going on without it.

The token of a link is 256 random bits, signed, and known to the mail alone: the database holds its SHA-256, and the
logs never see it (``core.log_scrubbing``).
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from innovation_hub.accounts.models import User
from innovation_hub.core.audit import audit
from innovation_hub.core.permissions import ALLOWED, Decision, refuse, require
from innovation_hub.core.personal_data import is_office_email
from innovation_hub.core.scopes import held_ids
from innovation_hub.curation import people
from innovation_hub.curation.models import LinkState, MentorConfirmationTask, MentorLink, ReviewTaskState
from innovation_hub.curation.services import mentor_mail, reasons, reviews
from innovation_hub.curation.services.roles import sync_user
from innovation_hub.curation.services.workflow import acting_as, keeps
from innovation_hub.innovations.models import Innovation, Innovator
from innovation_hub.innovations.permissions import can_curate

LINK_DAYS = 14
TOKEN_BYTES = 32
# So that nobody is flooded with mail by a button.
LINKS_A_DAY = 5

_signer = Signer(sep=".", salt="innovation_hub.curation.mentor-link")


class LinkClosed(Exception):
    """Raised when a link no longer opens anything; ``state`` says why."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state)
        self.state = state


def digest_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_signed(text: str) -> bool:
    """True when the hub itself made ``text``; asked before the database is."""
    try:
        _signer.unsign(text)
    except BadSignature:
        return False
    return True


def find_link(text: str) -> MentorLink | None:
    """Return the link that the address holds, valid or not; ``None`` for one that never was."""
    if not is_signed(text):
        return None
    digest = digest_of(_signer.unsign(text))
    link = MentorLink.objects.select_related("review", "revision", "person").filter(digest=digest).first()
    return link if link is not None and hmac.compare_digest(link.digest, digest) else None


def is_mentors(review: ReviewTaskState) -> bool:
    """True for a review that waits for a mentor."""
    return review.is_open and isinstance(review.task.specific, MentorConfirmationTask)


def ask(review: ReviewTaskState, *, actor: Any) -> None:
    """Ask whoever must answer at a mentor's step anew: links sent before are worthless from now on."""
    review.mentor_links.filter(used_at__isnull=True, replaced_at__isnull=True).update(replaced_at=timezone.now())
    keys = set(review.open_sides().values_list("key", flat=True))
    for person in Innovator.objects.filter(pk__in=held_ids(keys, "mentor")):
        _mail_link(review, person, actor=actor)
    for account in User.objects.filter(pk__in=held_ids(keys, "user")):
        _invite(review, account)


def _mail_link(review: ReviewTaskState, person: Innovator, *, actor: Any) -> None:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = MentorLink.objects.create(
        review=review,
        revision_id=review.revision_id,
        person=person,
        address=person.email.strip().lower(),
        digest=digest_of(token),
        created_by=actor,
        expires_at=timezone.now() + timedelta(days=LINK_DAYS),
    )
    audit("mentor-link", actor=actor, entry=review.entry_id, review=review.pk, person=person.pk, link=link.pk)
    transaction.on_commit(partial(mentor_mail.send_link, link.pk, _signer.sign(token)), robust=True)


def _invite(review: ReviewTaskState, account: User) -> None:
    """Let an account in as a mentor: its record names it, its groups open the admin, a mail says where."""
    person = people.mentor_of(review.entry_id)
    if person is not None and person.account_id != account.pk:
        Innovator.objects.filter(pk=person.pk).update(account=account)
    sync_user(account)
    transaction.on_commit(partial(mentor_mail.send_invitation, review.pk, account.pk), robust=True)


@transaction.atomic
def answer(link: MentorLink, *, confirm: bool, reason: str = "", comment: str = "") -> ReviewTaskState:
    """Take the answer that a mentor gave through ``link``, once.

    Raises :class:`LinkClosed` when the link has been used, replaced or has expired meanwhile, ``ValidationError`` for
    a return without reasons; then nothing has happened.
    """
    review = reviews.locked(link.review)
    link = MentorLink.objects.select_for_update(of=("self",)).select_related("person").get(pk=link.pk)
    link.review = review
    if link.state is not LinkState.VALID:
        raise LinkClosed(link.state)
    key = f"mentor:{link.person_id}"
    MentorLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    with acting_as(key):
        if confirm:
            reviews.agree(review, {key}, actor=None, comment=comment)
        else:
            reviews.reject(review, actor=None, reason=reason, comment=comment)
    audit("mentor-answer", actor=None, actor_key=key, entry=review.entry_id, link=link.pk, confirmed=confirm)
    return review


def can_ask_again(review: ReviewTaskState, user: Any) -> Decision:
    """Say whether ``user`` may send the link again or change its address: who keeps the entry or steers the review."""
    if not is_mentors(review):
        return refuse(_("This entry does not wait for a mentor."))
    if keeps(review.entry, user) or can_skip(review, user):
        return ALLOWED
    return refuse(_("Only the people who keep this entry, its training institution and its lab may do this."))


def can_skip(review: ReviewTaskState, user: Any) -> Decision:
    """Say whether ``user`` may go on without the mentor: the training institution (domain.md 4c), else the lab."""
    if not is_mentors(review):
        return refuse(_("This entry does not wait for a mentor."))
    version = review.revision.as_object()
    if reviews.wrote_version(review.entry, user):
        return refuse(_("You wrote part of this version, so someone else must decide on it."))
    if user.is_superuser or people.reviews_for(user, version) or can_curate(user, review.entry):
        return ALLOWED
    return refuse(_("Only the training institution and the lab may go on without the mentor."))


@transaction.atomic
def ask_again(review: ReviewTaskState, *, actor: Any, address: str = "", name: str = "") -> None:
    """Send the mentor's mail again, to another address where one is given; both are logged without the address."""
    review = reviews.locked(review)
    require(can_ask_again(review, actor))
    day_ago = timezone.now() - timedelta(days=1)
    if review.mentor_links.filter(created_at__gt=day_ago).count() >= LINKS_A_DAY:
        raise ValidationError(_("The mail was sent several times today. Wait until tomorrow, or write to the mentor."))
    changed = _change_address(review.entry, address.strip().lower(), name.strip())
    _follow_person(review)
    if not people.has_independent_mentor(review.entry):
        raise ValidationError({"address": _("The mentor is somebody else than the people who wrote the entry.")})
    person = people.mentor_of(review.entry_id)
    data = {"person": person.pk if person else None, "address_changed": changed}
    log(instance=review.entry, action="innovation.mentor", user=actor, data=data)
    audit("mentor-asked-again", actor=actor, entry=review.entry_id, review=review.pk, **data)
    ask(review, actor=actor)


def _change_address(entry: Innovation, address: str, name: str) -> bool:
    """Write another address, or the first one, into the record of the entry's mentor; returns whether it changed."""
    person = people.mentor_of(entry.pk)
    if not address or (person is not None and person.email.strip().lower() == address):
        return False
    if not people.is_address(address):
        raise ValidationError({"address": _("This is no e-mail address.")})
    if not is_office_email(address):
        raise ValidationError({"address": _("Give the mentor's office address, not a private one.")})
    if person is None:
        mentor = {"entry": entry, "role": Innovator.Role.MENTOR}
        Innovator.objects.create(**mentor, name=name or str(_("mentor")), email=address)
        return True
    # By query: the signal that follows changes made elsewhere would ask a second time.
    Innovator.objects.filter(pk=person.pk).update(email=address, name=name or person.name, account=None)
    return True


def _follow_person(review: ReviewTaskState) -> bool:
    """Bring the side of a waiting review in line with the entry's mentor; returns whether that is somebody else."""
    task = review.task.specific
    version = review.revision.as_object()
    before = set(review.sides.values_list("key", flat=True))
    keys = task.side_keys(version, review.entry)
    reviews.set_sides(review, keys)
    review.stand_in = task.stand_in(version, review.entry)
    review.save(update_fields=["stand_in"])
    return keys != before


@transaction.atomic
def follow_person(entry_pk: int) -> None:
    """After the people of an entry changed: ask its mentor, if that is another one or has another address."""
    waiting = reviews.waiting().filter(entry=entry_pk, task__in=MentorConfirmationTask.objects.values("task_ptr"))
    for found in waiting:
        review = reviews.locked(found)
        someone_else = _follow_person(review)
        person = people.mentor_of(entry_pk)
        link = review.mentor_links.order_by("-pk").first()
        moved = person is not None and link is not None and link.address != person.email.strip().lower()
        if someone_else or moved:
            ask(review, actor=None)


@transaction.atomic
def go_on_without(review: ReviewTaskState, *, actor: Any, comment: str) -> None:
    """Skip the mentor's step, with a comment that says why."""
    review = reviews.locked(review)
    require(can_skip(review, actor))
    if not comment.strip():
        raise ValidationError({"comment": _("Say why you go on without the mentor.")})
    if review.workflow_state.is_at_final_task:
        raise ValidationError(_("No step comes after this one, so nobody would have looked at the entry."))
    reviews.skip(review, actor=actor, reason=reasons.SKIPPED, comment=comment.strip())
