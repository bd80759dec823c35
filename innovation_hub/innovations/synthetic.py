"""The sample collection: believable, invented Indonesian entries, the same for the same seed and index.

``generate(n)`` yields entries 0 … n-1; an entry depends on the seed and its own index only, so a larger collection
begins with the smaller one. No Django here: :mod:`.services.demo` writes the entries to the database. Nobody is
named, no contact is given, and no regulation is cited, because none of them would be true.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from random import Random

from .synthetic_data import facts
from .synthetic_data.entry import SyntheticClaim, SyntheticEntry, SyntheticPartner, SyntheticStep
from .synthetic_data.ideas import Idea, UnitPattern, load_generic, load_ideas
from .synthetic_data.places import Body, bodies
from .synthetic_data.prose import Writer, one_line
from .synthetic_data.templates import Context
from .synthetic_data.training import (
    LOOSE,
    SyntheticCohort,
    choose_cohort,
    choose_institution,
    choose_programme,
    products,
)
from .synthetic_data.units import Setting, build

__all__ = [
    "SyntheticClaim", "SyntheticCohort", "SyntheticEntry", "SyntheticPartner", "SyntheticStep", "generate", "make",
    "make_many",
]  # fmt: skip

DEFAULT_SEED = 2026
# How often a theme is met; health, education and civil registration lead (domain.md section 2).
THEME_WEIGHT = {"kesehatan": 46, "pendidikan": 36, "adminduk": 19, "digital-data": 15, "pengaduan-layanan": 13,
                "umkm-pasar": 13, "sdm-aparatur": 12, "lingkungan-sampah": 11, "desa": 11}  # fmt: skip
OTHER_THEME_WEIGHT = 8
CENTRAL_SHARE, PROVINCE_SHARE = 0.15, 0.15


class Choice:
    """A weighted choice that remembers its running sums."""

    __slots__ = ("limits", "values")

    def __init__(self, values: list, weights: list[float]):
        self.values = values
        self.limits = list(accumulate(weights))

    def draw(self, rng: Random):
        """One value."""
        return self.values[bisect(self.limits, rng.random() * self.limits[-1])]


@cache
def idea_choice(owner: str, coastal: bool) -> Choice:
    """Ideas with one of their units for a class of agency (``K``, ``P`` or a central body's code)."""
    suits = {"K": ("K",), "P": ("P",)}.get(owner, (owner, "H"))
    pairs: list[tuple[Idea, UnitPattern]] = []
    weights: list[float] = []
    per_theme: dict[str, float] = {}
    for idea in load_ideas():
        if idea.coastal and not coastal:
            continue
        fitting = [unit for unit in idea.units if unit.owner in suits]
        total = sum(unit.weight for unit in fitting)
        for unit in fitting:
            own = 3.0 if unit.owner == owner and owner not in "KP" else 1.0
            pairs.append((idea, unit))
            weights.append(own * unit.weight / total)
        if fitting:
            per_theme[idea.theme] = per_theme.get(idea.theme, 0) + 1
    share = [
        weight * THEME_WEIGHT.get(idea.theme, OTHER_THEME_WEIGHT) / per_theme[idea.theme]
        for (idea, _), weight in zip(pairs, weights, strict=True)
    ]
    return Choice(pairs, share)


@cache
def body_choices() -> tuple[Choice, Choice, Choice]:
    """Weighted choices of regencies and cities, provinces, central bodies."""
    local, provinces, central = bodies()
    return tuple(  # type: ignore[return-value]
        Choice(list(group), [body.weight for body in group]) for group in (local, provinces, central)
    )


def choose_body(rng: Random) -> Body:
    """Draw the agency that runs the innovation."""
    local, provinces, central = body_choices()
    draw = rng.random()
    if draw < CENTRAL_SHARE:
        return central.draw(rng)
    return provinces.draw(rng) if draw < CENTRAL_SHARE + PROVINCE_SHARE else local.draw(rng)


def generate(n: int, seed: int = DEFAULT_SEED, start: int = 0) -> Iterator[SyntheticEntry]:
    """Yield the entries with index ``start`` to ``n - 1``."""
    for index in range(start, n):
        yield make(index, seed)


def make_many(indexes: Sequence[int], seed: int = DEFAULT_SEED) -> list[SyntheticEntry]:
    """Make the entries of some indexes; importable in a process without Django."""
    return [make(index, seed) for index in indexes]


def make(index: int, seed: int = DEFAULT_SEED) -> SyntheticEntry:
    """Make one entry; the same seed and index always give the same one."""
    rng = Random(seed * 1_000_003 + index)  # noqa: S311 (chance, not secrecy)
    body = choose_body(rng)
    by_the_sea = body.area is None or body.area.coastal
    idea, pattern = idea_choice(body.owner, by_the_sea).draw(rng)
    setting = build(rng, body, pattern, idea.coastal)
    level = facts.LEVELS.draw(rng)
    low, high = facts.WORDS[level].draw(rng)
    words = low + int(rng.random() * (high - low))
    evidence = facts.EVIDENCE[level].draw(rng) if words > 90 else 0
    year = facts.YEARS.draw(rng)
    origin, programme, institution, cohort = provenance(rng, body, year)
    nouns = {name: noun.format_map(setting.words) if "{" in noun else noun for name, noun in idea.nouns.items()}
    context: Context = {**setting.words, **nouns, "year": year, "y0": year - 1}
    facts.measure(rng, idea, context)
    digital = rng.random() * 100 < idea.digital
    traits = traits_of(idea, setting, year, digital)
    writer = Writer(
        rng, idea, context, measured=evidence >= 2, traits=traits, local=not (idea.internal or pattern.owner == "H")
    )
    when = facts.timing(rng, year, cohort, level)
    rich = words > 330
    brand, expansion = writer.brand() if rng.random() < (0.72 if level == "terdaftar" else 0.9) else ("", "")
    counts = writer.counts(words, least=0 if level == "terdaftar" else 1)
    product = products()[programme][0] if programme else ""
    title_en = summary_en = ""
    if rng.random() < (0.04 if level == "terdaftar" else 0.35):
        title_en, _, summary_en = one_line(idea.pools.get("E"), rng, context).partition(" > ")
    found = facts.claims(rng, idea, context, evidence, year, 1 + words // 260, traits) if words > 90 else ()
    related = idea.urusan[1:]
    return SyntheticEntry(
        key=f"contoh:{seed}:{index:06}",
        index=index,
        title_plain=writer.title(),
        brand_name=brand,
        acronym_expansion=expansion,
        summary=writer.summary(words),
        agency=body.code,
        region=setting.region,
        unit_name=setting.unit_name,
        unit_type=setting.unit_type,
        coverage=setting.coverage if rich or rng.random() < 0.5 else "",
        initiator=initiator(rng, body, rich),
        origin_channel=origin,
        programme=programme,
        training_product=product,
        institution=institution,
        cohort=cohort,
        form=idea.form,
        kinds=facts.sample(rng, idea.kinds, 1, 2) if rich else (),
        digital="digital" if digital else "non-digital",
        tech_dependencies=one_line(writer.generic["tech"], rng, context) if digital and words > 250 else "",
        stage=facts.STAGES.draw(rng) if year >= 2024 else "penerapan",
        urusan_primary=idea.urusan[0],
        urusan_related=related if rich or rng.random() < 0.4 else (),
        themes=(idea.theme,),
        tematik=tematik(rng, idea, year, digital),
        sdgs=facts.sample(rng, idea.sdgs, 1, 3) if rich or rng.random() < 0.5 else (),
        asta_cita=(facts.ASTA_CITA[idea.theme],)
        if year >= 2025 and idea.theme in facts.ASTA_CITA and rng.random() < 0.6
        else (),
        target_groups=facts.sample(rng, idea.targets, 1, 3) if words > 150 else (),
        tags=facts.sample(rng, idea.tags, 0, 4),
        problem=writer.section("P", "problem", counts["problem"]),
        objectives=writer.section("O", "objective", counts["objectives"]),
        design=writer.design(counts["design"], background(origin, product, year)),
        novelty=" ".join(writer.borrowed("novelty", counts["novelty"])),
        challenges=writer.opened("hard-open", writer.section("H", "hard", counts["challenges"])),
        lessons=writer.opened("lesson-open", writer.section("L", "lesson", counts["lessons"])),
        results=writer.results(counts["results"]),
        sustainability_strategy=writer.opened(
            "sustain-open", writer.paragraphs(writer.borrowed("sustain", counts["sustainability_strategy"]))
        ),
        steps=writer.steps(counts["steps"]),
        partners=writer.partners(words // 260),
        claims=found,
        prerequisites=writer.prerequisites(counts["prerequisites"]),
        life_status=when.life_status,
        status_checked_on=when.checked_on,
        stop_reason=when.stop_reason,
        trial_start=when.trial_start,
        implemented_on=when.implemented_on,
        ended_on=when.ended_on,
        publication_level=level,
        evidence_level=max((claim.level for claim in found), default=0),
        licence="cc-by-4.0",
        title_en=title_en,
        summary_en=summary_en,
        published_on=published_on(rng, year, when.implemented_on),
        **resources(rng, setting, body, year, rich),
    )


def traits_of(idea: Idea, setting: Setting, year: int, digital: bool) -> tuple[str, ...]:
    """What decides which generic sentences suit an entry."""
    found = [idea.manner, "digital" if digital else "manual"]
    if setting.rural and not idea.internal:
        found.append("rural")
    if year in (2020, 2021, 2022):
        found.append("pandemic")
    return tuple(found)


def background(origin: str, product: str, year: int) -> str:
    """The generic section that says where the idea came from; the values taught in Latsar changed in 2021."""
    if product == "aktualisasi" and year < 2022:
        return "training-aktualisasi-aneka"
    return f"training-{product}" if product else f"origin-{origin}"


def provenance(rng: Random, body: Body, year: int) -> tuple[str, str, str, SyntheticCohort | None]:
    """Origin, programme, institution and cohort; entries not from training have none of the last three."""
    origin = facts.ORIGINS.draw(rng)
    if origin not in ("pelatihan", "labinov"):
        return origin, "", "", None
    programme = "labinov" if origin == "labinov" else choose_programme(rng, year)
    institution = choose_institution(rng, programme, body)
    if rng.random() < 0.06:
        return origin, programme, "", None
    if rng.random() < (0.7 if programme in LOOSE else 0.06):
        return origin, programme, institution, None
    return origin, programme, institution, choose_cohort(rng, programme, institution, year)


def published_on(rng: Random, year: int, implemented_on: str) -> str:
    """The day of registration: since 2023, and not before it was put into use."""
    registered = max(year, 2023 + int(rng.random() * 4))
    day = f"{registered}-{1 + int(rng.random() * 10):02}-{1 + int(rng.random() * 28):02}"
    return max(day, f"{implemented_on[:7]}-28" if len(implemented_on) > 4 else day)


def initiator(rng: Random, body: Body, rich: bool) -> str:
    """Who had the idea; often not said in short entries."""
    if not rich and rng.random() < 0.4:
        return ""
    return (facts.INITIATORS_CENTRAL if body.area is None else facts.INITIATORS_LOCAL).draw(rng)


def tematik(rng: Random, idea: Idea, year: int, digital: bool) -> str:
    """The annual theme of the innovation index, asked since about 2021."""
    if year < 2021 or rng.random() < 0.35:
        return ""
    return idea.tematik or ("digitalisasi" if digital and rng.random() < 0.5 else "non-tematik")


def resources(rng: Random, setting: Setting, body: Body, year: int, rich: bool) -> dict:
    """Team, money and reach; mostly known of richer entries."""
    known = rich and rng.random() < 0.7
    band = facts.BANDS.draw(rng) if known else ""
    source = ""
    if band and band != "tanpa":
        source = "apbn" if body.area is None else "apbd-provinsi" if body.owner == "P" else "apbd-kabupaten-kota"
        if setting.unit_type in ("puskesmas", "rsud") and rng.random() < 0.4:
            source = "blud"
    reached = rich and rng.random() < 0.45
    basis = one_line(load_generic()["beneficiaries"], rng, {}) if reached else ""
    return {
        "team_size": 3 + int(rng.random() ** 2 * 30) if known else None,
        "budget_year": year if band else None,
        "budget_source": source,
        "budget_band": band,
        "beneficiaries_count": int(40 + rng.random() ** 4 * 40_000) if reached else None,
        "beneficiaries_basis": basis,
        "replication_openness": facts.OPENNESS.draw(rng) if rich else "",
    }
