"""The costly half of reading a row: its texts, terms and people, cleaned and ready to be written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from innovation_hub.agencies.naming_words import tidy_unit
from innovation_hub.core.personal_data import find_personal_data, is_office_email
from innovation_hub.core.text import (
    clean_line,
    clean_plain,
    clean_rich,
    has_lost_characters,
    sentence_case,
    shorten,
    split_brand,
    to_plain,
)

from . import vocabulary_words as words
from .dates import is_nothing
from .fields import BY_CODE, FIELDS, Use
from .people import PersonDraft, people_of
from .problems import Problem
from .reference import Reference, cohort_number
from .staging import Defaults, StagedRow, Stager

TITLE_SIZE, BRAND_SIZE, EXPANSION_SIZE, ADDRESS_SIZE, REGION_SIZE, TAG_SIZE = 255, 160, 300, 500, 200, 100
SUMMARY_SIZE = 1400
EXCERPT_SIZE = 420
RICH_FIELDS = tuple(one.code for one in FIELDS if one.use is Use.RICH)
# What an excerpt for the summary is taken from, the most telling first.
_EXCERPT_FROM = ("objectives", "design", "problem", "results", "novelty")
_LIST = re.compile(r"\s*[;|\n•]\s*")
_COMMAS = re.compile(r"\s*[,/]\s*")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+(?: [^\s<>\"']+/[^\s<>\"']*)*", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"^(?:www\.)?(?:[a-z0-9\-]+\.)+[a-z]{2,}(?:/[^\s<>\"']*)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z0-9“\"(])")
_validate_address = URLValidator(schemes=["http", "https"])


@dataclass(slots=True)
class EntryDraft:
    """What becomes an entry: column values by attribute name, relations, people, and the unit to be found or made."""

    staged: StagedRow
    values: dict[str, object] = field(default_factory=dict)
    themes: list[int] = field(default_factory=list)
    sdgs: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    people: list[PersonDraft] = field(default_factory=list)
    unit_name: str | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def held_back(self) -> bool:
        """True when the public text holds people's data."""
        return any(problem.code == "personal-data" for problem in self.problems)

    @property
    def flags(self) -> list[str]:
        """The doubts shown to curators, as codes."""
        return sorted({problem.code for problem in self.problems})


class Converter:
    """Turns staged rows into drafts of entries."""

    def __init__(self, stager: Stager, reference: Reference, defaults: Defaults) -> None:
        self.stager, self.reference, self.defaults = stager, reference, defaults
        self._languages = {"id": 0, "en": 0}

    def convert(self, staged: StagedRow) -> EntryDraft:
        """Clean and match everything a row holds; doubts become problems, nothing is invented."""
        draft = EntryDraft(staged, problems=list(staged.problems))
        self._title(draft)
        self._texts(draft)
        self._summary(draft)
        self._place(draft)
        self._dates(draft)
        self._training(draft)
        self._terms(draft)
        self._addresses(draft)
        self._numbers(draft)
        draft.people = people_of(self.stager, staged)
        draft.values["language"] = self._language(draft)
        self._check_people_in_text(draft)
        return draft

    def _value(self, draft: EntryDraft, code: str) -> tuple[str, str]:
        return self.stager.value(draft.staged, code)

    def _title(self, draft: EntryDraft) -> None:
        title, values = draft.staged.title, draft.values
        column = next(iter(self.stager.columns_of["title"]), "")
        calm = sentence_case(title, names=self.reference.places)
        if calm != title:
            draft.problems.append(Problem("title-shouting", column))
        if len(calm) > TITLE_SIZE:
            draft.problems.append(Problem("title-shortened", column, {"length": str(len(calm))}))
        values["title_plain"] = shorten(calm, TITLE_SIZE)
        values["title_source"] = title if title != values["title_plain"] else ""
        brand = self._value(draft, "brand_name")[0]
        expansion = self._value(draft, "acronym_expansion")[0]
        if not brand:
            brand, meaning = split_brand(title)
            expansion = expansion or (sentence_case(meaning, names=self.reference.places) if brand.isupper() else "")
        if brand and brand != values["title_plain"]:
            values["brand_name"] = shorten(brand, BRAND_SIZE)
        values["acronym_expansion"] = shorten(expansion, EXPANSION_SIZE)

    def _texts(self, draft: EntryDraft) -> None:
        for code in RICH_FIELDS:
            parts = []
            for column, raw in self.stager.cells(draft.staged, code):
                if has_lost_characters(raw):
                    draft.problems.append(Problem("lost-characters", column))
                rich = clean_rich(raw)
                if rich and not is_nothing(to_plain(rich)):
                    parts.append((column, rich))
            headed = len(parts) > 1
            draft.values[code] = "".join(
                f"<p><b>{_label(column)}</b></p>{rich}" if headed else rich for column, rich in parts
            )
        for code in ("team_note", "tech_dependencies"):
            draft.values[code] = "\n".join(clean_plain(raw) for _column, raw in self.stager.cells(draft.staged, code))

    def _summary(self, draft: EntryDraft) -> None:
        """Keep a summary of readable length; a long description goes to "how it works" and is quoted from."""
        texts = [(clean_plain(raw), raw) for _column, raw in self.stager.cells(draft.staged, "summary")]
        text = "\n\n".join(plain for plain, _raw in texts if not is_nothing(plain))
        if any(has_lost_characters(raw) for _plain, raw in texts):
            draft.problems.append(Problem("lost-characters", next(iter(self.stager.columns_of["summary"]))))
        if len(text) > SUMMARY_SIZE and not draft.values["design"]:
            draft.values["design"] = "".join(clean_rich(raw) for _plain, raw in texts)
            text = excerpt(text, EXCERPT_SIZE)
        if not text:
            source = next((str(draft.values[code]) for code in _EXCERPT_FROM if draft.values[code]), "")
            text = excerpt(to_plain(source), EXCERPT_SIZE)
        draft.values["summary"] = text

    def _place(self, draft: EntryDraft) -> None:
        staged, reference = draft.staged, self.reference
        draft.values["agency_id"] = staged.agency_id
        draft.values["agency_raw"] = staged.agency_raw
        unit = staged.agency.unit_name if staged.agency else None
        if staged.agency_id != reference.unknown_agency:
            draft.unit_name = unit[:255] if unit else None
        raw_unit = self._value(draft, "unit")[0]
        raw_unit = "" if raw_unit == staged.agency_raw else raw_unit
        draft.values["unit_raw"] = (raw_unit or (unit or "" if not draft.unit_name else ""))[:300]
        text, column = self._value(draft, "region")
        province = self._value(draft, "province")[0]
        region = reference.regions.match(text, province=province) if text else None
        if not text:
            # The government's own region says more than a column that names only the province.
            region = reference.agency_regions.get(staged.agency_id) or reference.regions.match(province)
        if text and not region:
            draft.problems.append(Problem("region-unknown", column, {"value": text[:60]}))
        draft.values["region_id"] = region
        draft.values["region_raw"] = ", ".join(filter(None, (text, province)))[:REGION_SIZE]
        if region and not draft.unit_name and raw_unit and staged.agency_id != reference.unknown_agency:
            draft.unit_name = tidy_unit(raw_unit)

    def _dates(self, draft: EntryDraft) -> None:
        dates = dict(draft.staged.dates)
        year = dates.pop("year", "")
        for code in ("trial_start", "implemented_on", "ended_on"):
            draft.values[code] = dates.get(code, "")
        if year and not dates.get("implemented_on") and not dates.get("trial_start"):
            draft.values["implemented_on"] = year

    def _training(self, draft: EntryDraft) -> None:
        reference, values = self.reference, draft.values
        text, column = self._value(draft, "programme")
        programme = reference.programme(text) if text else None
        if text and not programme:
            draft.problems.append(Problem("programme-unknown", column, {"value": text[:80]}))
        programme = programme or self.defaults.programme_id
        named, column = self._value(draft, "institution")
        institution = reference.institution(named) if named else None
        if named and not institution:
            draft.problems.append(Problem("institution-unknown", column, {"value": named[:80]}))
        cohort_text, column = self._value(draft, "cohort")
        cohort_text = cohort_text or (text if "angkatan" in text.lower() else "")
        year = re.search(r"(?:19|20)\d{2}", cohort_text)
        year_number = int(year[0]) if year else int(draft.staged.dates.get("year", "0")[:4]) or None
        number = cohort_number(cohort_text.replace(year[0] if year else " ", " ")) if cohort_text else None
        cohort = reference.cohort(programme, institution, year_number, number) if number else None
        if cohort_text and not cohort:
            draft.problems.append(Problem("cohort-unknown", column, {"value": cohort_text[:80]}))
        if cohort:
            programme, institution, cohort_year = reference.cohort_facts[cohort]
            values["_cohort_year"] = cohort_year
        values.update(programme_id=programme, institution_id=institution, cohort_id=cohort)

    def _terms(self, draft: EntryDraft) -> None:
        for code, vocabulary, attribute in (
            ("stage", "stages", "stage_id"),
            ("form", "forms", "form_id"),
            ("initiator", "initiators", "initiator_id"),
            ("coverage", "coverage", "coverage_id"),
            ("training_product", "training_products", "training_product_id"),
            ("origin_channel", "origin_channels", "origin_channel_id"),
        ):
            text, column = self._value(draft, code)
            draft.values[attribute] = self.reference.terms[vocabulary].match(text) if text else None
            if text and not draft.values[attribute]:
                draft.problems.append(Problem("unknown-term", column, {"value": text[:60], "vocabulary": vocabulary}))
        self._origin(draft)
        self._digital_and_kinds(draft)
        text, column = self._value(draft, "urusan")
        draft.values["urusan_primary_id"] = self.reference.urusan.match(text) if text else None
        if text and not draft.values["urusan_primary_id"]:
            draft.problems.append(Problem("unknown-term", column, {"value": text[:60], "vocabulary": "urusan"}))
        self._themes(draft)
        self._sdgs(draft)

    def _digital_and_kinds(self, draft: EntryDraft) -> None:
        """Read "Jenis inovasi", which is digital or not in Kemendagri's forms and one of eight kinds in LAN's."""
        digital, kinds = self.reference.terms["digital"], self.reference.terms["kinds"]
        found = None
        for code in ("digital", "kinds"):
            for column, raw in self.stager.cells(draft.staged, code):
                for name in _items(raw, lambda text: digital.match(text) or kinds.match(text)):
                    found = found or digital.match(name)
                    kind = None if digital.match(name) else kinds.match(name)
                    draft.kinds += [kind] if kind and kind not in draft.kinds else []
                    if not kind and not digital.match(name) and _says_something(name):
                        params = {"value": name[:60], "vocabulary": "kinds"}
                        draft.problems.append(Problem("unknown-term", column, params))
        draft.values["digital"] = next((code for code, pk in digital.by_code.items() if pk == found), "")

    def _origin(self, draft: EntryDraft) -> None:
        values, origins = draft.values, self.reference.terms["origin_channels"].by_code
        trained = values["programme_id"] or values["institution_id"]
        if not values["origin_channel_id"]:
            values["origin_channel_id"] = origins.get("pelatihan" if trained else "impor")
        programme = values["programme_id"]
        if not values["training_product_id"] and isinstance(programme, int):
            values["training_product_id"] = self.reference.products.get(programme)

    def _themes(self, draft: EntryDraft) -> None:
        tags: list[str] = []
        for column, raw in self.stager.cells(draft.staged, "theme"):
            for name in _items(raw, self.reference.themes.match):
                theme = self.reference.themes.match(name)
                if theme:
                    draft.themes.append(theme)
                elif _says_something(name):
                    tags.append(name)
                    params = {"value": name[:60], "vocabulary": "themes"}
                    draft.problems.append(Problem("unknown-term", column, params))
        for _column, raw in self.stager.cells(draft.staged, "tags"):
            tags += [item for part in _LIST.split(clean_plain(raw)) for item in part.split(",")]
        draft.themes = list(dict.fromkeys(draft.themes))[:3]
        cleaned = (" ".join(tag.strip(" #.").split()) for tag in tags)
        once: dict[str, str] = {}
        for tag in cleaned:
            if 1 < len(tag) <= TAG_SIZE:
                once.setdefault(tag.casefold(), tag)
        draft.tags = list(once.values())[:12]

    def _sdgs(self, draft: EntryDraft) -> None:
        for _column, raw in self.stager.cells(draft.staged, "sdg"):
            for number in re.findall(r"(?<![\d.])(\d{1,2})(?![\d])", clean_line(raw)):
                if number.lstrip("0") in self.reference.sdgs:
                    draft.sdgs.append(self.reference.sdgs[number.lstrip("0")])
        draft.sdgs = list(dict.fromkeys(draft.sdgs))

    def _addresses(self, draft: EntryDraft) -> None:
        text, column = self._value(draft, "website")
        if text:
            draft.values["website"] = web_address(text)
            if not draft.values["website"]:
                draft.problems.append(Problem("bad-address", column, {"value": text[:60]}))
        contact = self._value(draft, "contact_channel")[0]
        if contact and is_office_mailbox(contact):
            draft.values["contact_channel"] = contact

    def _numbers(self, draft: EntryDraft) -> None:
        digits = re.sub(r"[^\d]", "", self._value(draft, "beneficiaries_count")[0].split(",")[0])
        if digits and len(digits) < 10:
            draft.values["beneficiaries_count"] = int(digits)
        for code, largest in (("latitude", 90), ("longitude", 180)):
            text = self._value(draft, code)[0].replace(",", ".")
            if re.fullmatch(r"-?\d{1,3}(?:\.\d+)?", text) and abs(float(text)) <= largest:
                draft.values[code] = Decimal(text).quantize(Decimal("0.00001"))

    def _language(self, draft: EntryDraft) -> str:
        """Take the language from the file or the person, else from the commonest words, else that of other rows."""
        said = self._value(draft, "language")[0].lower()
        if said.startswith(("id", "ind", "bahasa ind")):
            return "id"
        if said.startswith(("en", "ing")):
            return "en"
        if self.defaults.language:
            return self.defaults.language
        text = f"{draft.staged.title} {draft.values['summary']} {to_plain(str(draft.values['objectives'])[:600])}"
        taken = set(text.lower().split())
        english, indonesian = len(taken & words.ENGLISH), len(taken & words.INDONESIAN)
        if english == indonesian:
            return max(self._languages, key=self._languages.__getitem__)
        found = "en" if english > indonesian else "id"
        self._languages[found] += 1
        return found

    def _check_people_in_text(self, draft: EntryDraft) -> None:
        """Hold the entry back if any text that readers would see names a person's numbers or private addresses."""
        for code, text in self._public_texts(draft):
            for finding in find_personal_data(text) if text else ():
                params = {"kind": str(finding.kind), "excerpt": finding.excerpt}
                columns = self.stager.columns_of[code]
                draft.problems.append(Problem("personal-data", columns[0] if columns else "", params))

    def _public_texts(self, draft: EntryDraft) -> Iterable[tuple[str, str]]:
        values = draft.values
        for code in ("title_plain", "title_source", "brand_name", "acronym_expansion"):
            yield "title", str(values.get(code, ""))
        for code in ("summary", "team_note", "tech_dependencies", "website", "contact_channel"):
            yield code, str(values.get(code, ""))
        for code in RICH_FIELDS:
            yield code, to_plain(str(values[code]))
        yield "agency", str(values["agency_raw"])
        yield "unit", draft.unit_name or ""
        yield "unit", str(values["unit_raw"])
        yield "region", str(values["region_raw"])
        yield "tags", "\n".join(draft.tags)


def excerpt(text: str, limit: int) -> str:
    """Return the first whole sentences of ``text`` within ``limit`` characters, else its first words."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    ends = [match.start() + 1 for match in _SENTENCE_END.finditer(text, 0, limit)]
    return text[: ends[-1]] if ends and ends[-1] > limit // 3 else shorten(text, limit)


def web_address(text: str) -> str:
    """Return the first valid web address in ``text``, repaired where that is certain; empty if there is none."""
    match = _ADDRESS.search(text)
    address = match[0] if match else f"https://{text.strip()}" if _BARE_ADDRESS.match(text.strip()) else ""
    address = quote(address.rstrip(".,;)"), safe=":/?#[]@!$&'()*+,;=%~")
    if not address or len(address) > ADDRESS_SIZE:
        return ""
    try:
        _validate_address(address)
    except ValidationError:
        return ""
    return address


def is_office_mailbox(text: str) -> bool:
    """Say whether ``text`` is one valid mailbox of an office."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return is_office_email(text)


def _label(column: str) -> str:
    code = BY_CODE.get(column)
    name = clean_line(str(code.label) if code else column)
    return shorten(name.replace("_", " ").strip(" .:*"), 80).replace("&", "&amp;").replace("<", "&lt;")


def _items(raw: str, match) -> list[str]:
    """Part a cell that lists terms; commas part it only where the whole isn't a term itself."""
    found: list[str] = []
    for part in _LIST.split(clean_plain(raw)):
        part = part.strip()
        pieces = _COMMAS.split(part) if part and not match(part) else [part]
        found += pieces if len(pieces) > 1 and any(match(piece) for piece in pieces) else [part]
    return [item for item in found if item]


def _says_something(name: str) -> bool:
    folded = re.sub(r"[^a-z]+", " ", re.sub(r"\([^)]*\)", "", name).lower()).strip()
    return bool(folded) and folded not in words.NO_THEME and not is_nothing(name)
