"""``manage.py import_innovations FILE…``: import collections from the command line."""

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from innovation_hub.agencies.models import Agency
from innovation_hub.imports.problems import locate, sentence
from innovation_hub.imports.reference import agency_index
from innovation_hub.imports.results import FileResult, ImportResult
from innovation_hub.imports.services import ImportOptions, import_batch
from innovation_hub.imports.staging import Defaults
from innovation_hub.training.models import TrainingProgramme

_PROGRESS_SECONDS = 1.0
_INTERRUPTED = 130


class Command(BaseCommand):
    """Imports files and reports every doubtful and refused row."""

    help = (
        "Import innovations from CSV, XLSX, XLS, ODS or JSON lines, each also gzipped. Running it again adds nothing; "
        "a run that was stopped is completed by running it again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="what a column holds")
        parser.add_argument("--key", default="", metavar="COLUMN", help="the column with the source's own numbers")
        parser.add_argument("--agency", default="", help="code or name of the agency of rows that name none")
        parser.add_argument("--programme", default="", help="code of the training programme of rows that name none")
        parser.add_argument(
            "--source", default="", metavar="NAME", help="name of the source (default: the file's name)"
        )
        parser.add_argument("--language", default="", choices=["", "id", "en"], help="language of the texts")
        parser.add_argument("--actor", default="", metavar="EMAIL", help="account that imports (default: none)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON: the counts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report; fails when a file could not be read."""
        _read_less_into_memory()
        reporter = _Progress(self.stderr, quiet=options["verbosity"] == 0)
        chosen = ImportOptions(
            source=options["source"],
            mapping=dict(_pair(text) for text in options["map"]),
            key=options["key"],
            defaults=Defaults(_agency(options["agency"]), _programme(options["programme"]), options["language"]),
            dry_run=options["dry_run"],
        )
        try:
            result = import_batch(
                options["files"], actor=_actor(options["actor"]), options=chosen, progress=reporter.show
            )
        except Agency.DoesNotExist as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            reporter.finish()
            self.stderr.write(_("Stopped. What was imported so far is complete; run the command again for the rest."))
            sys.exit(_INTERRUPTED)
        reporter.finish()
        self._report(result, dry_run=options["dry_run"], quiet=options["verbosity"] == 0)
        if options["json"]:
            self.stdout.write(json.dumps(result.counts))
        if result.errors:
            raise CommandError("\n".join(result.errors))

    def _report(self, result: ImportResult, *, dry_run: bool, quiet: bool) -> None:
        for one in result.files:
            for code, params in one.notes:
                self.stderr.write(locate(one.name, None, "", sentence(code, params)))
            if not quiet:
                self._report_rows(one)
                if one.seconds:
                    self.stderr.write(_rate(one, one.seconds))
        if dry_run:
            self.stderr.write(_("Nothing was written: this was a dry run."))
        if not result.indexed:
            self.stderr.write(_("The search index is still catching up."))
        labels = {
            "rows": _("rows"), "imported": _("imported"), "unchanged": _("unchanged"), "changed": _("changed"),
            "duplicates": _("duplicates"), "held_back": _("held back"), "refused": _("refused"),
        }  # fmt: skip
        self.stderr.write(", ".join(f"{labels[name]}: {count}" for name, count in result.counts.items()))

    def _report_rows(self, one: FileResult) -> None:
        """Name every doubtful and refused row; rows with the same message share a line."""
        for notice in one.notices():
            where = locate(one.name, None, notice.column, notice.text, notice.sheet)
            rows = notice.row_text
            place, _colon, text = where.partition(": ")
            self.stderr.write(f"{place}, {_('row %(row)s') % {'row': rows}}: {text}")


class _Progress:
    """Shows on the error stream how far a file is, about once a second."""

    def __init__(self, stream: Any, *, quiet: bool) -> None:
        self.stream, self.quiet = stream, quiet
        self.started = self.shown = time.monotonic()
        self.tty = bool(getattr(stream, "isatty", lambda: False)())
        self.open = False

    def show(self, result: FileResult) -> None:
        """Say how many rows are done and how fast."""
        now = time.monotonic()
        if self.quiet or now - self.shown < _PROGRESS_SECONDS:
            return
        self.shown = now
        text = _rate(result, now - self.started)
        self.stream.write(f"\r{text}" if self.tty else text, ending="" if self.tty else "\n")
        self.open = self.tty

    def finish(self) -> None:
        """End the line."""
        if self.open:
            self.stream.write("")


def _rate(result: FileResult, seconds: float) -> str:
    """Return how many rows of a file are done, and how many that is a second."""
    rows = result.counts["rows"]
    rate = f"{rows / max(seconds, 0.001):.0f}"
    return _("%(file)s: %(rows)s rows, %(rate)s a second") % {"file": result.name, "rows": rows, "rate": rate}


def _read_less_into_memory() -> None:
    """An import writes and hardly reads: the database's file need not be mapped into memory for it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size = 0")


def _pair(text: str) -> tuple[str, str]:
    column, sign, field = text.rpartition("=")
    if not sign or not column.strip():
        raise CommandError(_("--map wants column=field, not “%(text)s”.") % {"text": text})
    return column.strip(), field.strip()


def _agency(text: str) -> int | None:
    """Find the agency by code, else as names are matched in files."""
    if not text:
        return None
    index = agency_index()
    if text in index.codes:
        return index.codes[text]
    match = index.match(text)
    if match.agency_id is None:
        names = ", ".join(match.candidates)
        raise CommandError(
            _("--agency: “%(text)s” fits more than one agency: %(names)s.") % {"text": text, "names": names}
            if names
            else _("--agency: no agency is called “%(text)s”.") % {"text": text}
        )
    return match.agency_id


def _programme(text: str) -> int | None:
    if not text:
        return None
    programmes = dict(TrainingProgramme.objects.values_list("code", "pk"))
    if text not in programmes:
        codes = ", ".join(sorted(programmes))
        raise CommandError(_("--programme: “%(text)s” is none of %(codes)s.") % {"text": text, "codes": codes})
    return programmes[text]


def _actor(email: str) -> Any:
    if not email:
        return None
    user = get_user_model().objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(_("--actor: there is no account “%(email)s”.") % {"email": email})
    return user
