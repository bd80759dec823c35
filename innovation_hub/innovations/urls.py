"""Public addresses of the registry; included below ``i18n_patterns``, so each exists in both languages."""

from django.urls import path

from .views import agencies, entry, themes, training

urlpatterns = [
    path("inovasi/<str:number>/", entry.entry, name="innovation_number"),
    path("inovasi/<str:number>/<slug:slug>/", entry.entry, name="innovation"),
    path("instansi/", agencies.agency_list, name="agency_list"),
    path("instansi/<slug:slug>/", agencies.agency, name="agency"),
    path("tema/", themes.theme_list, name="theme_list"),
    path("tema/<slug:code>/", themes.theme, name="theme"),
    path("pelatihan/", training.programme_list, name="programme_list"),
    path("pelatihan/<slug:code>/", training.programme, name="programme"),
    path("pelatihan/<slug:programme>/<slug:cohort>/", training.cohort, name="cohort"),
]
