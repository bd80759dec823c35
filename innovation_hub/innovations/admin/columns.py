"""Columns of the list of entries."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn

from innovation_hub.core.admin.columns import PlainColumn, day_column
from innovation_hub.core.badges import life_badge
from innovation_hub.core.formatting import percent
from innovation_hub.innovations.models import Innovation


class EntryTitleColumn(TitleColumn):
    """Plain title, with the name and the registry number below it."""

    cell_template_name = "hub_admin/columns/entry_title.html"


def training_of(entry: Innovation) -> str:
    """Return programme and cohort in short: "PKP · Angkatan XII 2024"."""
    parts = [entry.programme.short if entry.programme_id else "", entry.cohort.label if entry.cohort_id else ""]
    return " · ".join(part for part in parts if part)


def life_of(entry: Innovation) -> str:
    """Return the life status as its badge says it."""
    badge = life_badge(entry.life_status, entry.life_status_since, entry.status_checked_on, "", True)
    return badge.text if badge else _now("Not confirmed")


# Left out on phones, where the title, the agency and the state are what matters.
WIDE = "hub-wide"
# Left out on laptops too: the titles need the room.
WIDEST = "hub-wide hub-widest"

COLUMNS = (
    PlainColumn("agency", label=_("Agency"), accessor="agency_name"),
    PlainColumn("training", label=_("Training"), accessor=training_of, classname=WIDE),
    PlainColumn("level", label=_("Level"), accessor="get_publication_level_display", classname=WIDE),
    PlainColumn("state", label=_("Status"), accessor="state_words"),
    PlainColumn("life", label=_("Life"), accessor=life_of, classname=WIDEST),
    PlainColumn(
        "completeness", label=_("Complete"), accessor=lambda entry: percent(entry.completeness, 100, 0), classname=WIDE
    ),
    day_column("updated_at", _("Changed"), sort_key="updated_at"),
)

EXPORT = (
    "registry_number",
    "title_plain",
    "brand_name",
    "acronym_expansion",
    "summary",
    "agency_name",
    "agency_raw",
    "unit",
    "region",
    "programme",
    "institution",
    "cohort",
    "year",
    "stage",
    "urusan_primary",
    "get_publication_level_display",
    "evidence_level",
    "get_life_status_display",
    "status_checked_on",
    "completeness",
    "live",
    "first_published_at",
    "updated_at",
    "source_system",
)
EXPORT_HEADINGS = {
    "agency_name": _("Agency"),
    "agency_raw": _("Agency as delivered"),
    "get_publication_level_display": _("Level"),
    "get_life_status_display": _("Life status"),
    "live": _("Published"),
    "first_published_at": _("First published"),
    "updated_at": _("Changed"),
}
