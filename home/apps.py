"""Application configuration."""

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The ``home`` app."""

    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        """Have the site's first pages from the first migration on."""
        post_migrate.connect(make_site, sender=self)


def make_site(using: str = DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Create locales, home pages and site after a migration; nothing while their tables don't exist."""
    if using != DEFAULT_DB_ALIAS or "home_homepage" not in connections[using].introspection.table_names():
        return
    from .services import ensure_site

    ensure_site()
