"""Choosing an entry: the original that another entry follows."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from innovation_hub.core.admin.choosers import SafeChooserViewSet
from innovation_hub.innovations.models import Innovation


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


innovation_chooser = InnovationChooserViewSet("hub_choose_innovation", url_prefix="pilih/inovasi")
InnovationChooser = innovation_chooser.widget_class
