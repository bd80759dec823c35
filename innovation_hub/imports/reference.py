"""Everything a row may name, loaded once a run: agencies, regions, units, training, vocabularies."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from innovation_hub.agencies.models import Agency, Region, Unit
from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.agencies.naming import AgencyIndex, AgencyRow
from innovation_hub.agencies.naming_words import fold_agency_name
from innovation_hub.agencies.places import RegionIndex, RegionRow
from innovation_hub.core.models import Term
from innovation_hub.innovations.models import SDG, Theme, Urusan
from innovation_hub.training.models import Cohort, TrainingInstitution, TrainingProgramme

from . import vocabulary_words as words

_LIKENESS = 91
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_NUMBER = re.compile(r"\b(?=[CLXVI])(C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))\b")
_FILLERS = re.compile(r"^(?:bidang|urusan|pemerintahan|inovasi|sektor|tema|program)\s+")


def fold(text: str) -> str:
    """Return the form under which terms are compared: lower case words, no punctuation."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


@dataclass(slots=True)
class TermIndex:
    """Terms of one vocabulary by code, labels in both languages and the words that sources use for them."""

    ids: dict[str, int] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    _known: dict[str, int | None] = field(default_factory=dict)

    @classmethod
    def build(cls, terms: Iterable, synonyms: Mapping[str, str] | None = None) -> "TermIndex":
        """Return the index of ``terms`` (objects with ``pk``, ``code``, ``label_id``, ``label_en``)."""
        index = cls()
        for term in terms:
            index.by_code[term.code] = term.pk
            index.labels[term.pk] = term.label_id
            for name in (term.code, term.label_id, term.label_en, re.sub(r"\(.*?\)", "", term.label_id)):
                if name:
                    index.ids.setdefault(fold(name), term.pk)
        for code, listed in (synonyms or {}).items():
            for word in listed.split(";"):
                if code in index.by_code:
                    index.ids.setdefault(fold(word), index.by_code[code])
        return index

    def match(self, text: str) -> int | None:
        """Return the term that ``text`` names: code, label or usual word, else the one label it is nearly equal to."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> int | None:
        code = re.match(r"([A-Z]?\.?\d+(?:\.\d{1,2})?)\b", text.strip())
        if code and code[1] in self.by_code:
            return self.by_code[code[1]]
        folded = fold(re.sub(r"\([^)]*\)", " ", text)) or fold(text)
        shorter = _FILLERS.sub("", folded)
        for name in (folded, shorter):
            if name in self.ids:
                return self.ids[name]
        if len(shorter) < 7:
            return None
        near = process.extract(shorter, list(self.ids), scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=3)
        found = {self.ids[name] for name, _score, _index in near}
        return found.pop() if len(found) == 1 else None


@dataclass(slots=True)
class Reference:
    """What rows are matched against. Nothing in it is changed by a run but the units it creates."""

    agencies: AgencyIndex
    unknown_agency: int
    agency_regions: dict[int, int | None]
    agency_names: dict[int, str]
    regions: RegionIndex
    places: frozenset[str]
    terms: dict[str, TermIndex]
    themes: TermIndex
    urusan: TermIndex
    sdgs: dict[str, int]
    programmes: dict[str, int]
    products: dict[int, int | None]
    institutions: dict[str, int]
    cohorts: dict[tuple[int, int | None, int | None, int | None], set[int]]
    cohort_facts: dict[int, tuple[int, int, int]]
    units: dict[tuple[int, str], int]

    @classmethod
    def load(cls) -> "Reference":
        """Read everything from the database, in a dozen queries."""
        agencies = _agencies()
        unknown = next((agency for agency in agencies if agency.code == UNKNOWN_CODE), None)
        if unknown is None:
            raise Agency.DoesNotExist(f"The agency {UNKNOWN_CODE!r} is missing; run manage.py load_vocabularies.")
        regions = list(Region.objects.select_related("parent"))
        terms: dict[str, list[Term]] = {}
        for term in Term.objects.all():
            terms.setdefault(term.vocabulary, []).append(term)
        cohorts = list(Cohort.objects.values_list("pk", "programme_id", "institution_id", "year", "number"))
        return cls(
            agencies=agency_index(agencies),
            unknown_agency=unknown.pk,
            agency_regions={agency.pk: agency.region_id for agency in agencies},
            agency_names={agency.pk: agency.name for agency in agencies},
            regions=RegionIndex.build(_region_rows(regions, agencies)),
            places=_place_names(regions),
            terms={name: TermIndex.build(terms.get(name, ()), synonyms) for name, synonyms in _SYNONYMS.items()},
            themes=TermIndex.build(Theme.objects.all(), words.THEMES),
            urusan=TermIndex.build(Urusan.objects.all()),
            sdgs=dict(SDG.objects.values_list("code", "pk")),
            programmes=_programme_names(),
            products=dict(TrainingProgramme.objects.values_list("pk", "product_id")),
            institutions=_institution_names(),
            cohorts=_cohort_keys(cohorts),
            cohort_facts={pk: (programme, institution, year) for pk, programme, institution, year, _number in cohorts},
            units=dict(_unit_keys()),
        )

    def programme(self, text: str) -> int | None:
        """Return the training programme that ``text`` begins with ("Latsar CPNS Golongan III Angkatan X")."""
        taken = _fold_programme(text).split()
        for length in range(len(taken), 0, -1):
            found = self.programmes.get(" ".join(taken[:length]))
            if found:
                return found
        return None

    def institution(self, text: str) -> int | None:
        """Return the training institution of that name, short name or earlier name."""
        return self.institutions.get(fold_agency_name(text))

    def cohort(
        self, programme: int | None, institution: int | None, year: int | None, number: int | None
    ) -> int | None:
        """Return the one registered cohort that fits what is said of it; nothing when several do."""
        if not programme:
            return None
        found = self.cohorts.get((programme, institution, year, number), set())
        return next(iter(found)) if len(found) == 1 else None


_SYNONYMS: dict[str, Mapping[str, str]] = {
    "stages": words.STAGES,
    "forms": words.FORMS,
    "digital": words.DIGITAL,
    "kinds": words.KINDS,
    "initiators": words.INITIATORS,
    "coverage": words.COVERAGE,
    "origin_channels": words.ORIGINS,
    "training_products": words.PRODUCTS,
}


def cohort_number(text: str) -> int | None:
    """Return the number of a cohort written "Angkatan XII", "12" or "Angkatan 12 Tahun 2021"."""
    roman = _ROMAN_NUMBER.search(re.sub(r"(?i)angkatan|gelombang|batch|ke-?", " ", text).upper())
    arabic = re.search(r"(?<!\d)(\d{1,3})(?!\d)", text)
    if arabic:
        return int(arabic[1])
    return _roman_value(roman[1]) if roman and roman[1] else None


def _roman_value(text: str) -> int:
    values = [_ROMAN[char] for char in text]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def agency_index(agencies: list[Agency] | None = None) -> AgencyIndex:
    """Return the index of all recognised agencies and their names."""
    known = _agencies() if agencies is None else agencies
    return AgencyIndex.build(_agency_row(agency) for agency in known if not agency.is_unknown)


def _agencies() -> list[Agency]:
    return list(Agency.objects.prefetch_related("aliases").select_related("region"))


def _agency_row(agency: Agency) -> AgencyRow:
    names = (agency.short_name, *(alias.name for alias in agency.aliases.all()))
    region = agency.region.code if agency.region else ""
    return AgencyRow(agency.pk, agency.code, agency.name, tuple(name for name in names if name), region)


def _region_rows(regions: list[Region], agencies: list[Agency]) -> Iterable[RegionRow]:
    other: dict[int, list[str]] = {}
    for agency in agencies:
        if agency.region_id:
            other.setdefault(agency.region_id, []).extend(alias.name for alias in agency.aliases.all())
            if agency.short_name:
                other[agency.region_id].append(agency.short_name)
    for region in regions:
        yield RegionRow(region.pk, region.code, region.name, region.kind, tuple(other.get(region.pk, ())))


def _place_names(regions: list[Region]) -> frozenset[str]:
    """Return names of places in lower case, for capitals in titles; short ones may be ordinary words."""
    names = {re.sub(r"^(?:kabupaten|kota|kota administrasi) ", "", region.name.lower()) for region in regions}
    return frozenset(name for name in names if len(name) > 3) | {"indonesia"}


def _fold_programme(text: str) -> str:
    """Fold a programme's name with its older spellings ("Diklat PIM Tk. IV", "Diklatpim Tingkat IV")."""
    folded = fold(text).replace("pendidikan dan pelatihan kepemimpinan", "diklatpim").replace("diklat pim", "diklatpim")
    return re.sub(r"\b(?:tingkat|tk)\b ?", "", folded).strip()


def _programme_names() -> dict[str, int]:
    found: dict[str, int] = {}
    for programme in TrainingProgramme.objects.all():
        names = [programme.code, programme.label_id, programme.label_en, programme.short_label]
        names += [name for name in re.split(r"[;,]", programme.formerly) if not name.strip().startswith("PerLAN")]
        names.append(re.sub(r"\([^)]*\)", "", programme.label_id))
        for name in filter(None, map(_fold_programme, names)):
            found.setdefault(name, programme.pk)
    return found


def _institution_names() -> dict[str, int]:
    found: dict[str, int] = {}
    for institution in TrainingInstitution.objects.all():
        names = [institution.name, institution.short_name, *re.split(r"[;]", institution.earlier_names)]
        for name in names:
            if fold_agency_name(name):
                found.setdefault(fold_agency_name(name), institution.pk)
    return found


def _cohort_keys(cohorts: list[tuple]) -> dict[tuple, set[int]]:
    """Index cohorts by everything that a row may leave out."""
    found: dict[tuple, set[int]] = {}
    for pk, programme, institution, year, number in cohorts:
        for held_institution in (institution, None):
            for held_year in (year, None):
                found.setdefault((programme, held_institution, held_year, number), set()).add(pk)
    return found


def _unit_keys() -> Iterable[tuple[tuple[int, str], int]]:
    for pk, agency, folded in Unit.objects.values_list("pk", "agency_id", "folded").iterator(chunk_size=5000):
        yield (agency, folded), pk
