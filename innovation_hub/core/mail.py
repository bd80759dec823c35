"""The mail queue: requests write down what is to be said, one process says it and tries again until it is taken.

Each app registers how its kinds of mail read. A row holds kind, address, language and a few facts; subject, text and
the tokens of links are made at the moment of sending and are kept nowhere.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from .models import QueuedMail
from .pages import path_in

logger = logging.getLogger(__name__)

# Two days and a half altogether; a process that dies while it sends leaves its mail to the next one after CLAIM.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 720, 720, 720))
CLAIM = timedelta(minutes=10)
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Message:
    """What a mail says."""

    subject: str
    text: str


#: From the facts of a row to the mail; ``None`` when nothing is to be said any more.
Composer = Callable[[Mapping[str, Any]], Message | None]
_composers: dict[str, Composer] = {}


@dataclass(slots=True)
class Sent:
    """What one look at the queue did."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    dropped: int = 0


def register_mail(kind: str, composer: Composer) -> None:
    """Say how mails of ``kind`` read; a second one of the same name replaces the first."""
    _composers[kind] = composer


def queue_mail(kind: str, address: str, language: str, /, **facts: Any) -> None:
    """Write down a mail, in the caller's transaction."""
    if kind not in _composers:
        raise LookupError(f"no app says how a mail {kind!r} reads")
    QueuedMail.objects.create(kind=kind, address=address, language=language, facts=facts)


def whole_address(path: str, language: str) -> str:
    """Return the address of a page of the site for a mail in ``language``."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path_in(path, language)


def send_due(now: datetime | None = None) -> Sent:
    """Send what is due, at most :data:`AT_ONCE`; stop when the mail server doesn't answer."""
    now, done = now or timezone.now(), Sent()
    due = QueuedMail.objects.filter(due_at__lte=now, given_up_at__isnull=True)[:AT_ONCE]
    connection = get_connection()
    try:
        for row in due:
            if _claim(row, now) and not _send(row, connection, now, done):
                break
    finally:
        connection.close()
    return done


def _claim(row: QueuedMail, now: datetime) -> bool:
    """Take a row so that no other process sends it too."""
    mine = QueuedMail.objects.filter(pk=row.pk, due_at=row.due_at, given_up_at__isnull=True)
    return bool(mine.update(due_at=now + CLAIM, attempts=F("attempts") + 1))


def _send(row: QueuedMail, connection: Any, now: datetime, done: Sent) -> bool:
    """Send one mail; returns whether the server is worth asking for the next one."""
    try:
        with override(row.language):
            message = _compose(row)
            if message is not None:
                subject = " ".join(message.subject.split())
                EmailMessage(subject, message.text, to=[row.address], connection=connection).send()
    except Exception as error:
        return _put_off(row, error, now, done)
    QueuedMail.objects.filter(pk=row.pk).delete()
    if message is None:
        done.dropped += 1
    else:
        done.sent += 1
    return True


def _compose(row: QueuedMail) -> Message | None:
    composer = _composers.get(row.kind)
    if composer is None:
        raise LookupError(row.kind)
    return composer({**row.facts, "address": row.address, "language": row.language})


def _put_off(row: QueuedMail, error: Exception, now: datetime, done: Sent) -> bool:
    """Write down what went wrong, and when to try again; the log names neither address nor text."""
    attempts = row.attempts + 1
    gives_up = isinstance(error, SMTPRecipientsRefused) or attempts > len(PAUSES)
    QueuedMail.objects.filter(pk=row.pk).update(
        problem=type(error).__name__[:80],
        due_at=now + PAUSES[min(attempts, len(PAUSES)) - 1],
        given_up_at=now if gives_up else None,
    )
    logger.warning("Mail %s was not sent (attempt %s): %s", row, attempts, type(error).__name__)
    if gives_up:
        done.given_up += 1
    else:
        done.failed += 1
    return isinstance(error, SMTPRecipientsRefused) or not isinstance(error, OSError | SMTPException)
