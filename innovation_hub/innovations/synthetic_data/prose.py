"""Puts the sentences of an idea and borrowed ones together to the sections of an entry."""

from random import Random

from .entry import SyntheticPartner, SyntheticStep
from .facts import PARTNERS, capital
from .ideas import Idea, load_generic
from .templates import Context, Pool, Template
from .units import pick

WORDS_PER_SENTENCE = 14.6
STEP_SECTIONS = ("step-prepare", "step-build", "step-try", "step-spread", "step-evaluate")
# Share of the sentences of an entry that each section gets; what falls below half a sentence is left out.
SHARES = {
    "problem": 0.215,
    "objectives": 0.05,
    "design": 0.26,
    "novelty": 0.055,
    "steps": 0.17,
    "challenges": 0.06,
    "lessons": 0.045,
    "sustainability_strategy": 0.07,
    "prerequisites": 0.06,
}
MAX_TITLE = 120


class Writer:
    """Writes the texts of one entry: one idea, one setting, one source of chance."""

    def __init__(self, rng: Random, idea: Idea, context: Context, *, measured: bool, digital: bool, local: bool):
        self.rng = rng
        self.idea = idea
        self.context = context
        self.measured = measured
        self.digital = digital
        self.local = local
        self.generic = load_generic()

    def counts(self, words: int) -> dict[str, int]:
        """How many sentences each section gets in an entry of about so many words."""
        total = max(0.0, words / WORDS_PER_SENTENCE - 2.5)
        return {name: int(total * share + self.rng.random()) for name, share in SHARES.items()}

    def fill(self, templates: list[Template]) -> list[str]:
        """The sentences of some templates."""
        return [template.fill(self.context, self.rng) for template in templates]

    def own(self, kind: str, count: int) -> list[str]:
        """Up to ``count`` sentences of the idea itself."""
        pool = self.idea.pools.get(kind)
        return self.fill(pool.some(self.rng, count, self.measured)) if pool else []

    def borrowed(self, sections: tuple[str, ...], count: int) -> list[str]:
        """Up to ``count`` generic sentences, most from the first section."""
        if count <= 0:
            return []
        extra = min(count // 3, 3) if len(sections) > 1 else 0
        found = self.fill(self.generic[sections[0]].some(self.rng, count - extra))
        for section in sections[1:]:
            found += self.fill(self.generic[section].some(self.rng, extra))
        self.rng.shuffle(found)
        return found

    def section(self, kind: str, sections: tuple[str, ...], count: int) -> str:
        """A text of ``count`` sentences: the idea's own first, then borrowed ones, in paragraphs."""
        if count <= 0:
            return ""
        own_share = count if count < 3 else max(2, round(count * 0.55))
        own = self.own(kind, own_share)
        lines = own + self.borrowed(sections, count - len(own))
        return self.paragraphs(lines)

    def paragraphs(self, lines: list[str]) -> str:
        """Join sentences to paragraphs of two to four."""
        found, start = [], 0
        while start < len(lines):
            size = 2 + int(self.rng.random() * 3)
            if len(lines) - start - size == 1:
                size += 1
            found.append(" ".join(lines[start : start + size]))
            start += size
        return "\n\n".join(found)

    def summary(self, words: int) -> str:
        """One to four sentences: what it is, and what came of it."""
        lines = self.own("A", 1 if words < 150 else 2)
        if words > 60 and self.rng.random() < 0.6:
            lines += self.fill(self.generic["summary"].some(self.rng, 1 if words < 500 else 2))
        if self.measured and words > 250:
            lines += self.own("R", 1)
        return " ".join(lines)

    def problem(self, count: int) -> str:
        """Why something had to change."""
        return self.section("P", ("problem", "problem-local") if self.local else ("problem",), count)

    def design(self, count: int, background: str) -> str:
        """How it works; training products and contests say so first."""
        sections = ("design", "design-digital" if self.digital else "design-manual")
        text = self.section("D", sections, count)
        if background in self.generic and count > 2 and self.rng.random() < 0.7:
            first = " ".join(self.fill(self.generic[background].some(self.rng, 1 + (count > 6))))
            text = f"{first}\n\n{text}"
        return text

    def steps(self, count: int) -> tuple[SyntheticStep, ...]:
        """Generic steps of preparation and evaluation around the idea's own."""
        if count <= 0:
            return ()
        own = self.own("S", min(4, max(1, round(count * 0.6))))
        rest = count - len(own)
        around: dict[str, list[str]] = {name: [] for name in STEP_SECTIONS}
        for name in sorted(self.rng.sample(STEP_SECTIONS, min(rest, 5)), key=STEP_SECTIONS.index):
            around[name] = self.fill(self.generic[name].some(self.rng, 1 if rest < 6 else 2))
        lines = around["step-prepare"] + own[:2] + around["step-build"] + own[2:]
        lines += around["step-try"] + around["step-spread"] + around["step-evaluate"]
        dated = self.rng.random() < 0.5
        return tuple(self.step(line, dated) for line in lines)

    def step(self, line: str, dated: bool) -> SyntheticStep:
        """One step from ``title > text``."""
        title, _, text = line.partition(" > ")
        when = self.generic["period"].one(self.rng).fill(self.context, self.rng) if dated else ""
        return SyntheticStep(title, capital(text), when)

    def partners(self, count: int) -> tuple[SyntheticPartner, ...]:
        """Bodies that take part, of different kinds."""
        found: dict[str, SyntheticPartner] = {}
        for _ in range(count):
            role = PARTNERS.draw(self.rng) if self.local else "pemerintah"
            pool = self.generic[f"partner-{role}" if self.local else "partner-pusat"]
            name, _, part = pool.one(self.rng).fill(self.context, self.rng).partition(" ¦ ")
            if not self.local and name.startswith("Perguruan"):
                role = "akademisi"
            found[name] = SyntheticPartner(role, name, part)
        return tuple(found.values())

    def prerequisites(self, count: int) -> tuple[str, ...]:
        """What another office needs."""
        sections = ("need", "need-digital") if self.digital else ("need",)
        own = self.own("N", min(count, 2))
        return tuple(own + self.borrowed(sections, count - len(own)))

    def title(self) -> str:
        """What it does, mostly with the place, at most 120 characters, without a full stop."""
        base = self.own("T", 1)[0]
        draw = self.rng.random()
        context = self.context
        if str(context["unit"]) in base or str(context["wilayah"]) in base or draw < 0.05:
            return base
        place = str(context["unit"] if draw < 0.55 else context["wilayah"])
        titled = f"{base} di {place}"
        return titled if len(titled) <= MAX_TITLE else base

    def brand(self) -> tuple[str, str]:
        """A brand name and its expansion, now and then with the place or made from the expansion's syllables."""
        name, expansion = pick(self.rng, self.idea.brands)
        draw = self.rng.random()
        place = str(self.context.get("daerah") or "")
        if draw < 0.16 and place:
            return f"{name} {place.split()[-1].upper()}", f"{expansion} {place}" if expansion else ""
        if draw < 0.34 and expansion and place:
            longer = f"{expansion} {place.split()[-1]}"
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
