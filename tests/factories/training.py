"""Programmes, institutions, cohorts and reviewers of institutions."""

import factory

from innovation_hub.training.models import (
    Cohort,
    InstitutionMembership,
    TrainingInstitution,
    TrainingProgramme,
)

from .accounts import UserFactory


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A training programme without a workflow of its own."""

    class Meta:
        model = TrainingProgramme
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"program-{n}")
    label_id = factory.LazyAttribute(lambda programme: programme.code.replace("-", " ").capitalize())


class InstitutionFactory(factory.django.DjangoModelFactory):
    """A training institution."""

    class Meta:
        model = TrainingInstitution
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"lembaga-{n}")
    name = factory.LazyAttribute(lambda institution: institution.code.replace("-", " ").title())


class CohortFactory(factory.django.DjangoModelFactory):
    """One run of a programme by an institution."""

    class Meta:
        model = Cohort

    programme = factory.SubFactory(ProgrammeFactory)
    institution = factory.SubFactory(InstitutionFactory)
    number = factory.Sequence(lambda n: 1 + n)
    year = 2024


class InstitutionMembershipFactory(factory.django.DjangoModelFactory):
    """A reviewer of an institution."""

    class Meta:
        model = InstitutionMembership

    user = factory.SubFactory(UserFactory)
    institution = factory.SubFactory(InstitutionFactory)
    role = InstitutionMembership.Role.REVIEWER
