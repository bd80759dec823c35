"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The ``core`` app."""

    name = "innovation_hub.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        """Register the gate's check and the policies of files; keep secrets out of logs."""
        from . import (
            admin_gate,  # noqa: F401 (registers its check on import)
            log_scrubbing,
        )
        from .admin import files

        log_scrubbing.install()
        files.register()
