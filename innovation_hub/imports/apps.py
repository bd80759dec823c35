"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """The ``imports`` app."""

    name = "innovation_hub.imports"
    label = "imports"
    verbose_name = _("Imports")
