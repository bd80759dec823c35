"""Registry numbers: form and check character (``IN-004217-K``).

The check letter is the serial modulo 23, written in an alphabet without I, O and U. 23 is prime, larger than any digit,
and 10 generates its multiplicative group, so every mistyped digit and every swap of two digits (up to 22 places apart)
changes the letter; a swap of the letter with a digit breaks the form.
"""

import re

PREFIX = "IN"
DIGITS = 6
ALPHABET = "ABCDEFGHJKLMNPQRSTVWXYZ"
#: Both hyphens or none: a digit typed in the place of one would else make a longer serial.
_FORM = re.compile(rf"{PREFIX}(?P<hyphen>-?)(?P<serial>\d{{{DIGITS},12}})(?P=hyphen)(?P<letter>[{ALPHABET}])")


def check_letter(serial: int) -> str:
    """Return the check letter of a serial."""
    return ALPHABET[serial % len(ALPHABET)]


def format_number(serial: int) -> str:
    """Return the registry number of a serial (1 and up)."""
    if serial < 1:
        raise ValueError("serials begin at 1")
    return f"{PREFIX}-{serial:0{DIGITS}d}-{check_letter(serial)}"


def parse_number(text: str) -> str | None:
    """Return the number in its one canonical form, or ``None`` if the form or the check letter is wrong."""
    match = _FORM.fullmatch(text.strip().upper())
    if not match:
        return None
    serial = int(match["serial"])
    canonical = format_number(serial) if serial else None
    return canonical if canonical and check_letter(serial) == match["letter"] else None
