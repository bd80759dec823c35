"""E-mail addresses: one way of writing each, and which of them are office addresses."""

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts.models import OfficeDomain

LONGEST = 254
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z]{{2,63}}")
# Signs that show nothing: zero width, direction marks, soft hyphen, byte order mark.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

NOT_AN_ADDRESS = _("This is no e-mail address.")
LOOK_ALIKE = _("The address has letters that only look like a–z. Type it anew, by hand.")
NOT_OFFICE = _(
    "This is no office address. Use the one that your office gave you, such as nama@instansi.go.id. If your office "
    "uses another domain, ask your training institution or write to us, and we add it."
)


def clean_address(text: str) -> str:
    """Return the one way in which an address is written here; raises ``ValidationError`` for anything else.

    Full-width and other compatibility letters become what they stand for. Letters that only look like others, and
    domains written in them (``xn--``), are refused: nobody could tell two such accounts apart.
    """
    address = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).strip().lower()
    if len(address) > LONGEST or re.search(r"[\s\x00-\x1f\x7f]", address):
        raise ValidationError(NOT_AN_ADDRESS)
    if not address.isascii() or re.search(r"[@.]xn--", address):
        raise ValidationError(LOOK_ALIKE)
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(NOT_AN_ADDRESS) from error
    if not is_domain(address.rpartition("@")[2]):
        raise ValidationError(NOT_AN_ADDRESS)
    return address


def clean_office_address(text: str) -> str:
    """Return an office address; raises ``ValidationError`` that says what to do with any other."""
    address = clean_address(text)
    if not is_office(address):
        raise ValidationError(NOT_OFFICE)
    return address


def is_office(address: str) -> bool:
    """True for an address at or below one of the office domains, those of the settings and those that staff added."""
    labels = address.rpartition("@")[2].split(".")
    above = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    if any(domain in settings.OFFICE_DOMAINS for domain in above):
        return True
    return OfficeDomain.objects.current().filter(domain__in=above).exists()


def is_domain(text: str) -> bool:
    """True for the name of a domain of two labels or more."""
    return len(text) <= 200 and bool(_DOMAIN.fullmatch(text))


def clean_name(text: str) -> str:
    """Return a person's name as one line without control and direction signs."""
    kept = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in _UNSEEN.sub("", text))
    return " ".join(unicodedata.normalize("NFC", kept).split())[:150]
