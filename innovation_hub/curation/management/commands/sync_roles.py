"""``manage.py sync_roles``: groups and their people as today's memberships say; run it daily, for those that end."""

from typing import Any

from django.core.management.base import BaseCommand

from innovation_hub.curation.services.roles import sync_everyone


class Command(BaseCommand):
    """Derives Django groups from memberships; running it again changes nothing."""

    help = "Bring groups and permissions in line with memberships."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say for how many."""
        count = sync_everyone()
        self.stdout.write(f"Roles of {count} accounts are in line with their memberships.")
