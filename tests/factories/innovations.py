"""Entries and what belongs to them.

Three ways to have an entry: ``InnovationFactory()`` writes a bare row, as an import does (a draft;
``live=True`` for a public one with its number, still without a revision); :func:`make_draft` adds a
revision, as the editor does; :func:`make_published` publishes one through Wagtail, as an approval does.
"""

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from innovation_hub.innovations.models import (
    SDG,
    Attachment,
    Claim,
    Innovation,
    Innovator,
    Keyword,
    Theme,
    Urusan,
)
from innovation_hub.innovations.services.numbering import issue_registry_numbers

from .agencies import AgencyFactory, TermFactory


class UrusanFactory(factory.django.DjangoModelFactory):
    """A government affair."""

    class Meta:
        model = Urusan
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"8.{n:02d}")
    label_id = factory.LazyAttribute(lambda term: f"Urusan {term.code}")


class ThemeFactory(factory.django.DjangoModelFactory):
    """A theme."""

    class Meta:
        model = Theme
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"tema-{n}")
    label_id = factory.LazyAttribute(lambda term: term.code.replace("-", " ").capitalize())


class SDGFactory(factory.django.DjangoModelFactory):
    """A development goal."""

    class Meta:
        model = SDG
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: str(1 + n % 17))
    label_id = factory.LazyAttribute(lambda term: f"Tujuan {term.code}")


class KeywordFactory(factory.django.DjangoModelFactory):
    """A free keyword."""

    class Meta:
        model = Keyword
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"kata-{n}")


class InnovationFactory(factory.django.DjangoModelFactory):
    """A row of the registry without a revision; a draft unless ``live=True``."""

    class Meta:
        model = Innovation
        skip_postgeneration_save = True

    title_plain = factory.Sequence(lambda n: f"Layanan contoh nomor {n} bagi warga")
    agency = factory.SubFactory(AgencyFactory)
    origin_channel = factory.SubFactory(TermFactory, vocabulary="origin_channels", code="mandiri")
    live = False
    first_published_at = factory.LazyAttribute(lambda entry: timezone.now() if entry.live else None)
    last_published_at = factory.SelfAttribute("first_published_at")

    @factory.post_generation
    def number(entry, create, extracted, **kwargs):
        """Give a public entry its number; ``number=False`` leaves it out."""
        if create and entry.live and extracted is not False:
            issue_registry_numbers([entry])

    @factory.post_generation
    def themes(entry, create, extracted, **kwargs):
        """Set the themes given."""
        if create and extracted:
            entry.themes.set(extracted)
            entry.save()

    @factory.post_generation
    def keywords(entry, create, extracted, **kwargs):
        """Set the keywords given, as words."""
        if create and extracted:
            entry.tags.set(extracted)
            entry.save()


class InnovatorFactory(factory.django.DjangoModelFactory):
    """A person behind an entry."""

    class Meta:
        model = Innovator

    entry = factory.SubFactory(InnovationFactory)
    name = factory.Sequence(lambda n: f"Inovator Contoh {n}")


class ClaimFactory(factory.django.DjangoModelFactory):
    """A stated result, level 0."""

    class Meta:
        model = Claim

    entry = factory.SubFactory(InnovationFactory)
    indicator = "Waktu tunggu"


class AttachmentFactory(factory.django.DjangoModelFactory):
    """A document of an entry, with a small file in private storage."""

    class Meta:
        model = Attachment

    entry = factory.SubFactory(InnovationFactory)
    title = factory.Sequence(lambda n: f"Dokumen {n}")
    file = factory.LazyAttribute(lambda attachment: ContentFile(b"%PDF-1.4 contoh", name="dokumen.pdf"))


def make_draft(user=None, **fields) -> Innovation:
    """Return an entry that was never published, with one revision written by ``user``."""
    entry = InnovationFactory(**{"created_by": user, **fields})
    entry.save_revision(user=user)
    return Innovation.objects.get(pk=entry.pk)


def make_published(user=None, **fields) -> Innovation:
    """Return a public entry: one revision, published through Wagtail, with its registry number."""
    entry = make_draft(user, **fields)
    entry.latest_revision.publish(user=user, skip_permission_checks=True)
    return Innovation.objects.get(pk=entry.pk)
