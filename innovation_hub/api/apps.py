"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The ``api`` app."""

    name = "innovation_hub.api"
    label = "api"
    verbose_name = _("Public API")
