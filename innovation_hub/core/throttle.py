"""Limits on what anybody may ask for.

An hour's count stands in the database, so that every process counts the same; its keys are hashed with the site's
secret, and the table says neither addresses nor machines. Shorter ones are counted in the cache.
"""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import RequestCount

KEPT = timedelta(hours=24)


def within_limit(what: str, who: str, limit: int) -> bool:
    """Count one request of ``who`` for ``what`` and say whether it is among the first ``limit`` of this hour."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    key = salted_hmac("innovation_hub.core.throttle", f"{what}:{who}", algorithm="sha256").hexdigest()
    mine = RequestCount.objects.filter(key=key, hour=hour)
    if not mine.update(count=F("count") + 1):
        RequestCount.objects.filter(hour__lt=hour - KEPT).delete()
        try:
            with transaction.atomic():
                RequestCount.objects.create(key=key, hour=hour)
        except IntegrityError:
            mine.update(count=F("count") + 1)
    return mine.values_list("count", flat=True)[0] <= limit


def within_short_limit(what: str, who: object, limit: int, seconds: int) -> bool:
    """Count one request in the cache and say whether it is among the first ``limit`` of these ``seconds``.

    Django's usual cache is each process's own, which is enough to slow a client.
    """
    key = f"hub-asked-{what}-{who}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # it ended between both lines
        return True


def client_of(request: HttpRequest) -> str:
    """Return the machine that asks: what the last proxy of ``TRUSTED_PROXIES`` saw, never what a client claims."""
    peer = request.META.get("REMOTE_ADDR", "")
    if not settings.TRUSTED_PROXIES:
        return peer
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return seen[-settings.TRUSTED_PROXIES] if len(seen) >= settings.TRUSTED_PROXIES else peer
