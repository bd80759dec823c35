"""Application configuration."""

from django.apps import AppConfig
from django.core.signals import request_finished, setting_changed
from django.db.models.signals import post_delete, post_save
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The ``search`` app."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Let every app register its sources and facets, and check that there is an engine for ``SEARCH_URL``.

        From here on synonyms come from the database, and searches without result are noted after their answer.
        """
        from search import engines, misses, stored_synonyms, synonyms
        from search.models import SynonymGroup

        autodiscover_modules("search")
        engines.engine_class()
        setting_changed.connect(engines.on_setting_changed, dispatch_uid="search.engines")
        synonyms.use_provider(stored_synonyms.stored_thesaurus)
        for signal in (post_save, post_delete):
            signal.connect(stored_synonyms.on_change, sender=SynonymGroup, dispatch_uid="search.synonyms")
        request_finished.connect(misses.flush, dispatch_uid="search.misses")
