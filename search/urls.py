"""Addresses of the search; included below ``i18n_patterns`` at ``/cari/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.search_page, name="search"),
    path("saran/", views.suggestions, name="search_suggest"),
    path("saring/<slug:param>/", views.facet_page, name="search_facet"),
]
