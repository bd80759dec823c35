"""Puts the sentences of an idea and borrowed ones together to the sections of an entry."""

from random import Random

from .entry import SyntheticPartner, SyntheticStep
from .facts import PARTNERS, capital, sample
from .ideas import Idea, load_generic
from .templates import Context, Pool, Template
from .units import pick

WORDS_PER_SENTENCE = 14.6
STEP_SECTIONS = ("step-prepare", "step-build", "step-try", "step-spread", "step-evaluate")
# Share of the sentences of an entry that each section gets; what falls below half a sentence is left out.
SHARES = {
    "problem": 0.2,
    "objectives": 0.05,
    "design": 0.25,
    "novelty": 0.05,
    "results": 0.05,
    "steps": 0.15,
    "challenges": 0.06,
    "lessons": 0.045,
    "sustainability_strategy": 0.07,
    "prerequisites": 0.055,
}
MAX_TITLE = 120


class Writer:
    """Writes the texts of one entry: one idea, one setting, one source of chance."""

    def __init__(
        self, rng: Random, idea: Idea, context: Context, *, measured: bool, traits: tuple[str, ...], local: bool
    ):
        self.rng = rng
        self.idea = idea
        self.context = context
        self.measured = measured
        self.local = local
        self.generic = load_generic(traits)

    def counts(self, words: int, least: int = 0) -> dict[str, int]:
        """How many sentences each section gets in an entry of about so many words, ``least`` in each."""
        total = max(0.0, words / WORDS_PER_SENTENCE - 2)
        return {name: max(least, int(total * share + self.rng.random())) for name, share in SHARES.items()}

    def fill(self, templates: list[Template]) -> list[str]:
        """The sentences of some templates."""
        return [template.fill(self.context, self.rng) for template in templates]

    def own(self, kind: str, count: int) -> list[str]:
        """Up to ``count`` sentences of the idea itself."""
        pool = self.idea.pools.get(kind)
        return self.fill(pool.some(self.rng, count, self.measured)) if pool else []

    def borrowed(self, section: str, count: int) -> list[str]:
        """Up to ``count`` generic sentences in any order."""
        if count <= 0:
            return []
        found = self.fill(self.generic[section].some(self.rng, count))
        if len(found) > 1:
            chance = self.rng.random
            found = [line for _, line in sorted((chance(), line) for line in found)]
        return found

    def section(self, kind: str, section: str, count: int) -> str:
        """A text of ``count`` sentences: the idea's own first, then borrowed ones, in paragraphs."""
        if count <= 0:
            return ""
        own_share = count if count < 3 else max(2, round(count * 0.55))
        own = self.own(kind, own_share)
        return self.paragraphs(self.mixed(own, self.borrowed(section, count - len(own))))

    def opened(self, section: str, text: str) -> str:
        """The text with an opening sentence that ties it to the place."""
        return " ".join([*self.borrowed(section, 1), text]) if text else ""

    def mixed(self, own: list[str], borrowed: list[str]) -> list[str]:
        """The idea's first two sentences, then the others among the borrowed ones, each in its order."""
        if len(own) <= 2 or not borrowed:
            return own + borrowed
        lines, rest = own[:2], own[2:]
        while rest and borrowed:
            side = rest if self.rng.random() * (len(rest) + len(borrowed)) < len(rest) else borrowed
            lines.append(side.pop(0))
        return lines + rest + borrowed

    def paragraphs(self, lines: list[str]) -> str:
        """Join sentences to paragraphs of two to four."""
        found, start = [], 0
        while start < len(lines):
            size = 3 + int(self.rng.random() * 3)
            if len(lines) - start - size in (1, 2):
                size += 2
            found.append(" ".join(lines[start : start + size]))
            start += size
        return "\n\n".join(found)

    def summary(self, words: int) -> str:
        """One to four sentences: what it is, and what came of it."""
        lines = self.own("A", 1 if words < 150 else 2)
        if words > 60 and self.rng.random() < 0.6:
            lines += self.fill(self.generic["summary"].some(self.rng, 1 if words < 500 else 2))
        return " ".join(lines)

    def design(self, count: int, background: str) -> str:
        """How it works; training products and contests say so first."""
        text = self.section("D", "design", count)
        if background in self.generic and count > 2 and self.rng.random() < 0.7:
            text = " ".join([*self.borrowed(background, 1), text])
        return text

    def results(self, count: int) -> str:
        """What came of it, in words."""
        return self.section("R", "benefit", count)

    def steps(self, count: int) -> tuple[SyntheticStep, ...]:
        """Generic steps of preparation and evaluation around the idea's own."""
        if count <= 0:
            return ()
        own = self.own("S", min(4, max(1, round(count * 0.6))))
        rest = count - len(own)
        around: dict[str, list[str]] = {name: [] for name in STEP_SECTIONS}
        for name in sample(self.rng, STEP_SECTIONS, rest, rest):
            around[name] = self.fill(self.generic[name].some(self.rng, 1 if rest < 6 else 2))
        lines = around["step-prepare"] + own[:2] + around["step-build"] + own[2:]
        lines += around["step-try"] + around["step-spread"] + around["step-evaluate"]
        periods = self.periods(len(lines)) if self.rng.random() < 0.5 else [""] * len(lines)
        return tuple(self.step(line, when) for line, when in zip(lines, periods, strict=True))

    def periods(self, count: int) -> list[str]:
        """Times of that many steps, in order: weeks or months."""
        word = "Minggu" if self.rng.random() < 0.5 else "Bulan"
        now, found = 0, []
        for _ in range(count):
            now += 1 + int(self.rng.random() * 1.7)
            found.append(f"{word} ke-{now}")
        return found

    def step(self, line: str, when: str) -> SyntheticStep:
        """One step from ``title > text``."""
        title, _, text = line.partition(" > ")
        return SyntheticStep(title, capital(text), when)

    def partners(self, count: int) -> tuple[SyntheticPartner, ...]:
        """Bodies that take part, of different kinds."""
        found: dict[str, SyntheticPartner] = {}
        for _ in range(count):
            role = PARTNERS.draw(self.rng) if self.local else "pemerintah"
            inside = "partner-pusat" if "kec" not in self.context else "partner-kantor"
            pool = self.generic[f"partner-{role}" if self.local else inside]
            name, _, part = pool.one(self.rng).fill(self.context, self.rng).partition(" ¦ ")
            if not self.local and name.startswith("Perguruan"):
                role = "akademisi"
            found[name] = SyntheticPartner(role, name, part)
        return tuple(found.values())

    def prerequisites(self, count: int) -> tuple[str, ...]:
        """What another office needs."""
        own = self.own("N", min(count, 2))
        return tuple(own + self.borrowed("need", count - len(own)))

    def title(self) -> str:
        """What it does, mostly with the place, at most 120 characters, without a full stop."""
        base = self.own("T", 1)[0]
        unit, area = str(self.context["unit"]), str(self.context["wilayah"])
        if self.rng.random() < 0.03 or unit in base or area in base:
            return base
        places = [unit, area]
        if "kec" not in self.context:
            places = [f"{unit} {self.context['agency']}", area]
        else:
            region = self.context["kab"]
            district = f"{str(self.context['kecamatan']).capitalize()} {self.context['kec']}"
            near = self.context["daerahnya"]
            places = [unit, f"{unit}, {near}", area, f"{district}, {near}"]
            if not self.local:
                places = [f"{unit} {region}", area]
            elif area != district:
                places = [f"{unit} {region}".replace(f"{region} {region}", str(region)), area, places[3], places[3]]
        place = places[int(self.rng.random() * len(places))]
        titled = f"{base} di {place}"
        if len(titled) > MAX_TITLE:
            titled = f"{base} di {min(places, key=len)}"
        return titled if len(titled) <= MAX_TITLE else base

    def brand(self) -> tuple[str, str]:
        """A brand name and its expansion, now and then with the place or made from the expansion's syllables."""
        name, expansion = pick(self.rng, self.idea.brands)
        draw = self.rng.random()
        place = str(self.context.get("daerah") or "")
        simple = place.isalpha()
        if draw < 0.2 and simple:
            return f"{name} {place.upper()}", f"{expansion} {place}" if expansion else ""
        if draw < 0.4 and expansion and simple:
            longer = f"{expansion} {place}"
            blended = blend(longer)
            if 5 <= len(blended) <= 13:
                return blended, longer
        return name, expansion


def blend(expansion: str) -> str:
    """An acronym as civil servants make them: the first open syllable of up to four words of weight."""
    words = [word for word in expansion.split() if len(word) > 3 and word.isalpha()]
    chosen = words if len(words) <= 4 else [*words[:3], words[-1]]
    return "".join(syllable(word) for word in chosen).upper()


def syllable(word: str) -> str:
    """The consonants before the first vowel, that vowel, and a consonant that closes a first vowel."""
    lower = word.lower()
    for position, letter in enumerate(lower):
        if letter in "aiueo":
            return lower[: position + 2] if position == 0 and len(lower) > 1 else lower[: position + 1]
    return lower[:2]


def one_line(pool: Pool | None, rng: Random, context: Context) -> str:
    """A filled line of a pool, or nothing."""
    template = pool.one(rng) if pool else None
    return template.fill(context, rng) if template else ""
