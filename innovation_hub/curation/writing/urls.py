"""Addresses of the guided form and of *Inovasi saya*, in both languages."""

from django.urls import path

from .views import check, mine, overview, start, step, titles

urlpatterns = [
    path("inovasi-saya/", mine.my_innovations, name="my_innovations"),
    path("tulis/", start.start, name="write_start"),
    path("tulis/saran-judul/", titles.title_advice, name="write_title_advice"),
    path("tulis/<int:pk>/", overview.overview, name="write_overview"),
    path("tulis/<int:pk>/periksa/", check.check, name="write_check"),
    path("tulis/<int:pk>/<slug:step>/", step.step, name="write_step"),
]
