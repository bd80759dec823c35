"""Registry numbers catch what people mistype, and are never lost or given twice."""

import string

import pytest
from django.db import models, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from innovation_hub.innovations.models import RegistryCounter, RegistryNumber
from innovation_hub.innovations.registry_numbers import format_number, parse_number
from innovation_hub.innovations.services.numbering import issue_registry_numbers, take_serials
from tests.factories import InnovationFactory, make_published

serials = st.integers(min_value=1, max_value=999_999)


@given(serials)
def test_a_number_reads_back_in_any_usual_spelling(serial):
    number = format_number(serial)
    assert parse_number(number) == number
    assert parse_number(f" {number.lower()} ") == number
    assert parse_number(number.replace("-", "")) == number


@example(426, 9, "7")  # in the place of the hyphen
@given(serials, st.integers(3, 10), st.sampled_from(string.digits + string.ascii_uppercase))
def test_every_mistyped_character_is_caught(serial, place, wrong):
    number = format_number(serial)
    typed = number[:place] + wrong + number[place + 1 :]
    assert typed == number or parse_number(typed) is None


@given(serials, st.integers(3, 10), st.integers(3, 10))
def test_every_swap_of_two_characters_is_caught(serial, one, other):
    signs = list(format_number(serial))
    signs[one], signs[other] = signs[other], signs[one]
    typed = "".join(signs)
    assert typed == format_number(serial) or parse_number(typed) is None


@given(st.text(max_size=30))
def test_any_text_is_read_without_error(text):
    parsed = parse_number(text)
    assert parsed is None or parse_number(parsed) == parsed


@pytest.mark.django_db
def test_numbers_are_given_in_bulk_once_and_in_order():
    entries = [InnovationFactory() for _ in range(3)]
    issue_registry_numbers(entries)
    first = [entry.registry_number for entry in entries]
    assert first == [format_number(serial) for serial in (1, 2, 3)]
    assert issue_registry_numbers(entries) == []
    assert RegistryNumber.objects.count() == 3


@pytest.mark.django_db
def test_a_rolled_back_publication_loses_no_number():
    with pytest.raises(RuntimeError), transaction.atomic():
        take_serials(5)
        raise RuntimeError
    take_serials(1)
    assert RegistryCounter.objects.get().last == 1


@pytest.mark.django_db
def test_a_number_is_given_at_first_publication_and_kept():
    entry = make_published()
    number = entry.registry_number
    assert parse_number(number) == number
    entry.title_plain = "Judul lain"
    entry.save_revision().publish()
    entry.refresh_from_db()
    assert entry.registry_number == number
    assert entry.title_plain == "Judul lain"


@pytest.mark.django_db
def test_a_number_is_never_deleted():
    entry = make_published()
    with pytest.raises(models.ProtectedError):
        RegistryNumber.objects.get().delete()
    with pytest.raises(models.ProtectedError):
        entry.delete()
