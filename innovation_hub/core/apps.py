"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The ``core`` app."""

    name = "innovation_hub.core"
    label = "core"
    verbose_name = _("Core")
