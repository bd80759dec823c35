"""Dates of which only a part is known."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.core.partial_dates import format_partial_date, validate_partial_date, year_of


@pytest.mark.parametrize("value", ["2021", "2021-03", "2021-03-09", "1945", "2020-02-29"])
def test_years_months_and_days(value):
    validate_partial_date(value)
    assert year_of(value) == int(value[:4])


@pytest.mark.parametrize(
    "value",
    [
        "2021-00",
        "2021-13",
        "2021-03-00",
        "2021-02-29",
        "21",
        "2021-3",
        "20222",
        "1899",
        "2999",
        "2021-03-09T00:00",
        "x",
    ],
)
def test_what_is_no_date(value):
    with pytest.raises(ValidationError):
        validate_partial_date(value)


@given(st.from_regex(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", fullmatch=True))
def test_whatever_is_accepted_can_be_shown(value):
    try:
        validate_partial_date(value)
    except ValidationError:
        return
    assert value[:4] in format_partial_date(value)


def test_words_of_the_language():
    with translation.override("id"):
        assert format_partial_date("2021-03") == "Maret 2021"
        assert format_partial_date("2021-03-09") == "9 Maret 2021"
    assert format_partial_date("2021") == "2021"
    assert format_partial_date("") == ""
    assert year_of("") is None
