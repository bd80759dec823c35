"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InnovationsConfig(AppConfig):
    """The ``innovations`` app."""

    name = "innovation_hub.innovations"
    label = "innovations"
    verbose_name = _("Innovations")

    def ready(self) -> None:
        """Connect what this app contributes to others."""
        from . import log_actions, scopes, signals  # noqa: F401 (they connect on import)

        scopes.register()
