"""The language of an account and that of Wagtail's profile follow each other."""

import pytest
from wagtail.users.models import UserProfile

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_new_profile_takes_the_language_of_its_account():
    person = UserFactory(language="en")
    assert UserProfile.get_for_user(person).get_preferred_language() == "en"


def test_a_change_on_either_side_reaches_the_other():
    person = UserFactory(language="id")
    profile = UserProfile.get_for_user(person)
    profile.preferred_language = "en"
    profile.save()
    person.refresh_from_db()
    assert person.language == "en"
    person.language = "id"
    person.save()
    profile.refresh_from_db()
    assert profile.preferred_language == "id"
