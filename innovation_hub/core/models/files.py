"""Images and documents of the admin: originals are private, and each belongs to an organisation or is shared.

``scope`` is an access key of :mod:`innovation_hub.core.scopes` (``agency:3``) or ``shared``; choosers show one's own
organisation's files and the shared ones. Renditions are public files whose path can't be guessed.
"""

import hashlib
import hmac

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image, WagtailImageField, get_upload_to
from wagtail.search import index

SHARED = "shared"


def private_storage():
    """Return the storage under no served path."""
    return storages["private"]


def rendition_path(instance, filename: str) -> str:
    """Return where a rendition lies: below a keyed hash of its image, so that knowing a name gives no address."""
    token = hmac.new(settings.SECRET_KEY.encode(), f"rendition:{instance.image_id}".encode(), hashlib.sha256)
    return f"images/{token.hexdigest()[:24]}/{filename}"


class HubImage(AbstractImage):
    """An uploaded picture; its original is private, pages show renditions."""

    file = WagtailImageField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        storage=private_storage,
        width_field="width",
        height_field="height",
    )
    scope = models.CharField(_("belongs to"), max_length=60, default=SHARED, db_index=True, editable=False)
    credit = models.CharField(_("credit and licence"), max_length=300, blank=True)

    search_fields = (*AbstractImage.search_fields, index.FilterField("scope"))
    # Without tags: what others write there is offered to everyone who types.
    admin_form_fields = (*(name for name in Image.admin_form_fields if name != "tags"), "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class HubRendition(AbstractRendition):
    """A resized copy of a picture, served from ``media/public``."""

    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")
    file = WagtailImageField(upload_to=rendition_path, width_field="width", height_field="height")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class HubDocument(AbstractDocument):
    """A document of the editors; served only through Wagtail's view."""

    file = models.FileField(_("file"), upload_to="documents", storage=private_storage)
    scope = models.CharField(_("belongs to"), max_length=60, default=SHARED, db_index=True, editable=False)

    search_fields = (*AbstractDocument.search_fields, index.FilterField("scope"))
    admin_form_fields = tuple(name for name in Document.admin_form_fields if name != "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
