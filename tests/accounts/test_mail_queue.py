"""Mail waits until the server takes it: nothing is lost, nothing is sent twice, and no secret is kept."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone

from innovation_hub.accounts import mails
from innovation_hub.core.mail import PAUSES, queue_mail, send_due
from innovation_hub.core.models import QueuedMail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> QueuedMail:
    """A mail that waits."""
    user = UserFactory()
    queue_mail(mails.RESET, user.email, user.language, user=user.pk)
    return QueuedMail.objects.get()


def failing(monkeypatch, error: Exception) -> None:
    def send(self, fail_silently=False):
        raise error

    monkeypatch.setattr(EmailMessage, "send", send)


def test_a_row_holds_no_text_and_goes_when_it_is_sent(waiting):
    assert set(waiting.facts) == {"user"}
    assert send_due().sent == 1
    assert not QueuedMail.objects.exists() and len(mail.outbox) == 1
    assert send_due().sent == 0


def test_a_server_that_is_away_loses_nothing(waiting, monkeypatch):
    with monkeypatch.context() as patch:
        failing(patch, SMTPServerDisconnected("away"))
        assert send_due().failed == 1
    assert send_due().sent == 0
    assert send_due(timezone.now() + timedelta(minutes=2)).sent == 1


def test_it_asks_a_server_that_is_away_once_not_for_every_mail(waiting, monkeypatch):
    queue_mail(mails.RESET, "b@contoh.go.id", "id", user=waiting.facts["user"])
    failing(monkeypatch, ConnectionRefusedError())
    assert send_due().failed == 1


def test_it_gives_up_after_days_and_keeps_the_row(waiting, monkeypatch):
    failing(monkeypatch, SMTPServerDisconnected("away"))
    for number in range(len(PAUSES) + 1):
        send_due(timezone.now() + timedelta(days=number + 1))
    waiting.refresh_from_db()
    assert waiting.given_up_at and waiting.problem == "SMTPServerDisconnected"


def test_a_refused_address_is_given_up_and_the_others_go_on(waiting, monkeypatch):
    failing(monkeypatch, SMTPRecipientsRefused({}))
    assert send_due().given_up == 1


def test_one_that_can_not_be_written_stops_no_other(waiting):
    QueuedMail.objects.create(kind="accounts.gone", address="x@contoh.go.id", language="id", due_at=waiting.due_at)
    done = send_due()
    assert (done.sent, done.failed) == (1, 1)


def test_the_log_names_neither_address_nor_text(waiting, monkeypatch, caplog):
    failing(monkeypatch, SMTPServerDisconnected(waiting.address))
    send_due()
    assert waiting.address not in caplog.text and f"#{waiting.pk}" in caplog.text


def test_the_command_sends_once(waiting, capsys):
    call_command("send_mail_queue", "--json")
    assert '"sent": 1' in capsys.readouterr().out


def test_an_unknown_kind_is_refused_at_once():
    with pytest.raises(LookupError):
        queue_mail("accounts.nothing", "x@contoh.go.id", "id")
