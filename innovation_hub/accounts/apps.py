"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The ``accounts`` app."""

    name = "innovation_hub.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Keep the two places of an account's language in step; say how mails read."""
        from . import mails, signals  # noqa: F401 (connects on import)

        mails.register()
