"""The page *Inovasi saya*."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from innovation_hub.core.pages import PAGE_SIZE
from innovation_hub.core.paging import asked_page, page_count, pages_of
from innovation_hub.curation.writing.access import signed_in
from innovation_hub.curation.writing.mine import my_entries, rows_of
from innovation_hub.curation.writing.pages import render_writing
from innovation_hub.innovations.permissions import can_create
from innovation_hub.innovations.views.listing import PAGE_PARAM, address


@signed_in
@require_safe
def my_innovations(request: HttpRequest) -> HttpResponse:
    """Answer with the reader's entries: their state, who has them, what to do next."""
    found = my_entries(request.user)
    total = found.count()
    pages = pages_of(
        asked_page(request.GET.get(PAGE_PARAM)),
        page_count(total),
        lambda number: address(request.path, {PAGE_PARAM: number}),
    )
    entries = list(found.select_related("agency")[pages.start : pages.start + PAGE_SIZE])
    context = {
        "rows": rows_of(request.user, entries),
        "total": total,
        "pages": pages,
        "can_begin": can_create(request.user),
    }
    return render_writing(request, "writing/mine.html", _("My innovations"), context)
