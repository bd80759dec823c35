"""Finds people's data in free text: NIP, NIK, private phones, private e-mail and home addresses.

One module for forms, the curators' desk and the import, so that all three agree on what may not be public
(DESIGN.md section 3, "People"). It reads plain text; give it rich text through :func:`core.text.to_plain`.

Rules: NIP is 18 digits (birth date, month of appointment, sex, serial; PPPK use 21 and up where a month would
stand), NIK 16 digits (province, regency, district, birth date with 40 added to the day for women, serial).
Mobile numbers count as private, fixed lines don't. Mailboxes below ``.go.id``, ``.ac.id``, ``.sch.id``,
``.mil.id`` and foreign government domains are office mailboxes.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.text.words import word_set


class Kind(StrEnum):
    """What sort of personal data a finding is."""

    NIP = "nip"
    NIK = "nik"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


KIND_LABELS = {
    Kind.NIP: _("employee number (NIP)"),
    Kind.NIK: _("identity number (NIK)"),
    Kind.PHONE: _("mobile phone number"),
    Kind.EMAIL: _("private e-mail address"),
    Kind.ADDRESS: _("home address"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text, as character offsets; ``excerpt`` is masked and may be shown to staff and logged."""

    kind: Kind
    start: int
    end: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Group:
    """A run of digits inside a longer number written with separators."""

    digits: str
    start: int
    end: int


PROVINCE_CODES = word_set(
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94",
    "95 96 97",
)
# Separators that people and phones put inside a number; U+2010 to U+2015 are the hyphens WhatsApp copies.
_SEPARATOR = r" \u00a0\u2007\u202f.\-\u2010-\u2015()"
_RUN = re.compile(rf"[0-9](?:[{_SEPARATOR}]{{0,3}}[0-9]){{8,}}")
_DIGITS = re.compile(r"[0-9]+")
_MOBILE = re.compile(r"08[1-35-9][0-9]{7,10}$")
_MONEY_BEFORE = re.compile(r"(?:\bRp|\bIDR|\bUSD|[$€£])\s?\.?\s?$", re.IGNORECASE)
_BUSINESS_NUMBER_BEFORE = re.compile(r"\b(?:NIB|NPWP|ISBN|NSS|NSM)\b[\s.:]*$", re.IGNORECASE)
_AT = re.compile(r"@|[\[(]\s?(?:at|et)\s?[\])]\s?")
_LOCAL_PART = re.compile(r"[A-Za-z0-9._%+\-]{1,64}(?=\s?$)")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?(?:\.|\s?[\[(]\s?(?:dot|titik)\s?[\])]\s?)){1,5}[A-Za-z]{2,24}"
)
_DOT = re.compile(r"\s?[\[(]\s?(?:dot|titik)\s?[\])]\s?")
_OFFICE_SUFFIXES = (
    ".go.id",
    ".ac.id",
    ".sch.id",
    ".mil.id",
    ".desa.id",
    ".gov",
    ".mil",
    ".edu",
    ".int",
    ".europa.eu",
)
_OFFICE_DOMAIN = re.compile(r"(?:^|\.)(?:gov|gob|gouv|govt|gub|gv|ac|edu|mil)\.[a-z]{2}$")
_PRIVATE_PROVIDERS = word_set(
    "gmail googlemail yahoo ymail rocketmail hotmail outlook live msn icloud me mac aol proton protonmail pm gmx",
    "mail zoho yandex tutanota fastmail plasa telkom",
)
_ROLE_MAILBOX = re.compile(
    r"^(?:info|admin|contact|kontak|layanan|pelayanan|pengaduan|aduan|humas|sekretariat|sekre|support|helpdesk|help|"
    r"office|kantor|hello|halo|press|media|webmaster|noreply|no-reply|ppid|cs|customer|service|services|team|tim|"
    r"dinas|puskesmas|rsud|redaksi|marketing|sales|enquiries|inquiries|privacy|foia|data|opendata)(?:[._\-0-9].*)?$",
    re.IGNORECASE,
)
_STREET = r"\b(?:Jl|Jln|Jalan|Gang|Gg|Perum|Perumahan|Kompleks?|Komp|Dusun|Dsn|Kampung|Kp|Blok)\b\.?"
_NEIGHBOURHOOD = r"\bRT\b\.?\s?:?\s?[0-9]{1,3}\s?[/,.\-]?\s?(?:\bRW\b\.?\s?:?\s?)?[0-9]{1,3}\b"
_ADDRESS = re.compile(
    rf"{_STREET}[^\n;|]{{2,80}}?\b(?:No|Nomor|Nmr)\b\.?\s?[0-9]{{1,4}}[A-Za-z]?\b[^\n;|]{{0,40}}?{_NEIGHBOURHOOD}"
    rf"|{_STREET}[^\n;|]{{2,60}}?{_NEIGHBOURHOOD}[^\n;|]{{0,20}}?\b(?:No|Nomor|Nmr)\b\.?\s?[0-9]{{1,4}}[A-Za-z]?\b",
    re.IGNORECASE,
)
_HOME_LABEL = re.compile(
    r"\b(?:alamat\s+(?:rumah|tinggal|tempat\s+tinggal|pribadi|domisili)|home\s+address)\s*[:=]\s*[^\n;|]{8,120}",
    re.IGNORECASE,
)
_NEIGHBOURHOOD_HINT = re.compile(r"[Rr][Tt][\s.:]*[0-9]")
_HOME_HINT = re.compile(r"[Aa][Ll][Aa][Mm][Aa][Tt]\b|[Hh]ome [Aa]ddress")


def find_personal_data(text: str) -> list[Finding]:
    """Return the findings of ``text`` in reading order, none overlapping another; an empty list when it is
    clean.
    """
    findings = [*_numbers(text), *_emails(text), *_addresses(text)]
    findings.sort(key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in findings:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def redact(text: str, findings: Iterable[Finding], language: str = "id") -> str:
    """Return ``text`` with each finding replaced by a bracketed note in ``language`` ("[NIP dihapus]")."""
    parts: list[str] = []
    position = 0
    with override(language):
        for finding in sorted(findings, key=lambda item: item.start):
            note = gettext("[%(kind)s removed]") % {"kind": KIND_LABELS[finding.kind]}
            parts += [text[position : finding.start], note]
            position = finding.end
    parts.append(text[position:])
    return "".join(parts)


def is_office_email(address: str) -> bool:
    """Say whether a mailbox belongs to an office (and may be shown) rather than to a person."""
    local, _at, domain = address.lower().rpartition("@")
    if domain.endswith(_OFFICE_SUFFIXES) or f".{domain}".endswith(_OFFICE_SUFFIXES) or _OFFICE_DOMAIN.search(domain):
        return True
    if domain.split(".", 1)[0] in _PRIVATE_PROVIDERS:
        return False
    return bool(_ROLE_MAILBOX.match(local))


def _numbers(text: str) -> list[Finding]:
    found: list[Finding] = []
    for run in _RUN.finditer(text):
        groups = [_Group(m[0], m.start(), m.end()) for m in _DIGITS.finditer(text, run.start(), run.end())]
        index = 0
        while index < len(groups):
            finding, used = _number_at(text, groups, index)
            if finding:
                found.append(finding)
            index += used
    return found


def _number_at(text: str, groups: list[_Group], index: int) -> tuple[Finding | None, int]:
    """Read one personal number that starts at ``groups[index]``; return it with the number of groups it took."""
    before = text[max(0, groups[index].start - 12) : groups[index].start]
    if re.search(r"[0-9][.,]$", before) or _MONEY_BEFORE.search(before):
        return None, 1
    for kind, length, valid in ((Kind.NIP, 18, _is_nip), (Kind.NIK, 16, _is_nik)):
        used = _groups_of_length(groups, index, length)
        if used and valid("".join(group.digits for group in groups[index : index + used])):
            return _finding(text, kind, groups[index].start, groups[index + used - 1].end), used
    if _BUSINESS_NUMBER_BEFORE.search(before):
        return None, 1
    return _phone_at(text, groups, index)


def _groups_of_length(groups: list[_Group], index: int, length: int) -> int:
    """Return how many groups from ``index`` make exactly ``length`` digits (0: none do).

    Groups of three throughout are thousands of a figure, and a number glued to further digits is something
    else.
    """
    total = 0
    for used, group in enumerate(groups[index : index + 6], start=1):
        total += len(group.digits)
        if total >= length:
            chosen = groups[index : index + used]
            thousands = used > 3 and all(len(item.digits) == 3 for item in chosen[1:])
            return used if total == length and not thousands else 0
    return 0


def _is_nip(digits: str) -> bool:
    today = datetime.date.today()
    born = _date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    appointed, month = int(digits[8:12]), int(digits[12:14])
    if born is None or not 1925 <= born.year <= today.year - 15:
        return False
    if not born.year + 15 <= appointed <= min(born.year + 66, today.year + 1):
        return False
    return (1 <= month <= 12 or 21 <= month <= 39) and digits[14] in "12"


def _is_nik(digits: str) -> bool:
    if digits[:2] not in PROVINCE_CODES or digits[2:4] == "00" or digits[4:6] == "00" or digits[12:] == "0000":
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    return _date(2000, month, day - 40 if day > 40 else day) is not None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _phone_at(text: str, groups: list[_Group], index: int) -> tuple[Finding | None, int]:
    """Read a mobile number: 08… or 62 8… with 10 to 13 digits in all, counted with the leading zero."""
    first = groups[index]
    plus = text[: first.start].rstrip(" (").endswith("+")
    international = first.digits.startswith("62") and (plus or first.digits.startswith("628"))
    if not international and not (first.digits.startswith("08") and len(first.digits) >= 3):
        return None, 1
    national = "0" + first.digits[2:].lstrip("0") if international else first.digits
    used = 1
    for group in groups[index + 1 : index + 6]:
        longer = "0" + group.digits.lstrip("0") if national == "0" else national + group.digits
        # "08897077.2018" is part of a DOI: nobody writes a phone as one long piece, a full stop and the rest.
        decimal = len(national) > 6 and used == 1 and text[group.start - 1] == "."
        if len(longer) > 13 or decimal:
            break
        national, used = longer, used + 1
    if not _MOBILE.match(national):
        return None, 1
    start = first.start - 1 if text[first.start - 1 : first.start] in {"+", "("} else first.start
    return _finding(text, Kind.PHONE, start, groups[index + used - 1].end), used


def _emails(text: str) -> list[Finding]:
    found: list[Finding] = []
    if "@" not in text and "(" not in text and "[" not in text:
        return found
    for at in _AT.finditer(text):
        local = _LOCAL_PART.search(text, max(0, at.start() - 65), at.start())
        domain = _DOMAIN.match(text, at.end())
        if local and domain and not is_office_email(f"{local[0]}@{_DOT.sub('.', domain[0])}"):
            found.append(_finding(text, Kind.EMAIL, local.start(), domain.end()))
    return found


def _addresses(text: str) -> list[Finding]:
    patterns = []
    if ("RT" in text or "Rt" in text or "rt" in text) and _NEIGHBOURHOOD_HINT.search(text):
        patterns.append(_ADDRESS)
    if ("lamat" in text or "LAMAT" in text or "address" in text.lower()) and _HOME_HINT.search(text):
        patterns.append(_HOME_LABEL)
    spans = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    return [_finding(text, Kind.ADDRESS, start, end) for start, end in spans]


def _finding(text: str, kind: Kind, start: int, end: int) -> Finding:
    return Finding(kind, start, end, _mask(kind, text[start:end]))


def _mask(kind: Kind, value: str) -> str:
    """Keep just enough of a value that its owner can find it again."""
    if kind is Kind.EMAIL:
        domain = re.split(r"@|\bat\b|\bet\b", value)[-1].strip(" ])")
        return f"{value[0]}•••@{domain}"
    if kind is Kind.ADDRESS:
        return f"{value[:6].rstrip()} •••"
    return f"{value[:2]}{'•' * 6}{value[-2:]}"
