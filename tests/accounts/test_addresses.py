"""Addresses are written in one way, and look-alikes are no way at all."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.accounts.addresses import clean_address, clean_name, is_office


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" Siti@Contoh.GO.ID ", "siti@contoh.go.id"),
        ("\uff53iti@contoh.go.id", "siti@contoh.go.id"),
        ("si\u200bti@contoh.go.id\ufeff", "siti@contoh.go.id"),
        ("siti\uff20contoh.go.id", "siti@contoh.go.id"),
    ],
)
def test_one_way_of_writing(typed, meant):
    assert clean_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "s\u0456ti@contoh.go.id",
        "siti@c\u043entoh.go.id",
        "siti@xn--cntoh-jye.go.id",
        "siti@contoh.go.id\nBcc: x@y.id",
        "siti@contoh..go.id",
        "siti@[127.0.0.1]",
        "siti@localhost",
        "siti",
        "@go.id",
        "a" * 250 + "@go.id",
        '"siti b"@contoh.go.id',
    ],
)
def test_what_is_no_address_here(typed):
    with pytest.raises(ValidationError):
        clean_address(typed)


@given(st.text(max_size=80))
def test_whatever_is_accepted_is_plain_and_stays_the_same(text):
    try:
        address = clean_address(text + "@contoh.go.id")
    except ValidationError:
        return
    assert address.isascii() and address == address.lower()
    assert clean_address(address) == address


@given(st.text(max_size=300))
def test_names_are_one_short_line(text):
    name = clean_name(text)
    assert len(name) <= 150 and name == name.strip() and not set(name) & set("\r\n\t\x00\u202e\u200b")


@pytest.mark.django_db
def test_office_domains_are_whole_labels():
    assert is_office("a@go.id") and is_office("a@x.y.go.id")
    assert not is_office("a@ago.id") and not is_office("a@go.id.com") and not is_office("a@id")
