"""Puts members and invitations into the admin: addresses and menu."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from innovation_hub.core.admin.menu import CURATION, TRAINING

from .urls import urlpatterns


@hooks.register("register_admin_urls")
def register_urls() -> list:
    """Add the addresses."""
    return urlpatterns


@hooks.register(CURATION)
def members_item() -> MenuItem:
    """Put the organisations of the reader into the group of curation."""
    return MenuItem(_("Members"), reverse("curation_organisations"), name="hub-members", icon_name="group", order=95)


@hooks.register(TRAINING)
def invitations_item() -> MenuItem:
    """Put inviting into the group of training."""
    return MenuItem(
        _("Invite participants"), reverse("curation_cohorts"), name="hub-invitations", icon_name="mail", order=40
    )
