"""Parts of forms that many records share."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


def validity_panel(widget: Any = None) -> MultiFieldPanel:
    """Return the part of a form in which a record is ended: from, until, what replaced it."""
    return MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
            FieldPanel("replaced_by", widget=widget),
        ],
        heading=_("Validity"),
        help_text=_("Nothing that entries name is deleted: write its last day and what replaced it."),
    )
