"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """The ``agencies`` app."""

    name = "innovation_hub.agencies"
    label = "agencies"
    verbose_name = _("Agencies")

    def ready(self) -> None:
        """Connect what this app contributes to others."""
        from . import roles

        roles.register()
