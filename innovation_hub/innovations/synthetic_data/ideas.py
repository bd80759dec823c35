"""Reads ``ideas/*.txt`` and ``generic.txt``; the format is in README.md."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .templates import Pool

HERE = Path(__file__).resolve().parent
LINE_KINDS = "TBAOPDSMRHLNE"
HEADERS = (
    "urusan",
    "sdgs",
    "digital",
    "targets",
    "kinds",
    "tags",
    "tematik",
    "form",
    "shared",
    "service",
    "coastal",
    "units",
    "nouns",
)


# Traits of an entry that decide which generic sentences suit it.
TRAITS = ("service", "office", "outreach", "digital", "manual", "rural", "pandemic")
# Themes whose ideas are services at a counter or work inside an office; the others reach out to people.
SERVICE_THEMES = frozenset(
    {
        "adminduk", "perizinan-investasi", "pengaduan-layanan", "arsip-informasi", "perencanaan-keuangan",
        "digital-data", "pengawasan-integritas",
    }
)  # fmt: skip
OFFICE_THEMES = frozenset({"sdm-aparatur", "riset-inovasi"})


class IdeaError(ValueError):
    """A line of an idea file breaks the format."""


@dataclass(frozen=True, slots=True)
class UnitPattern:
    """Which class of agency may have this unit (K, P, H or an agency code), how often, and its name."""

    owner: str
    weight: int
    name: str


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator with its range before and how it changes: ``turun``/``naik`` by percent, ``ke`` an absolute."""

    indicator: str
    unit: str
    low: int
    high: int
    change: str
    change_low: int
    change_high: int
    method: str


@dataclass(slots=True)
class Idea:
    """One innovation idea: its codes, nouns and own sentences."""

    code: str
    theme: str
    headers: dict[str, str] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)
    units: list[UnitPattern] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    brands: list[tuple[str, str]] = field(default_factory=list)
    nouns: dict[str, str] = field(default_factory=dict)
    urusan: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    digital: int = 0
    form: str = "pelayanan-publik"
    tematik: str = ""

    @property
    def internal(self) -> bool:
        """True when only civil servants are served: no villages, no house visits."""
        return self.targets == ("asn-internal",) or self.theme in OFFICE_THEMES

    @property
    def coastal(self) -> bool:
        """True when it needs the sea: only for regions that surely have a coast."""
        return "coastal" in self.headers

    @property
    def manner(self) -> str:
        """``service``, ``office`` or ``outreach``: which generic sentences suit it."""
        if self.internal:
            return "office"
        return "service" if self.theme in SERVICE_THEMES or "service" in self.headers else "outreach"


def read_blocks(path: Path) -> Iterator[tuple[str, str, dict[str, str], dict[str, list[str]]]]:
    """Yield ``(theme, code, headers, lines)`` for each block of a file."""
    theme, code = "", ""
    headers: dict[str, str] = {}
    lines: dict[str, list[str]] = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("=="):
            if code:
                yield theme, code, headers, lines
            code, headers, lines = line[2:].strip(), {}, {}
            continue
        key, separator, value = line.partition(":")
        value = value.strip()
        if not separator or not value:
            raise IdeaError(f"{path.name}:{number}: expected 'key: value'")
        if key == "theme":
            theme = value
        elif key in HEADERS:
            headers[key] = value
        elif len(key) == 1 and key in LINE_KINDS:
            lines.setdefault(key, []).append(value)
        else:
            raise IdeaError(f"{path.name}:{number}: unknown key {key!r}")
    if code:
        yield theme, code, headers, lines


def parse_measure(text: str) -> Measure:
    """Read ``indicator | unit | low-high | turun low-high | method``."""
    indicator, unit, before, change, method = (part.strip() for part in text.split("|"))
    low, high = (int(part) for part in before.split("-"))
    kind, amount = change.split()
    if kind not in {"turun", "naik", "ke"}:
        raise IdeaError(f"unknown change: {change}")
    change_low, change_high = (int(part) for part in amount.split("-"))
    return Measure(indicator, unit, low, high, kind, change_low, change_high, method)


def parse_units(text: str) -> list[UnitPattern]:
    """Read ``K 8 Puskesmas {kec}; P 2 Dinas Kesehatan``."""
    found = []
    for part in text.split(";"):
        owner, weight, name = part.strip().split(" ", 2)
        found.append(UnitPattern(owner, int(weight), name))
    return found


def complete(idea: Idea) -> Idea:
    """Parse the headers and compile the lines of an idea."""
    head = idea.headers
    idea.units = parse_units(head["units"])
    idea.nouns = dict(part.strip().split("=", 1) for part in head["nouns"].split(";"))
    idea.urusan = tuple(head["urusan"].split())
    idea.sdgs = tuple(head["sdgs"].split())
    idea.targets = tuple(head["targets"].split())
    idea.kinds = tuple(head["kinds"].split())
    idea.tags = tuple(tag.strip() for tag in head["tags"].split(";"))
    idea.digital = int(head["digital"])
    idea.form = head.get("form", idea.form)
    idea.tematik = head.get("tematik", "")
    idea.measures = [parse_measure(line) for line in idea.lines.get("M", [])]
    for line in idea.lines.get("B", []):
        brand, _, expansion = line.partition("=")
        idea.brands.append((brand.strip(), expansion.strip()))
    idea.pools = {kind: Pool(lines) for kind, lines in idea.lines.items() if kind not in "MB"}
    return idea


@cache
def load_ideas() -> tuple[Idea, ...]:
    """All ideas in order of file and line; sentences of a theme's ``*`` block are added to each of its ideas."""
    found = []
    for path in sorted((HERE / "ideas").glob("*.txt")):
        shared: dict[str, dict[str, list[str]]] = {}
        for theme, code, headers, lines in read_blocks(path):
            if code == "*":
                shared[theme] = lines
                continue
            merged = {kind: list(own) for kind, own in lines.items()}
            with_shared = headers.get("shared") != "tidak"
            for kind, extra in shared.get(theme, {}).items() if with_shared else ():
                merged.setdefault(kind, []).extend(extra)
            try:
                found.append(complete(Idea(code, theme, headers, merged)))
            except (KeyError, ValueError) as error:
                raise IdeaError(f"{path.name}, {code}: {error!r}") from error
    return tuple(found)


@cache
def load_sections() -> dict[str, list[str]]:
    """The sections of ``generic.txt`` by name."""
    sections: dict[str, list[str]] = {}
    current = ""
    for raw in (HERE / "generic.txt").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("=="):
            current = line[2:].strip()
            sections[current] = []
        elif line and not line.startswith("#"):
            sections[current].append(line)
    return sections


@cache
def load_generic(traits: tuple[str, ...] = ()) -> dict[str, Pool]:
    """Sentences that an idea with these traits may borrow, by section.

    A section ``problem-rural`` is added to ``problem`` for ideas with the trait ``rural``; a section with two
    traits needs both. Sections that name no trait (``step-build``) stand for themselves.
    """
    merged: dict[str, list[str]] = {}
    for name, lines in load_sections().items():
        base, needed = split_traits(name)
        if needed <= set(traits):
            merged.setdefault(base, []).extend(lines)
    return {name: Pool(lines) for name, lines in merged.items()}


def split_traits(name: str) -> tuple[str, set[str]]:
    """``design-service-digital`` is the base ``design`` for ideas with both traits."""
    needed = set()
    while "-" in name and name.rpartition("-")[2] in TRAITS:
        name, _, trait = name.rpartition("-")
        needed.add(trait)
    return name, needed
