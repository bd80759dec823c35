"""``manage.py advance_overdue``: entries whose agency did not answer in time go on to the lab. Run it once a day."""

import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from innovation_hub.curation.services.reviews import pass_on_silence, waiting


class Command(BaseCommand):
    """Send entries whose agency did not answer within the service level on to the lab; silence never publishes."""

    help = __doc__

    def add_arguments(self, parser):
        """``--json`` prints the counts as one object on the last line."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        """Run it; entries moved before are not moved again."""
        late = waiting().filter(due_on__lt=timezone.localdate()).order_by("pk")
        moved = sum(pass_on_silence(review) for review in late.iterator())
        self.stdout.write(f"{moved} entries went on to the lab.")
        if options["json"]:
            self.stdout.write(json.dumps({"moved": moved}))
