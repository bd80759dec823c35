"""Secrets in addresses stay out of every log: Django's, gunicorn's (access log included), our own.

Set up once as the factory of all log records, so that no handler or logger can be forgotten.
"""

import logging
import re
from typing import Any

# The addresses of pages that open by a secret; what follows is the secret.
_PAGES = "mentor|undangan|sandi/baru|daftar/konfirmasi|akun/alamat"
SECRET_PATHS = re.compile(rf"(/(?:{_PAGES})/)[^/\s\"'?#<>]+", re.IGNORECASE)
_before = logging.getLogRecordFactory()


def scrub(text: str) -> str:
    """Return ``text`` without the secrets of addresses."""
    return SECRET_PATHS.sub(r"\1***", text)


def scrubbed_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """Make a log record whose message holds no secret."""
    record = _before(*args, **kwargs)
    try:
        message = record.getMessage()
    except Exception:
        return record  # a message that doesn't fit its arguments; the handler says so
    clean = scrub(message)
    if clean != message:
        record.msg, record.args = clean, ()
    return record


def install() -> None:
    """Make every log record from now on without secrets; a second call changes nothing."""
    if logging.getLogRecordFactory() is not scrubbed_record:
        logging.setLogRecordFactory(scrubbed_record)
