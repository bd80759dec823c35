"""Loads ``data/programmes.json`` and ``data/institutions.csv`` (their README says where they come from)."""

import csv
import json
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from innovation_hub.agencies.models import Agency, Region
from innovation_hub.core.loading import Loaded, load_rows
from innovation_hub.core.models import Term

from .models import TrainingInstitution, TrainingProgramme

DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load_programmes() -> Loaded:
    """Load the training programmes; needs the training products. Workflows are not in the file."""
    products = dict(Term.objects.filter(vocabulary="training_products").values_list("code", "pk"))
    entries = json.loads((DATA / "programmes.json").read_text(encoding="utf-8"))["programmes"]
    kept = ("code", "label_id", "label_en", "short_label", "category", "participants", "regulation", "formerly")
    rows = [
        {
            **{name: entry[name] for name in kept},
            "product_id": products[entry["product"]],
            "order": entry["order"],
            "source": entry["source"],
        }
        for entry in entries
    ]
    return load_rows(TrainingProgramme, rows, key=["code"])


@transaction.atomic
def load_institutions() -> Loaded:
    """Load the training institutions; needs agencies, regions and institution types."""
    kinds = dict(Term.objects.filter(vocabulary="training_institution_types").values_list("code", "pk"))
    agencies = dict(Agency.objects.values_list("code", "pk"))
    regions = dict(Region.objects.values_list("code", "pk"))
    with (DATA / "institutions.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            {
                "code": row["code"],
                "name": row["name"],
                "short_name": row["short_name"],
                "earlier_names": row["earlier_names"],
                "kind_id": kinds[row["type"]],
                "agency_id": agencies.get(row["agency"]),
                "region_id": regions.get(row["region"]),
                "source": row["source"],
            }
            for row in csv.DictReader(stream)
        ]
    slugs = set(TrainingInstitution.objects.values_list("slug", flat=True))

    def give_slug(institution: TrainingInstitution) -> None:
        base = slugify(institution.short_name or institution.name)[:100] or slugify(institution.code)
        institution.slug = f"{base}-{slugify(institution.code)}"[:120] if base in slugs else base
        slugs.add(institution.slug)

    return load_rows(TrainingInstitution, rows, key=["code"], on_create=give_slug)
