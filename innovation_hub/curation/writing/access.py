"""Who comes in: people who are signed in, and to an entry those who may see it; everyone else gets a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from innovation_hub.core.permissions import Decision, refuse
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_edit, can_view

AUTOMATIC = "otomatis"
View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Send everyone else to sign in and back again; a script is told so."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and request.POST.get(AUTOMATIC):
            return JsonResponse({"signed_out": True}, status=403)
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))

    return never_cache(asked)


def entry_or_404(request: HttpRequest, pk: int) -> Innovation:
    """Return an entry that the reader may see before it is public; of any other nothing is said."""
    entry = get_object_or_404(Innovation.objects.select_related("agency", "steward"), pk=pk)
    if not can_view(request.user, entry):
        raise Http404
    return entry


def may_write(user: Any, entry: Innovation) -> Decision:
    """Say whether ``user`` may write in the guided form now: as in the admin, but never during a review."""
    if entry.workflow_in_progress:
        return refuse(_("This entry is under review. You can change it when it comes back."))
    if entry.merged_into_id or entry.withdrawn_at:
        return refuse(_("This entry was merged or withdrawn; nothing more is written in it."))
    lock = entry.get_lock()
    if lock is not None and lock.for_user(user):
        return refuse(_("A curator has locked this entry. Ask the lab."))
    return can_edit(user, entry)
