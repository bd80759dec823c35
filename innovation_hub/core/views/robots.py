"""What robots may read: everything public except endless combinations of filters and suggestions."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

CLOSED = (
    "/admin/",
    "/documents/",
    "/mentor/",
    "/akun/",
    "/undangan/",
    "/sandi/",
    "/daftar/konfirmasi/",
    "/en/mentor/",
    "/cari/saran/",
    "/cari/saring/",
    "/en/cari/saran/",
    "/en/cari/saring/",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer with robots.txt; pages with more than one filter say ``noindex`` themselves."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
