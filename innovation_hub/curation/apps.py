"""Application configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    """The ``curation`` app."""

    name = "innovation_hub.curation"
    label = "curation"
    verbose_name = _("Curation")

    def ready(self) -> None:
        """Connect what this app contributes to others."""
        from innovation_hub.core.admin.submission import register_submitter
        from innovation_hub.core.editor_panels import register_editor_panel, register_reading_link
        from innovation_hub.innovations.models import Innovation

        from . import requirements, roles, scopes, signals  # noqa: F401 (signals connect on import)
        from .members.connect import connect as connect_members
        from .members.urls import register_access as register_members_access
        from .notifications import replace_stock_notifiers
        from .panels import ReturnNoticePanel, desk_link
        from .services.roles import MEMBERSHIPS, follow_membership
        from .services.workflow import submit
        from .urls import register_access

        scopes.register()
        roles.register()
        requirements.register()
        register_access()
        register_members_access()
        connect_members()
        register_submitter(Innovation, submit)
        register_editor_panel(Innovation, ReturnNoticePanel)
        register_reading_link(Innovation, desk_link)
        replace_stock_notifiers()
        for membership in MEMBERSHIPS:
            post_save.connect(follow_membership, sender=membership, dispatch_uid=f"roles-{membership.__name__}")
