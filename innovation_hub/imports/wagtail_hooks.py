"""The name of an import in the history of entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .writing import LOG_ACTION


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    """Make the history say that an entry came with an import."""
    actions.register_action(LOG_ACTION, _("Import"), _("Imported from a collection"))
