"""Vocabulary terms, regions, agencies, units and the people who act for agencies."""

import factory

from innovation_hub.agencies.models import Agency, AgencyAlias, AgencyMembership, Region, Unit
from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.core.models import Term

from .accounts import UserFactory


class TermFactory(factory.django.DjangoModelFactory):
    """A term; say its ``vocabulary`` (``TermFactory(vocabulary="stages", code="penerapan")``)."""

    class Meta:
        model = Term
        django_get_or_create = ("vocabulary", "code")

    vocabulary = "stages"
    code = factory.Sequence(lambda n: f"istilah-{n}")
    label_id = factory.LazyAttribute(lambda term: term.code.replace("-", " ").capitalize())


class ProvinceFactory(factory.django.DjangoModelFactory):
    """A province with a made-up code."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{10 + n % 90:02d}")
    name = factory.LazyAttribute(lambda region: f"Provinsi Contoh {region.code}")
    kind = Region.Kind.PROVINCE


class RegionFactory(factory.django.DjangoModelFactory):
    """A regency in its province; ``code`` follows the province's."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    parent = factory.SubFactory(ProvinceFactory)
    code = factory.LazyAttributeSequence(lambda region, n: f"{region.parent.code}.{1 + n % 69:02d}")
    name = factory.LazyAttribute(lambda region: f"Kabupaten Contoh {region.code}")
    kind = Region.Kind.REGENCY


class AgencyFactory(factory.django.DjangoModelFactory):
    """A recognised agency, without region or agency above unless given."""

    class Meta:
        model = Agency
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"instansi-{n}")
    name = factory.LazyAttribute(lambda agency: agency.code.replace("-", " ").title())


class UnknownAgencyFactory(AgencyFactory):
    """The one agency *belum dikenali*."""

    code = UNKNOWN_CODE
    name = "Belum dikenali"


class AgencyAliasFactory(factory.django.DjangoModelFactory):
    """Another name of an agency."""

    class Meta:
        model = AgencyAlias

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Nama lain {n}")


class UnitFactory(factory.django.DjangoModelFactory):
    """An office inside an agency."""

    class Meta:
        model = Unit

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Dinas Contoh {n}")


class AgencyMembershipFactory(factory.django.DjangoModelFactory):
    """A submitter of an agency (``role="reviewer"`` for its reviewer)."""

    class Meta:
        model = AgencyMembership

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = AgencyMembership.Role.SUBMITTER
