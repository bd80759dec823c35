"""Names of the registry's own acts in Wagtail's history."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    """Make the history say what happened in words."""
    actions.register_action("innovation.level", _("Change level"), _("Level changed"))
    actions.register_action("innovation.evidence", _("Change evidence level"), _("Evidence level changed"))
    actions.register_action("innovation.life", _("Check life status"), _("Life status checked"))
    actions.register_action("innovation.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("innovation.merge", _("Merge"), _("Merged into another entry"))
