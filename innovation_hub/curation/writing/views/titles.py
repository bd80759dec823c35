"""Advice on a title while it is being typed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from innovation_hub.core.throttle import within_short_limit
from innovation_hub.curation.writing.advice import advise
from innovation_hub.curation.writing.names import names_like
from innovation_hub.innovations.permissions import can_create

MOST_A_MINUTE = 60
LONGEST_ASKED = 300


@never_cache
@require_POST
def title_advice(request: HttpRequest) -> HttpResponse:
    """Answer a writer's page with what could be better about the title in it; only public names are compared."""
    user = request.user
    if not user.is_authenticated or not can_create(user):
        return JsonResponse({"items": []}, status=403)
    if not within_short_limit("title-advice", user.pk, MOST_A_MINUTE, seconds=60):
        return JsonResponse({"items": [], "message": _("Too many questions at once.")}, status=429)
    title, brand, expansion = (
        request.POST.get(name, "")[:LONGEST_ASKED] for name in ("title_plain", "brand_name", "acronym_expansion")
    )
    own = request.POST.get("entri", "")
    names = names_like(brand, exclude=int(own) if own.isascii() and own.isdigit() and len(own) < 12 else None)
    found = advise(title, brand, expansion, names)
    return JsonResponse(
        {
            "items": [
                {
                    "code": one.code,
                    "text": one.text,
                    "about": [{"name": name.name, "owner": name.owner, "address": name.address} for name in one.about],
                }
                for one in found
            ]
        }
    )
