"""Years and dates are read no more exactly than they are written, and never guessed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.core.partial_dates import validate_partial_date
from innovation_hub.imports.dates import Order, is_nothing, order_of, parse_date, parse_year

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
TODAY = datetime.date(2026, 8, 17)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2021", "2021"),
        ("2021.0", "2021"),
        ("TA 2021", "2021"),
        ("Tahun Anggaran 2021", "2021"),
        ("2019-2021", "2019"),
        ("2020 s.d. sekarang", "2020"),
        ("01/02/2021", "2021-02-01"),
        ("29.8.2023", "2023-08-29"),
        ("8/29/2023", "2023-08-29"),
        ("3/2021", "2021-03"),
        ("1 Februari 2021", "2021-02-01"),
        ("Agustus 2020", "2020-08"),
        ("Feb-21", "2021-02"),
        ("February 1, 2021", "2021-02-01"),
        ("Senin, 17 Agustus 2020", "2020-08-17"),
        ("2021-02-01T00:00:00Z", "2021-02-01"),
        ("2021-02-01 00:00:00", "2021-02-01"),
        ("44197", "2021-01-01"),
        ("akhir tahun 2020", "2020"),
        ("2020-00-00", "2020"),
    ],
)
def test_dates(text, value):
    assert parse_date(text, today=TODAY).value == value


@pytest.mark.parametrize("text", ["", " ", "-", "N/A", "n.a.", "tidak ada", "belum", "None", "TBD", "0000-00-00"])
def test_nothing_is_no_problem(text):
    assert is_nothing(text)
    assert parse_date(text) == parse_year(text)
    assert parse_date(text).problem is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("20222", "year-out-of-range"),
        ("2202", "year-out-of-range"),
        ("1944", "year-out-of-range"),
        ("2028", "year-out-of-range"),
        ("01/02/2921", "year-out-of-range"),
        ("31/02/2021", "date-unclear"),
        ("bulan depan", "date-unclear"),
        ("99", "year-out-of-range"),
    ],
)
def test_impossible_dates_are_named(text, code):
    for parsed in (parse_date(text, column="Tahun", today=TODAY), parse_year(text, column="Tahun", today=TODAY)):
        assert parsed.value == ""
        assert (parsed.problem.code, parsed.problem.column) == (code, "Tahun")
        assert parsed.problem.text


def test_year_that_a_spreadsheet_showed_as_a_date():
    parsed = parse_date("7/15/1905", Order.MONTH_FIRST, today=TODAY)
    assert (parsed.value, parsed.problem.code) == ("2023", "year-repaired")
    assert parse_date("1/1/1905", Order.MONTH_FIRST, today=TODAY).problem.code == "year-out-of-range"


def test_a_column_of_years_takes_no_excel_serial():
    assert parse_year("44197", today=TODAY).problem.code == "year-out-of-range"


def test_order_comes_from_the_whole_column():
    assert order_of(["7/1/2023", "8/29/2023"]) is Order.MONTH_FIRST
    assert order_of(["7/1/2023", "29/8/2023"]) is Order.DAY_FIRST
    assert order_of(["7/1/2023"]) is Order.DAY_FIRST
    assert order_of(["13/1/2023", "1/13/2023"]) is Order.UNCLEAR
    assert parse_date("7/1/2023", Order.MONTH_FIRST).value == "2023-07-01"


def test_where_order_is_unclear_only_the_year_is_taken():
    parsed = parse_date("7/1/2023", Order.UNCLEAR, column="Mulai")
    assert (parsed.value, parsed.problem.code) == ("2023", "date-order-unclear")
    assert parse_date("5/5/2023", Order.UNCLEAR).value == "2023-05-05"


@given(st.text(max_size=40), st.sampled_from(Order))
def test_any_text_gives_a_valid_date_or_none(text, order):
    for parsed in (parse_date(text, order, today=TODAY), parse_year(text, today=TODAY)):
        if parsed.value:
            validate_partial_date(parsed.value)


@given(st.dates(min_value=datetime.date(1990, 1, 1), max_value=datetime.date(2026, 1, 1)))
def test_every_written_form_of_a_day_is_the_same_day(day):
    months = MONTHS.split()
    forms = [f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"{day.day} {months[day.month - 1]} {day.year}"]
    for form in [*forms, day.isoformat(), f"{day:%Y/%m/%d}"]:
        assert parse_date(form, today=TODAY).value == day.isoformat()
