"""What must exist before the first visitor comes: both page locales, a home page in each, and the site."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from .models import HomePage

HEADLINES = {
    "id": "Temukan inovasi yang bisa ditiru kantor Anda",
    "en": "Find an innovation your office can copy",
}


@transaction.atomic
def ensure_site() -> Site:
    """Create what is missing of locales, home pages and the default site; change nothing that editors made.

    The welcome page that a fresh Wagtail brings is removed when the home page takes its place as the site's
    root.
    """
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    homes = {code: _ensure_home(root, code) for code, _name in settings.LANGUAGES}
    home = homes[settings.LANGUAGE_CODE]
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return Site.objects.create(
            hostname="localhost", port=80, site_name=settings.SITE_NAME, is_default_site=True, root_page=home
        )
    if not HomePage.objects.filter(pk=site.root_page_id).exists():
        welcome, site.root_page = site.root_page, home
        site.site_name = site.site_name or settings.SITE_NAME
        site.save()
        if welcome.depth == 2 and welcome.specific_class is Page and not welcome.get_children().exists():
            welcome.delete()
    return site


def _ensure_home(root: Page, language: str) -> HomePage:
    """Return the home page in one language, made as a translation of the other one if missing."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    found = HomePage.objects.filter(locale=locale).first()
    if found:
        return found
    page = HomePage(
        title=HEADLINES.get(language, settings.SITE_NAME),
        slug=_free_slug(f"beranda-{language}"),
        locale=locale,
        live=True,
    )
    sibling = HomePage.objects.exclude(locale=locale).first()
    if sibling:
        page.translation_key = sibling.translation_key
    Page.objects.get(pk=root.pk).add_child(instance=page)
    return page


def _free_slug(wanted: str) -> str:
    """Return ``wanted`` or, where a page beside has it, the same with a number."""
    taken = set(Page.objects.filter(depth=2, slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 100))) if slug not in taken)
