"""The form of an entry: choices that hold today, marks of what is needed, files and links that are safe."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField
from wagtail.permissions import policy_registry

from innovation_hub.agencies.models import Agency
from innovation_hub.core.admin.forms import HubAdminForm
from innovation_hub.core.models import HubImage
from innovation_hub.core.roles import Role, held_roles, roles_of
from innovation_hub.core.scopes import held_ids
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.requirements import Need, needed_from

from .help_texts import HELP, need_words

MAX_UPLOAD = 20 * 1024 * 1024
UPLOAD_TYPES = frozenset(
    ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv", "txt", "jpg", "jpeg", "png", "zip"]
)
MOST = {"themes": 3, "sdgs": 3}
RICH_FIELDS = {field.name for field in Innovation._meta.fields if isinstance(field, RichTextField)}
CURATORS = {Role.CURATOR, Role.EDITOR, Role.ADMINISTRATOR}


def check_upload(value: Any) -> None:
    """Raise ``ValidationError`` for a new file that is too large or of a kind that readers shouldn't be given."""
    if not isinstance(value, UploadedFile):
        return
    suffix = PurePath(value.name).suffix.lstrip(".").lower()
    if suffix not in UPLOAD_TYPES:
        types = ", ".join(sorted(UPLOAD_TYPES))
        raise ValidationError(_("Files of this kind are not accepted. Accepted: %(types)s.") % {"types": types})
    if value.size > MAX_UPLOAD:
        raise ValidationError(
            _("The file has %(size)s; at most %(most)s are accepted.")
            % {"size": filesizeformat(value.size), "most": filesizeformat(MAX_UPLOAD)}
        )


class ChildForm(HubAdminForm):
    """A row of an entry: its files are checked, and only curators grade its evidence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.FileField):
                field.validators = [*field.validators, check_upload]
        if "level" in self.fields and not (self.for_user and roles_of(self.for_user) & CURATORS):
            self.fields["level"].disabled = True
            self.fields["level"].help_text = _("Curators grade the evidence.")


class InnovationForm(HubAdminForm):
    """The form of an entry. What the reader may choose is checked here again, whatever the dialogues offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self._explain(name, field)
        if self.for_user is not None:
            self._limit_to_own()

    def _explain(self, name: str, field: forms.Field) -> None:
        """Put the field's sentence and its mark below the label; the notes on ended choices stay behind them."""
        own = HELP.get(name)
        notes = "" if own and field.help_text == self._meta.model._meta.get_field(name).help_text else field.help_text
        words = need_words(name)
        parts = [format_html('<span class="hub-need">{}</span>', words)] if words else []
        parts += [text for text in (own, notes) if text]
        field.help_text = format_html(" ".join(["{}"] * len(parts)), *parts) if parts else ""
        if needed_from(name) == Need.DRAFT and self._can_require(name):
            field.required = True

    def _can_require(self, name: str) -> bool:
        """A sparse entry that came without a field can be corrected without filling it."""
        return self.instance.pk is None or bool(getattr(self.instance, self.instance._meta.get_field(name).attname))

    def _limit_to_own(self) -> None:
        user = self.for_user
        if not user.has_perm("innovations.publish_innovation"):
            for name in ("go_live_at", "expire_at"):
                self.fields.pop(name, None)
        if "agency" in self.fields:
            field = self.fields["agency"]
            field.queryset = choosable_agencies(user, self.instance.agency_id, field.queryset)
        if "cover_image" in self.fields:
            images = policy_registry.get_by_type(HubImage).visible(user)
            self.fields["cover_image"].queryset = images | HubImage.objects.filter(pk=self.instance.cover_image_id)
        if "replicated_from" in self.fields:
            self.fields["replicated_from"].queryset = choosable_originals(user, self.instance)

    def clean(self) -> dict[str, Any]:
        """Check what depends on several fields."""
        cleaned = super().clean()
        for name, value in cleaned.items():
            if name in RICH_FIELDS and not strip_tags(value).strip():
                cleaned[name] = ""  # the editor writes an empty paragraph
        for name, most in MOST.items():
            if len(cleaned.get(name) or ()) > most:
                self.add_error(name, _("Choose at most %(count)s.") % {"count": most})
        unit, agency = cleaned.get("unit"), cleaned.get("agency")
        if unit and agency and unit.agency_id != agency.pk:
            self.add_error("unit", _("This unit belongs to %(agency)s.") % {"agency": unit.agency})
        return cleaned


def with_schedule_for_publishers(form_class: type[InnovationForm]) -> type[InnovationForm]:
    """Return the built form class so that the schedule's switch is shown only to those who have its fields."""

    def shown(form: InnovationForm) -> bool:
        return "go_live_at" in form.fields

    return type(form_class)(form_class.__name__, (form_class,), {"show_schedule_publishing_toggle": property(shown)})


def choosable_agencies(user: Any, held: int | None, agencies: Any) -> Any:
    """Return the agencies for which ``user`` may write: all for lab staff, else their own and the one already held."""
    if roles_of(user) & CURATORS:
        return agencies
    own = held_ids((one.scope for one in held_roles(user) if one.role is Role.SUBMITTER), "agency")
    return agencies.filter(pk__in={*own, held} - {None})


def choosable_originals(user: Any, entry: Innovation) -> Any:
    """Return the entries that ``entry`` may name as its original: public ones, and the one it names already."""
    rows = Innovation.objects.public() | Innovation.objects.filter(pk=entry.replicated_from_id)
    return rows.exclude(pk=entry.pk) if entry.pk else rows


def first_agency(user: Any) -> Agency | None:
    """Return the agency that a new entry of ``user`` begins with: theirs, if they write for exactly one."""
    own = held_ids((one.scope for one in held_roles(user) if one.role is Role.SUBMITTER), "agency")
    return Agency.objects.filter(pk__in=own).first() if len(own) == 1 else None
