"""Synonyms and searches without result."""

import datetime

import factory

from search.models import EmptyQuery, SynonymGroup


class SynonymGroupFactory(factory.django.DjangoModelFactory):
    """A group of the hub's own, in use."""

    class Meta:
        model = SynonymGroup

    phrases = "ojol\nojek daring"


class EmptyQueryFactory(factory.django.DjangoModelFactory):
    """A text that was looked for once."""

    class Meta:
        model = EmptyQuery

    text = factory.Sequence(lambda n: f"pencarian {n}")
    first_on = last_on = datetime.date(2026, 1, 1)
