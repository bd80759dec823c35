"""What a proxy or ``make run`` asks to know whether this process can serve."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` when the database answers; it is the only thing that no page does without.

    The search engine isn't asked: pages are served, with limited search, while it is down.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
