"""Root addresses. Readers' pages exist in both languages, Indonesian without a prefix; the rest exists once."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import views as home_views
from innovation_hub.core.views import errors, robots
from innovation_hub.core.views.health import live
from innovation_hub.health import health
from innovation_hub.innovations import files

urlpatterns = [
    path("healthz", health, name="health"),
    path("healthz/ready", health, name="health_ready"),
    path("healthz/live", live, name="health_live"),
    path("robots.txt", robots.robots, name="robots"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("berkas/<slug:kind>/<int:pk>/", files.entry_file, name="entry_file"),
    path("berkas/draf/<int:pk>/<slug:kind>/<int:position>/", files.entry_draft_file, name="entry_draft_file"),
    # Renditions and other public files; private ones lie elsewhere. A proxy in front may serve this path itself.
    re_path(r"^media/(?P<path>.+)$", serve_file, {"document_root": settings.MEDIA_ROOT}, name="media"),
]

urlpatterns += i18n_patterns(
    path("", home_views.home, name="home"),
    path("panduan/arti-lencana/", home_views.meanings, name="meanings"),
    path("", include("innovation_hub.accounts.urls")),
    path("cari/", include("search.urls")),
    path("", include("innovation_hub.innovations.urls")),
    path("", include("innovation_hub.curation.writing.urls")),
    path("", include("innovation_hub.curation.public_urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
