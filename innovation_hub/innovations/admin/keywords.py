"""Suggestions of keywords: those of public entries, and of entries that the reader may see."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from innovation_hub.innovations.models import Innovation, Keyword, TaggedInnovation

LIMIT = 10


@require_safe
def keyword_autocomplete(request: HttpRequest) -> JsonResponse:
    """Return up to ten keywords that begin with ``?term=``."""
    term = request.GET.get("term", "").strip()
    if not term:
        return JsonResponse([], safe=False)
    seen = Innovation.objects.public().order_by().values("pk")
    own = Innovation.objects.visible_to(request.user).order_by().values("pk")
    uses = TaggedInnovation.objects.filter(tag=OuterRef("pk"))
    found = Keyword.objects.filter(
        Exists(uses.filter(content_object__in=seen)) | Exists(uses.filter(content_object__in=own)),
        name__istartswith=term[:100],
    )
    return JsonResponse(list(found.order_by("name").values_list("name", flat=True)[:LIMIT]), safe=False)
