"""``manage.py load_workflows``: the shipped workflows and the default lab."""

from django.core.management.base import BaseCommand

from innovation_hub.curation.services.setup import ensure_curation_setup


class Command(BaseCommand):
    """Create the shipped review workflows and the default lab where they are missing."""

    help = __doc__

    def handle(self, *args, **options):
        """Run it; safe to run again."""
        ensure_curation_setup()
        self.stdout.write(self.style.SUCCESS("Workflows and default lab are there."))
