"""``manage.py create_demo_accounts``: one account for each role, for trying the hub out."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from innovation_hub.curation.services.demo_accounts import create_demo_accounts


class Command(BaseCommand):
    """Creates the demonstration accounts and prints them; running it again prints the same."""

    help = "Create one account for each role and print them (development only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse outside development."""
        if not getattr(settings, "HUB_PRINT_DEMO_ACCOUNTS", False):
            raise CommandError("Demonstration accounts exist only with HUB_PRINT_DEMO_ACCOUNTS, in development.")
        for line in create_demo_accounts(Path(settings.DATA_DIR)):
            self.stdout.write(line)
