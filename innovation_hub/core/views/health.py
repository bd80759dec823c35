"""Whether the process answers at all; whether it can serve is asked at ``/healthz``."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process answers; asks nothing of anyone, so a slow database restarts nothing."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
