"""Choosing an entry: the original that another entry follows."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from innovation_hub.core.admin.choosers import SafeChooserViewSet
from innovation_hub.innovations.models import Innovation

from .searching import MOST, RankedRows, find_public


class InnovationChooserViewSet(SafeChooserViewSet):
    """Public entries only: whoever names an original need not see anyone's drafts."""

    model = Innovation
    icon = "clipboard-list"
    choose_one_text = _("Choose an innovation")
    choose_another_text = _("Choose another innovation")
    search_fields = ("title_plain", "brand_name", "registry_number")
    extra_columns = (
        Column("brand_name", label=_("Name")),
        Column("agency_name", label=_("Agency")),
        Column("registry_number", label=_("Number")),
    )

    def choosable(self, request: HttpRequest) -> QuerySet:
        """Return what every reader may see, the newest first."""
        return Innovation.objects.public().select_related("agency").order_by("-last_published_at", "-pk")

    def ranked(self, objects: QuerySet, text: str) -> Sequence[Any] | None:
        """Return what the search finds for every reader; of what was withdrawn a moment ago nothing is shown."""
        found = find_public(text)
        return RankedRows(found[0], min(found[1], MOST), objects) if found else None


innovation_chooser = InnovationChooserViewSet("hub_choose_innovation", url_prefix="pilih/inovasi")
InnovationChooser = innovation_chooser.widget_class
