"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    """The ``curation`` app."""

    name = "innovation_hub.curation"
    label = "curation"
    verbose_name = _("Curation")

    def ready(self) -> None:
        """Connect what this app contributes to others."""
        from . import scopes, signals  # noqa: F401 (signals connect on import)

        scopes.register()
