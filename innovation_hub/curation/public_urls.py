"""The one public address of curation; included below ``i18n_patterns``, so it exists in both languages."""

from django.urls import path

from .views.mentor import mentor_link

urlpatterns = [path("mentor/<str:token>/", mentor_link, name="mentor_link")]
