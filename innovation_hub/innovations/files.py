"""Files of entries: kept under no served path, given out only after asking the entry.

Nothing of a file's path comes from the reader: the address names a kind of record and its key. A file is public when
its entry is and it is of a kind that may be; otherwise it is for those who may see the entry as staff.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from innovation_hub.innovations.models import Attachment, Claim, Innovation, LegalBasis
from innovation_hub.innovations.permissions import can_view


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of record with a file."""

    model: type[Model]
    field: str
    relation: str
    may_be_public: Callable[[Model], bool]


KINDS: dict[str, FileKind] = {
    "lampiran": FileKind(Attachment, "file", "attachments", lambda record: record.may_be_public),
    "bukti": FileKind(Claim, "evidence_file", "claims", lambda record: False),
    "dasar-hukum": FileKind(LegalBasis, "file", "legal_bases", lambda record: True),
}
_KIND_OF = {kind.model: name for name, kind in KINDS.items()}


def file_address(record: Model) -> str:
    """Return the address of a saved record's file; of one that is only in a draft yet, the draft's."""
    kind = _KIND_OF[type(record)]
    if record.pk:
        return reverse("entry_file", args=[kind, record.pk])
    rows = list(getattr(record.entry, KINDS[kind].relation).all())
    position = next(at for at, row in enumerate(rows) if row is record)
    return reverse("entry_draft_file", args=[record.entry.pk, kind, position])


@require_safe
def entry_file(request: HttpRequest, kind: str, pk: int) -> FileResponse:
    """Send the file of one record, to whoever may have it; to everyone else it isn't there."""
    form = _kind(kind)
    record = get_object_or_404(form.model.objects.select_related("entry"), pk=pk)
    public = record.entry.is_public and form.may_be_public(record)
    if not public and not can_view(request.user, record.entry):
        raise Http404
    return send(getattr(record, form.field), public=public)


@require_safe
def entry_draft_file(request: HttpRequest, pk: int, kind: str, position: int) -> FileResponse:
    """Send a file that is only in an entry's newest draft, to those who may see that draft."""
    form = _kind(kind)
    entry = get_object_or_404(Innovation, pk=pk)
    if not can_view(request.user, entry):
        raise Http404
    rows = list(getattr(entry.get_latest_revision_as_object(), form.relation).all())
    if position >= len(rows):
        raise Http404
    return send(getattr(rows[position], form.field), public=False)


def send(file: FieldFile, *, public: bool) -> FileResponse:
    """Return a response that browsers save and never interpret; raises ``Http404`` without a stored file."""
    if not file or not file.storage.exists(file.name):
        raise Http404
    response = FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=PurePath(file.name).name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return response


def _kind(name: str) -> FileKind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]
