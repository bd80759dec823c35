"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """The ``training`` app."""

    name = "innovation_hub.training"
    label = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        """Connect what this app contributes to others."""
        from . import roles

        roles.register()
