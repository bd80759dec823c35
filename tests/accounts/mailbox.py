"""Reading what the mail queue sends."""

import re
from urllib.parse import urlsplit

from django.core import mail

from innovation_hub.core.mail import send_due


def delivered() -> list:
    """Send what waits, and return the mails sent by that."""
    before = len(mail.outbox)
    send_due()
    return mail.outbox[before:]


def link_in(message) -> str:
    """Return the path of the first link in a mail."""
    return urlsplit(re.search(r"https?://\S+", message.body).group()).path
