"""Names of the registry's own acts in Wagtail's history."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from innovation_hub.innovations.models import Innovation, InnovationLogEntry


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    """Make the history say what happened in words, and keep that of entries in its own table."""
    actions.register_model(Innovation, InnovationLogEntry)
    actions.register_action("innovation.level", _("Change level"), _("Level changed"))
    actions.register_action("innovation.evidence", _("Change evidence level"), _("Evidence level changed"))
    actions.register_action("innovation.life", _("Check life status"), _("Life status checked"))
    actions.register_action("innovation.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("innovation.agency", _("Recognise agency"), _("Agency recognised"))
    actions.register_action("innovation.steward", _("Hand over"), _("Handed over to another steward"))
    actions.register_action("innovation.merge", _("Merge"), _("Merged into another entry"))
