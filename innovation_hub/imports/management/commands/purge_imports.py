"""``manage.py purge_imports``: forget raw rows and originals of imports whose time is over; for a daily timer."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from innovation_hub.imports.retention import purge


class Command(BaseCommand):
    """Forgets what may no longer be kept."""

    help = "Forget raw rows and original files of imports after HUB_IMPORT_RETENTION_DAYS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option."""
        parser.add_argument("--json", action="store_true", help="end with one line of JSON: the counts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge and report."""
        done = purge()
        self.stderr.write(
            _("%(rows)s raw rows and %(files)s files forgotten.") % {"rows": done.rows, "files": done.files}
        )
        if options["json"]:
            self.stdout.write(json.dumps(asdict(done)))
