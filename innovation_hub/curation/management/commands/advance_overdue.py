"""``manage.py advance_overdue``: what time does to reviews. Run it once a day."""

import json

from django.core.management.base import BaseCommand

from innovation_hub.curation.services import overdue


class Command(BaseCommand):
    """Do what is due: silence of agencies, reminders to mentors, institutions without reviewers, old addresses.

    Silence sends an entry on to the lab and never publishes it. Running it again does nothing more.
    """

    help = "Send on what agencies left unanswered, remind mentors, forget old addresses; run it daily."

    def add_arguments(self, parser):
        """``--json`` prints the counts as one object on the last line."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        """Run it; entries moved before are not moved again."""
        late = list(overdue.late())
        counts = {
            "moved": sum(overdue.pass_on_silence(review) for review in late),
            "reminded": sum(overdue.remind_mentor(review) for review in late),
            "to_lab": sum(overdue.hand_to_lab(review) for review in overdue.without_reviewers()),
            "forgotten": overdue.forget_mentor_addresses(),
        }
        self.stdout.write(
            "{moved} entries went on to the lab, {reminded} mentors were reminded, {to_lab} reviews went from "
            "institutions without reviewers to the lab, {forgotten} addresses were forgotten.".format(**counts)
        )
        if options["json"]:
            self.stdout.write(json.dumps(counts))
