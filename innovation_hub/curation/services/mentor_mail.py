"""The mails to mentors, in both languages: nobody knows yet which one they read.

Sent after the commit, straight from the process that made the token: a queue would write it down. A mail that can't be
sent leaves the link without ``sent_at``; the desk says so, and offers to send it again.
"""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from innovation_hub.accounts.models import User
from innovation_hub.curation.models import MentorLink, ReviewTaskState

logger = logging.getLogger(__name__)


def send_link(link_pk: int, token: str) -> None:
    """Mail the address of the page on which a mentor answers."""
    link = MentorLink.objects.select_related("review", "person").get(pk=link_pk)
    parts = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            parts.append(_link_words(link, _whole_address(reverse("mentor_link", args=[token]))))
    with override(settings.LANGUAGE_CODE):
        subject = _("Please confirm an innovation of your staff")
    if _send(subject, parts, link.address):
        MentorLink.objects.filter(pk=link.pk).update(sent_at=timezone.now())


def _link_words(link: MentorLink, address: str) -> str:
    words = {
        "name": link.person.name,
        "title": link.review.readable_title,
        "address": address,
        "day": date_format(timezone.localtime(link.expires_at), "j F Y"),
        "site": settings.SITE_NAME,
    }
    return (
        _(
            "Dear %(name)s,\n\n"
            "you are named as the mentor of this innovation, which waits for your confirmation in %(site)s:\n\n"
            "    %(title)s\n\n"
            "Please read it and answer on this page. You need no account:\n\n"
            "%(address)s\n\n"
            "The link is for you alone, works once, and expires on %(day)s. Please don't forward it.\n"
            "If you know nothing of this innovation, send it back on the same page, or ignore this mail."
        )
        % words
    )


def send_invitation(review_pk: int, account_pk: int) -> None:
    """Tell a mentor with an account that an entry waits at the desk."""
    review = ReviewTaskState.objects.get(pk=review_pk)
    account = User.objects.get(pk=account_pk)
    with override(account.language):
        words = {
            "name": account,
            "title": review.readable_title,
            "address": _whole_address(reverse("curation_desk", args=[review.pk])),
            "site": settings.SITE_NAME,
        }
        text = (
            _(
                "Dear %(name)s,\n\n"
                "you are named as the mentor of this innovation, which waits for your confirmation in %(site)s:\n\n"
                "    %(title)s\n\n"
                "Please sign in with this e-mail address and answer at the desk:\n\n"
                "%(address)s"
            )
            % words
        )
        _send(_("Please confirm an innovation of your staff"), [text], account.email)


def _whole_address(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _send(subject: str, parts: list[str], address: str) -> bool:
    """Send one mail; returns whether the mail server took it. The log names neither address nor text."""
    if not address:
        return False
    try:
        EmailMessage(subject, "\n\n--\n\n".join(parts) + "\n", to=[address]).send()
    except (OSError, SMTPException) as error:
        logger.error("A mail to a mentor could not be sent: %s", type(error).__name__)
        return False
    return True
