"""Widgets of the entry's form."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminTagWidget

from innovation_hub.innovations.models import Keyword


class KeywordWidget(AdminTagWidget):
    """Keywords with suggestions from entries that the reader may see; Wagtail's own offers everyone's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(tag_model=Keyword, **kwargs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Point the suggestions to our own address."""
        attrs = {**(attrs or {})}
        # The parent asks for the address of its own view, which the gate keeps shut; only the value here counts.
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("hub_keyword_autocomplete")
        context["widget"]["help_text"] = _("Several words in one keyword: put them in double quotes.")
        return context
