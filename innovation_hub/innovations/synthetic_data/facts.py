"""Years, status, levels, money and claims of a sample entry, with chances close to what domain.md reports."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from .entry import SyntheticClaim
from .ideas import Idea, load_generic
from .templates import Context, grouped
from .training import SyntheticCohort


class Odds:
    """A weighted choice among values."""

    __slots__ = ("limits", "total", "values")

    def __init__(self, *pairs: tuple[object, int]):
        self.values = [value for value, _ in pairs]
        self.limits = list(accumulate(weight for _, weight in pairs))
        self.total = self.limits[-1]

    def draw(self, rng: Random):
        """One value, as often as its weight says."""
        return self.values[bisect(self.limits, rng.random() * self.total)]


LAST_YEAR = 2026
YEARS = Odds(
    (2015, 2), (2016, 3), (2017, 4), (2018, 6), (2019, 9), (2020, 9), (2021, 11), (2022, 13), (2023, 14),
    (2024, 13), (2025, 11), (2026, 5),
)  # fmt: skip
ORIGINS = Odds(("pelatihan", 72), ("mandiri", 14), ("labinov", 8), ("kompetisi", 6))
LEVELS = Odds(("terdaftar", 90), ("terkurasi", 9), ("unggulan", 1))
WORDS = {
    "terdaftar": Odds(((20, 110), 13), ((110, 330), 21), ((330, 620), 34), ((620, 900), 23), ((900, 1150), 9)),
    "terkurasi": Odds(((450, 700), 55), ((700, 1000), 45)),
    "unggulan": Odds(((800, 1150), 100)),
}
EVIDENCE = {
    "terdaftar": Odds((0, 42), (1, 36), (2, 21), (3, 1)),
    "terkurasi": Odds((1, 36), (2, 59), (3, 5)),
    "unggulan": Odds((2, 75), (3, 25)),
}
LIFE_NEW = Odds(("berkembang", 30), ("berlanjut", 44), ("belum-diketahui", 22), ("vakum", 2), ("berhenti", 2))
LIFE_OLD = Odds(
    ("berkembang", 10), ("berlanjut", 36), ("belum-diketahui", 26), ("vakum", 12), ("berhenti", 12), ("digantikan", 4)
)  # fmt: skip
# Djumadiono (alumni of DKI's Diklatpim IV): transfer and money end most of them.
STOP_REASONS = Odds(
    ("mutasi", 37), ("anggaran", 31), ("dukungan", 12), ("pimpinan", 6), ("teknologi", 5), ("kelembagaan", 3),
    ("regulasi", 2), ("kebutuhan", 2), ("tidak-berdampak", 2),
)  # fmt: skip
STAGES = Odds(("penerapan", 82), ("uji-coba", 14), ("inisiatif", 4))
INITIATORS_LOCAL = Odds(("asn", 58), ("perangkat-daerah", 31), ("kepala-daerah", 6), ("masyarakat", 4), ("dprd", 1))
INITIATORS_CENTRAL = Odds(("asn", 60), ("kementerian-lembaga", 40))
BANDS = Odds(
    ("tanpa", 34), ("di-bawah-10-juta", 28), ("10-50-juta", 19), ("50-200-juta", 11), ("200-juta-1-miliar", 6),
    ("1-5-miliar", 2),
)  # fmt: skip
OPENNESS = Odds(("terbuka", 78), ("bersyarat", 18), ("tidak", 4))
PARTNERS = Odds(("pemerintah", 34), ("komunitas", 30), ("akademisi", 15), ("dunia-usaha", 13), ("media", 8))
ASTA_CITA = {
    "kesehatan": "4", "pendidikan": "4", "pemuda-olahraga": "4", "gender-anak-disabilitas": "4",
    "pertanian-pangan": "2", "kelautan-perikanan": "2", "kehutanan-energi": "2", "infrastruktur-air": "3",
    "ketenagakerjaan": "3", "umkm-pasar": "3", "pariwisata-budaya": "3", "perizinan-investasi": "5",
    "desa": "6", "sosial-kemiskinan": "6", "pengawasan-integritas": "7", "sdm-aparatur": "7",
    "digital-data": "7", "lingkungan-sampah": "8", "kebencanaan": "8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timing:
    """When it began, was tried and perhaps ended, as partial dates."""

    trial_start: str
    implemented_on: str
    ended_on: str
    life_status: str
    stop_reason: str
    checked_on: str


def timing(rng: Random, year: int, cohort: SyntheticCohort | None, level: str) -> Timing:
    """Draw dates and the life status; older entries have stopped more often."""
    month = cohort.starts_on.month + 1 if cohort else 1 + int(rng.random() * 12)
    month = min(month, 10 if year == LAST_YEAR else 12)
    draw = rng.random()
    implemented = f"{year}" if draw < 0.3 else f"{year}-{month:02}"
    if draw > 0.82:
        implemented = f"{year}-{month:02}-{1 + int(rng.random() * 28):02}"
    trial = ""
    if month > 2 and rng.random() < 0.5:
        trial = f"{year}-{month - 1 - int(rng.random() * min(4, month - 1)):02}"
    elif rng.random() < 0.2:
        trial = f"{year - 1}"
    life = (LIFE_OLD if year <= LAST_YEAR - 4 else LIFE_NEW).draw(rng)
    checked = ""
    if rng.random() < (0.85 if level != "terdaftar" else 0.12):
        checked = (
            f"{max(year, 2025 + int(rng.random() * 2))}-{1 + int(rng.random() * 10):02}-{1 + int(rng.random() * 28):02}"
        )
    if level != "terdaftar" and life == "belum-diketahui":
        life = "berlanjut"
    stopped = life in ("vakum", "berhenti", "digantikan") and year < LAST_YEAR
    if not stopped:
        return Timing(trial, implemented, "", life if life not in ("vakum", "berhenti") else "berlanjut", "", checked)
    ended = year + 1 + int(rng.random() * (LAST_YEAR - year)) if life != "vakum" else None
    reason = "digantikan" if life == "digantikan" else STOP_REASONS.draw(rng)
    return Timing(trial, implemented, str(ended or ""), life, reason, checked)


def measure(rng: Random, idea: Idea, context: Context) -> None:
    """Put before and after of the idea's measures into the context: ``b1``, ``a1``, ``b2``, ``a2``."""
    for number, one in enumerate(idea.measures[:2], start=1):
        before = one.low + int(rng.random() * (one.high - one.low + 1))
        amount = one.change_low + int(rng.random() * (one.change_high - one.change_low + 1))
        if one.change == "turun":
            after = min(before - 1, round(before * (100 - amount) / 100))
        elif one.change == "naik":
            after = max(before + 1, round(before * (100 + amount) / 100))
        else:
            after = max(before + 1, amount)
        context[f"b{number}"] = grouped(before)
        context[f"a{number}"] = grouped(max(after, 0))


def period(rng: Random, year: int) -> str:
    """When a result was measured."""
    year = min(LAST_YEAR, year + int(rng.random() * 3))
    return (f"{year}", f"Januari–Juni {year}", f"Juli–Desember {year}", f"Triwulan III {year}")[int(rng.random() * 4)]


def claims(
    rng: Random, idea: Idea, context: Context, level: int, year: int, count: int, traits: tuple[str, ...]
) -> tuple[SyntheticClaim, ...]:
    """Draw the claims of an entry: measured ones from level 2, outputs at level 1, sentences at level 0."""
    generic = load_generic(traits)
    found = []
    when = period(rng, year)
    verifier = generic["verifier"].one(rng).fill(context, rng)
    if level >= 2:
        for number, one in enumerate(idea.measures[: 1 if rng.random() < 0.45 else 2], start=1):
            checked = level == 3 and number == 1
            who = generic["verifier-independent"].one(rng).fill(context, rng) if checked else verifier
            before, after = str(context[f"b{number}"]), str(context[f"a{number}"])
            grade = 3 if checked else 2
            found.append(SyntheticClaim(capital(one.indicator), before, after, one.unit, when, one.method, who, grade))
    if level == 1 or (level >= 2 and rng.random() < 0.4):
        line = generic["output"].one(rng).fill(context, rng)
        indicator, unit, bounds, method = (part.strip() for part in line.split("¦"))
        low, high = (int(part) for part in bounds.split("-"))
        value = grouped(int(low + rng.random() ** 3 * (high - low)))
        found.append(SyntheticClaim(capital(indicator), "", value, unit, when, method, verifier, 1))
    for template in generic["claim"].some(rng, min(2, count - len(found))):
        found.append(SyntheticClaim(template.fill(context, rng), "", "", "", "", "", verifier, 0))
    return tuple(found)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[0].upper() + text[1:]


def sample(rng: Random, values: Sequence[str], low: int, high: int) -> tuple[str, ...]:
    """Between ``low`` and ``high`` of the values, in their order."""
    count = min(len(values), low + int(rng.random() * (high - low + 1)))
    if count >= len(values):
        return tuple(values)
    return tuple(values[index] for index in sorted(rng.sample(range(len(values)), count)))
