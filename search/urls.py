"""Addresses of the search; included below ``i18n_patterns`` at ``/cari/``."""

from django.urls import path

from . import result_views, views

urlpatterns = [
    path("", views.search_page, name="search"),
    path("saran/", views.suggestions, name="search_suggest"),
    path("saring/<slug:param>/", views.facet_page, name="search_facet"),
    path("unduh/<slug:form>/", result_views.export, name="search_export"),
    path("umpan/", result_views.feed, name="search_feed"),
]
