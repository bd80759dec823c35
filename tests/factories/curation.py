"""Labs and their people; holidays."""

from datetime import date

import factory

from innovation_hub.curation.models import Holiday, Lab, LabMembership

from .accounts import UserFactory


class LabFactory(factory.django.DjangoModelFactory):
    """A lab that covers nothing yet; ``is_default=True`` for the one that has the rest."""

    class Meta:
        model = Lab
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"lab-{n}")
    name = factory.LazyAttribute(lambda lab: lab.code.replace("-", " ").title())


class LabMembershipFactory(factory.django.DjangoModelFactory):
    """A curator of a lab (``role="editor"`` for an editor)."""

    class Meta:
        model = LabMembership

    user = factory.SubFactory(UserFactory)
    lab = factory.SubFactory(LabFactory)
    role = LabMembership.Role.CURATOR


class HolidayFactory(factory.django.DjangoModelFactory):
    """A day off."""

    class Meta:
        model = Holiday
        django_get_or_create = ("date",)

    date = date(2026, 8, 17)
    name = "Hari libur contoh"
