"""The entry page, and what stands at the address of an entry that moved, was merged, was withdrawn or never was.

A registry number is never deleted: it leads to its entry, to the entry that absorbed it, or to a tombstone.
"""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from innovation_hub.core.cards import Card
from innovation_hub.core.pages import PageHead, render_page
from innovation_hub.innovations.entry_loading import public_entry
from innovation_hub.innovations.models import Innovation, RegistryNumber
from innovation_hub.innovations.presentation import entry_context
from innovation_hub.innovations.registry_numbers import parse_number
from innovation_hub.innovations.similar import similar_to

MAX_HOPS = 20


@require_safe
def entry(request: HttpRequest, number: str, slug: str = "") -> HttpResponse:
    """Answer with the entry page, or send the reader to where the number leads today."""
    canonical = parse_number(number)
    if canonical is None:
        return unknown_number(request, number, mistyped=True)
    found = public_entry(canonical)
    if found is None:
        return elsewhere(request, canonical)
    address = found.get_absolute_url()
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    context = entry_context(found, request)
    context["similar"] = similar_cards(found)
    context["successor_card"] = successor_link(found)
    return render_page(request, "innovations/entry.html", context.pop("head"), context)


def successor_link(found: Innovation) -> tuple[str, str] | None:
    """Return title and address of the entry that replaced this one, if readers may see it."""
    successor = found.successor
    if successor is None or not successor.is_public:
        return None
    return successor.title_plain, successor.get_absolute_url() or ""


def similar_cards(found: Innovation) -> list[Card]:
    """Return the entries most like this one with the reason on each card, only curated ones where nobody curated it."""
    return [one.card for one in similar_to(found, curated=found.publication_level == Innovation.Level.REGISTERED)]


def elsewhere(request: HttpRequest, canonical: str) -> HttpResponse:
    """Answer for a well-formed number that names no public entry: redirect, tombstone or a helpful 404."""
    records = RegistryNumber.objects.select_related("entry__merged_into")
    record = records.filter(number=canonical).first()
    if record is None:
        return unknown_number(request, canonical)
    for _hop in range(MAX_HOPS):
        if record.state != RegistryNumber.State.MERGED or record.merged_into_id is None:
            break
        record = records.get(pk=record.merged_into_id)
    target = record.entry.merged_into or record.entry
    if target.is_public:
        return HttpResponsePermanentRedirect(target.get_absolute_url())
    return tombstone(request, record)


def tombstone(request: HttpRequest, record: RegistryNumber) -> HttpResponse:
    """Answer with what may be said of an entry that is no longer public: number, title, reason and day (410).

    An entry that was unpublished without being withdrawn may come back: its answer is 404 and names no title.
    """
    withdrawn = record.state == RegistryNumber.State.WITHDRAWN or record.entry.withdrawn_at is not None
    title = record.title if withdrawn else ""
    head = PageHead(title=title or record.number, robots="noindex", alternates=False, section="search")
    context = {"record": record, "title": title, "withdrawn": withdrawn}
    return render_page(request, "innovations/tombstone.html", head, context, status=410 if withdrawn else 404)


def unknown_number(request: HttpRequest, number: str, mistyped: bool = False) -> HttpResponse:
    """Answer 404 with help: say what is wrong with the number and offer to search."""
    head = PageHead(
        title=_("No entry has this number"), robots="noindex", alternates=False, header_search=False, section="search"
    )
    context = {"number": number[:40], "mistyped": mistyped}
    return render_page(request, "innovations/unknown_number.html", head, context, status=404)
