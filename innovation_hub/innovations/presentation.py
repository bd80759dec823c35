"""What the entry page shows: only what is there, in the order of the visual brief, in the reader's language.

Missing things are not drawn. What a reader may miss is named in one sentence instead (``gaps``).
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from innovation_hub.agencies.models import Region
from innovation_hub.core.badges import Badge, level_badge, life_badge
from innovation_hub.core.cards import aka
from innovation_hub.core.formatting import day, label_list, lower_first, number, sentence_list
from innovation_hub.core.models import Term
from innovation_hub.core.pages import PageHead, page_context
from innovation_hub.core.partial_dates import format_partial_date
from innovation_hub.innovations.cards import plain_label, unmatched_agency
from innovation_hub.innovations.claim_rows import claim_rows
from innovation_hub.innovations.files import file_address
from innovation_hub.innovations.models import Attachment, Innovation
from innovation_hub.innovations.page_columns import head_is_taller
from innovation_hub.innovations.rich_text import letter_links, linked_text, safe_rich, split_letters
from innovation_hub.innovations.training_addresses import cohort_address

DESCRIPTION_LENGTH = 160
_CODE = re.compile(r"[a-z0-9-]+")
REGISTERED = Innovation.Level.REGISTERED
Pair = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page; its ``anchor`` is the address within the page."""

    anchor: str
    words: str


def entry_context(entry: Innovation, request: HttpRequest, preview: bool = False) -> dict[str, Any]:
    """Return everything ``innovations/entry.html`` needs, for a public entry or the version in an editor."""
    language = (get_language() or "id")[:2]
    sources = list(entry.sources.all())
    letters = {source.letter for source in sources}
    translation = next((one for one in entry.translations.all() if one.language == language != entry.language), None)
    texts = {name: safe_rich(getattr(entry, name), letters) for name in RICH_FIELDS}
    lead = (translation.summary if translation else "") or entry.summary
    attached = public_files(entry)
    partners = list(entry.stakeholders.all())
    claims = claim_rows(entry.claims.all(), letters)
    context = {
        **page_context(request, entry_head(entry, translation, preview)),
        "entry": entry,
        "preview": preview,
        "title": translation.title if translation else entry.title_plain,
        "title_language": language if translation else entry.language,
        "text_language": entry.language,
        "aka": aka(entry.brand_name, entry.acronym_expansion, entry.title_plain),
        "lead": linked_text(lead, letters),
        "life_note": linked_text(entry.life_note, letters),
        "sources_of": lambda text: letter_links(split_letters(text, letters)),
        "lead_language": language if translation and translation.summary else entry.language,
        "badges": entry_badges(entry),
        "crumb_theme": next(iter(entry.themes.all()), None),
        "facts": facts(entry),
        "origin": origin(entry),
        "texts": texts,
        "claims": claims,
        "conflicting": any(claim.conflicting for claim in claims),
        "steps": list(entry.steps.all()),
        "prerequisites": list(entry.prerequisites.all()),
        "partners": partners,
        "roles": labels_of("stakeholder_roles", (partner.role for partner in partners)),
        "legal_bases": list(entry.legal_bases.all()),
        "awards": list(entry.awards.all()),
        "external_ids": list(entry.external_ids.all()),
        "files": [(one, file_address(one)) for one in attached if one.kind == Attachment.Kind.KIT],
        "documents": [(one, file_address(one)) for one in attached if one.kind != Attachment.Kind.KIT],
        "unknowns": [linked_text(line, letters) for line in entry.unknowns.splitlines() if line.strip()],
        "sources": sources,
        "themes": list(entry.themes.all()),
        "log": log_lines(entry),
        "citation": citation(entry, request),
        "is_registered": entry.publication_level == REGISTERED,
        "mailbox": entry.contact_channel if "@" in entry.contact_channel else "",
    }
    context["parties_heading"] = parties_heading(context)
    context["gaps"] = sentence_list(gaps(context)) if entry.publication_level == REGISTERED else ""
    context["contents"] = contents(context)
    context["tall_head"] = head_is_taller(context)
    return context


RICH_FIELDS = (
    "problem",
    "objectives",
    "design",
    "novelty",
    "results",
    "challenges",
    "lessons",
    "context",
    "sustainability_strategy",
    "replication_terms",
)


def entry_head(entry: Innovation, translation: Any, preview: bool) -> PageHead:
    """Return the head of an entry page; sample data stay out of search engines."""
    summary = strip_tags((translation.summary if translation else "") or entry.summary)
    return PageHead(
        title=translation.title if translation else entry.title_plain,
        description=Truncator(summary).chars(DESCRIPTION_LENGTH),
        path="" if preview else entry.get_absolute_url() or "",
        robots="noindex" if preview or entry.is_synthetic else "",
        alternates=not preview,
        section="search",
    )


def entry_badges(entry: Innovation) -> list[Badge]:
    """Return level and life badge of an entry."""
    language = (get_language() or "id")[:2]
    reason = plain_label(entry.stop_reason, language) if entry.stop_reason_id else ""
    life = life_badge(
        entry.life_status,
        since=entry.life_status_since or entry.ended_on,
        checked=entry.status_checked_on,
        reason=reason[:1].lower() + reason[1:],
        curated=entry.publication_level != REGISTERED,
    )
    return [badge for badge in (level_badge(entry.publication_level), life) if badge]


def link(address: str | None, words: str) -> Markup:
    """Return a link, or the escaped words where there is no address."""
    return Markup('<a href="{}">{}</a>').format(address, words) if address else escape(words)


def agency_words(entry: Innovation) -> Markup:
    """Return the agency as a link, or the delivered name in quotes and that nobody matched it yet."""
    raw = unmatched_agency(entry)
    if raw:
        return Markup("“{}”, {}").format(raw, _("agency not matched yet"))
    if entry.agency.is_unknown:
        return escape(_("agency not matched yet"))
    return link(entry.agency.get_absolute_url(), entry.agency.name)


def _region_words(entry: Innovation) -> Any:
    """Return the region as a link into the search, its province beside it; else the delivered name."""
    if not entry.region_id:
        return entry.region_raw
    region, parent = entry.region, entry.region.parent
    if parent and entry.agency.region_id == region.pk:
        return _region_link(parent)  # the regency stands one line above, as the agency
    return Markup("{}, {}").format(_region_link(region), parent.name) if parent else _region_link(region)


def _region_link(region: Region) -> Markup:
    param = "kabupaten" if region.parent_id else "wilayah"
    return link(f"{reverse('search')}?{param}={region.code}", region.name)


def _budget_words(entry: Innovation) -> Markup:
    """Return the budget lines, one below the other: "Rp10 juta sampai Rp50 juta (2021, APBN)"."""
    lines = []
    rows = list(entry.budget_lines.all())
    labels = labels_of("budget_sources", (row.source for row in rows))
    for line in rows:
        amount = str(line.band or "")
        rest = ", ".join(
            part for part in (str(line.year or ""), labels.get(line.source, line.source), line.note) if part
        )
        lines.append(escape(f"{amount} ({rest})" if amount and rest else amount or rest))
    return Markup("<br>").join(lines)


def labels_of(vocabulary: str, words: Iterable[str]) -> dict[str, str]:
    """Return code -> label for those words that are codes of a vocabulary; a free word is none."""
    codes = {word for word in words if word and _CODE.fullmatch(word)}
    if not codes:
        return {}
    return {term.code: term.label for term in Term.objects.filter(vocabulary=vocabulary, code__in=codes)}


def _term(term: Any) -> str:
    return str(term) if term else ""


def facts(entry: Innovation) -> list[Pair]:
    """Return the facts beside the text; empty ones are left out by the page."""
    year = entry.year if entry.year and not entry.implemented_on and not entry.trial_start else ""
    team = _("%(count)s people") % {"count": number(entry.team_size)} if entry.team_size else ""
    reached = number(entry.beneficiaries_count) if entry.beneficiaries_count else ""
    if reached and entry.beneficiaries_basis:
        reached = f"{reached} ({lower_first(entry.beneficiaries_basis)})"
    return [
        (_("Agency"), agency_words(entry)),
        (
            _("Unit"),
            entry.unit.name if entry.unit_id else entry.unit_raw if not entry.agency.is_unknown else "",
        ),
        (_("Region"), _region_words(entry)),
        (_("Trial"), format_partial_date(entry.trial_start)),
        (_("Since"), format_partial_date(entry.implemented_on)),
        (_("Year"), str(year)),
        (_("Ended"), format_partial_date(entry.ended_on)),
        (_("Stage"), _term(entry.stage)),
        (_("Coverage"), _term(entry.coverage)),
        (_("Cost"), _budget_words(entry)),
        (_("Team"), team),
        (_("Target groups"), label_list(entry.target_groups.all())),
        (_("Beneficiaries"), reached),
        (_("Can be copied"), _term(entry.replication_openness)),
        (
            _("Website"),
            link(entry.website, entry.website.split("//")[-1].rstrip("/")) if entry.website else "",
        ),
        (_("Office contact"), entry.contact_channel if "@" not in entry.contact_channel else ""),
    ]


def origin(entry: Innovation) -> list[Pair]:
    """Return where the entry came from: its training, or that none is recorded."""
    programme, institution, cohort = entry.programme, entry.institution, entry.cohort
    training = link(reverse("programme", args=[programme.code]), programme.label) if programme else ""
    replicated = entry.replicated_from
    source = link(replicated.get_absolute_url(), replicated.title_plain) if replicated else entry.replicated_from_text
    return [
        (_("Came from"), _term(entry.origin_channel)),
        (_("Training"), training or _("No training is recorded for this entry")),
        (
            _("Product"),
            plain_label(entry.training_product, get_language() or "id") if entry.training_product else "",
        ),
        (_("Institution"), institution.name if institution else ""),
        (_("Cohort"), link(cohort_address(cohort), cohort.label) if cohort else ""),
        (_("Replicates"), source),
        (_("Innovator"), sentence_list(public_innovators(entry))),
    ]


def public_innovators(entry: Innovation) -> list[str]:
    """Return the names of the people who agreed to be named."""
    if not entry.pk:
        return []
    agreed = [person.name for person in entry.innovators.all() if person.name_is_public]
    return [_("%(name)s, with consent") % {"name": name} for name in agreed]


def public_files(entry: Innovation) -> list[Attachment]:
    """Return the attachments that readers may fetch: kit and documents, no evidence, no reports."""
    shown = (Attachment.Kind.KIT, Attachment.Kind.DOCUMENT)
    return [one for one in entry.attachments.all() if one.kind in shown]


def log_lines(entry: Innovation) -> list[tuple[date, str]]:
    """Return what happened to the entry in public, newest first."""
    lines = []
    if entry.first_published_at:
        first = timezone.localtime(entry.first_published_at).date()
        lines.append((first, _("Registered")))
        last = timezone.localtime(entry.last_published_at or entry.first_published_at).date()
        if last != first:
            lines.append((last, _("Newest version published")))
    if entry.status_checked_on:
        words = _("Status checked: %(status)s") % {"status": entry.get_life_status_display().lower()}
        lines.append((entry.status_checked_on, words))
    return sorted(lines, reverse=True)


def citation(entry: Innovation, request: HttpRequest) -> str:
    """Return how to cite the entry; nothing before its first publication."""
    if not entry.registry_number:
        return ""
    who = unmatched_agency(entry) or entry.agency.name
    when = timezone.localtime(entry.last_published_at or entry.updated_at).date()
    address = request.build_absolute_uri(entry.get_absolute_url())
    return f"{who}. {entry.title_plain}. Hub Inovasi ASN, {entry.registry_number}, {day(when)}. {address}"


def gaps(context: dict[str, Any]) -> list[str]:
    """Return what a reader would look for and nobody has filled in yet."""
    texts, claims = context["texts"], context["claims"]
    asked = (
        (_("summary"), context["lead"]),
        (_("problem"), texts["problem"]),
        (_("how it works"), texts["design"] or context["steps"]),
        (_("results"), claims or texts["results"]),
        (_("evidence"), any(claim.level for claim in claims)),
        (_("prerequisites"), context["prerequisites"]),
    )
    return [words for words, filled in asked if not filled]


def parties_heading(context: dict[str, Any]) -> str:
    """Return the heading over partners, legal basis and awards: it names those that are there."""
    asked = (
        (_("partners"), context["partners"]),
        (_("legal basis"), context["legal_bases"]),
        (_("awards"), context["awards"]),
    )
    return capfirst(sentence_list(words for words, there in asked if there))


def contents(context: dict[str, Any]) -> list[Section]:
    """Return the sections the page really has, for the list at its top."""
    texts = context["texts"]
    asked: tuple[tuple[str, str, Collection | bool], ...] = (
        ("masalah", _("Problem"), texts["problem"] or texts["objectives"]),
        ("cara", _("How it works"), texts["design"] or context["steps"] or texts["novelty"]),
        ("hasil", _("Results and evidence"), context["claims"] or texts["results"]),
        ("kendala", _("Obstacles and lessons"), texts["challenges"] or texts["lessons"]),
        ("kini", _("Today"), context["life_note"]),
        ("konteks", _("Context"), texts["context"]),
        ("tiru", _("Copying it"), texts["replication_terms"] or texts["sustainability_strategy"]),
        (
            "pihak",
            context["parties_heading"],
            context["partners"] or context["legal_bases"] or context["awards"],
        ),
        ("belum-diketahui", _("What is not known"), context["unknowns"]),
        ("asal", _("Origin"), True),
        ("sumber", _("Sources"), context["sources"]),
    )
    return [Section(anchor, words) for anchor, words, there in asked if there]
