"""``manage.py send_mail_queue``: sends the mail that waits, once or until stopped."""

import json
import signal
from dataclasses import asdict
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from innovation_hub.core.mail import send_due

POLL_SECONDS = 2.0


class Command(BaseCommand):
    """Several may run: each mail is taken by one of them."""

    help = "Send the mail that waits; with --wait, until stopped (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--wait`` and ``--json``."""
        parser.add_argument("--wait", action="store_true", help="go on until stopped")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send once, or look every two seconds."""
        if options["wait"]:
            self.run_until_stopped()
            return
        counts = asdict(send_due())
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(", ".join(f"{name} {count}" for name, count in counts.items()))

    def run_until_stopped(self) -> None:
        """Look for mail until a signal comes; a database that is away for a moment is waited for."""
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            try:
                send_due()
            except OperationalError as error:
                self.stderr.write(f"The mail queue waits: {error}")
            stop.wait(POLL_SECONDS)
