"""Registers the curators' screens of search."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from innovation_hub.core.admin.menu import SEARCH
from search.admin.health import IndexHealthView
from search.admin.misses import empty_query_viewset, settle_query
from search.admin.synonyms import synonym_viewset


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    """Register synonyms and the log."""
    return [synonym_viewset, empty_query_viewset]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Register what is no viewset."""
    return [
        path("pencarian-nihil/<int:pk>/putuskan/", settle_query, name="hub_empty_query_settle"),
        path("indeks/", IndexHealthView.as_view(), name="hub_index_health"),
    ]


@hooks.register(SEARCH)
def health_item() -> MenuItem:
    """Lead to the page about the index."""
    return MenuItem(_("Search index"), reverse("hub_index_health"), icon_name="cogs", order=30)
