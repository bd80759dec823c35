"""``manage.py load_vocabularies``: vocabularies, regions, agencies, programmes and institutions."""

import json

from django.core.management.base import BaseCommand, CommandParser

from innovation_hub.core.loading import Loaded
from innovation_hub.innovations.services.vocabularies import load_all


class Command(BaseCommand):
    """Load the reference data; what staff edited is kept, and running it again changes nothing."""

    help = "Load vocabularies, regions, agencies, programmes, institutions, synonyms. What staff edited is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--json``."""
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, *args, **options) -> None:
        """Load, then say what happened."""
        result = load_all()
        if options["json"]:
            self.stdout.write(json.dumps({name: loaded.as_dict() for name, loaded in result.items()}))
            return
        total = Loaded()
        for name, loaded in result.items():
            total.created += loaded.created
            total.updated += loaded.updated
            total.unchanged += loaded.unchanged
            if loaded.kept:
                self.stdout.write(f"{name}: kept as edited by staff: {', '.join(loaded.kept)}")
                total.kept += loaded.kept
        self.stdout.write(
            f"{total.created} rows created, {total.updated} updated, {total.unchanged} unchanged, "
            f"{len(total.kept)} kept as edited by staff."
        )
