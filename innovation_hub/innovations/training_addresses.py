"""Addresses of cohorts: the key of the record first, then words that people can read and that may change."""

from django.urls import reverse
from django.utils.text import slugify

from innovation_hub.training.models import Cohort
from innovation_hub.training.models.training import roman


def cohort_slug(cohort: Cohort) -> str:
    """Return "12-angkatan-xii-2024-bpsdm-jawa-barat", Indonesian in both languages."""
    words = f"angkatan {roman(cohort.number)}" if cohort.number else cohort.name
    institution = cohort.institution.short_name or cohort.institution.name
    return f"{cohort.pk}-{slugify(f'{words} {cohort.year} {institution}')[:80].strip('-')}"


def cohort_address(cohort: Cohort) -> str:
    """Return the public address of a cohort; reads its programme and institution."""
    return reverse("cohort", args=[cohort.programme.code, cohort_slug(cohort)])
