"""Page types of the editors: the home page; case studies, guides and news follow below it."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class HomePage(Page):
    """The first page in one language; its title is the headline, what follows is drawn from data."""

    intro = models.TextField(_("sentence under the headline"), blank=True, max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Answer with the home page in its language."""
        from .views import home_response

        return home_response(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show an editor the home page with the text being edited."""
        return self.serve(request)
