"""Application configuration."""

from django.apps import AppConfig
from django.core.signals import setting_changed
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The ``search`` app."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Let every app register its sources and facets, and check that there is an engine for ``SEARCH_URL``."""
        from search import engines

        autodiscover_modules("search")
        engines.engine_class()
        setting_changed.connect(engines.on_setting_changed, dispatch_uid="search.engines")
