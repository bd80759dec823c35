"""Which engine ``SEARCH_URL`` means. Another engine is one module and one line in :data:`ENGINES`."""

from functools import cache
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine

#: Scheme of ``SEARCH_URL`` -> module and class; the class is made with the whole address.
ENGINES = {
    "tantivy": "search.engines.tantivy.TantivyEngine",
    "http": "search.engines.elasticsearch.ElasticsearchEngine",
    "https": "search.engines.elasticsearch.ElasticsearchEngine",
}


def engine_class() -> type[Engine]:
    """Return the class for ``SEARCH_URL``; raises ImproperlyConfigured naming what is wrong with it."""
    scheme = urlsplit(settings.SEARCH_URL).scheme
    if scheme not in ENGINES:
        raise ImproperlyConfigured(f"SEARCH_URL: no search engine for {scheme!r}; known: {', '.join(ENGINES)}")
    module, _, name = ENGINES[scheme].rpartition(".")
    return getattr(import_module(module), name)


@cache
def get_engine() -> Engine:
    """Return this process's engine; it opens its index when it is first asked."""
    return engine_class()(settings.SEARCH_URL)  # type: ignore[call-arg]


def on_setting_changed(*, setting: str, **kwargs: object) -> None:
    """Forget the engine when a test changes what it depends on."""
    if setting.startswith("SEARCH_"):
        get_engine.cache_clear()
