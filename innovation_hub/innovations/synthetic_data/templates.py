"""Sentences with ``[a|b]`` alternatives and ``{slots}``, compiled once for fast filling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from random import Random

MAX_VARIANTS = 12
_ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([a-z]+\d?|\d+-\d+(?:/\d+)?)\}")
MEASURED = frozenset({"b1", "a1", "b2", "a2"})

Context = dict[str, object]


@dataclass(frozen=True, slots=True)
class Template:
    """One sentence: a %-format, the random numbers it needs, and whether it quotes a measurement."""

    text: str
    numbers: tuple[tuple[str, int, int, int], ...]
    measured: bool

    def fill(self, context: Context, rng: Random) -> str:
        """Return the sentence with its slots filled and a capital first letter; ``KeyError`` for a missing slot."""
        for name, low, span, step in self.numbers:
            context[name] = grouped(low + step * int(rng.random() * span))
        line = self.text % context
        return line if line[0].isupper() else line[0].upper() + line[1:]


def grouped(number: int) -> str:
    """Write an integer with dots between thousands, as Indonesian does."""
    return str(number) if number < 1000 else f"{number:,}".replace(",", ".")


def expand(line: str) -> list[str]:
    """Return the variants of a line with alternatives, at most ``MAX_VARIANTS`` and spread over all of them."""
    parts = _ALTERNATIVES.split(line)
    choices = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    variants = ["".join(combination) for combination in product(*choices)]
    step = max(1, -(-len(variants) // MAX_VARIANTS))
    return variants[::step]


def compile_line(line: str) -> list[Template]:
    """Compile all variants of a line; raise ``ValueError`` for stray brackets or braces."""
    found = []
    for variant in expand(line.strip()):
        numbers: list[tuple[str, int, int, int]] = []
        names: set[str] = set()

        def slot(match: re.Match[str], numbers=numbers, names=names) -> str:
            name = match[1]
            if name[0].isdigit():
                bounds, _, step = name.partition("/")
                low, high = (int(part) for part in bounds.split("-"))
                name, each = f"_{len(numbers)}", int(step or 1)
                numbers.append((name, low, (high - low) // each + 1, each))
            names.add(name)
            return f"%({name})s"

        text = _SLOT.sub(slot, variant.replace("%", "%%"))
        if re.search(r"[\[\]{}|]", text):
            raise ValueError(f"stray bracket in: {line}")
        found.append(Template(text, tuple(numbers), bool(names & MEASURED)))
    return found


class Pool:
    """Lines to draw from without repetition; each line has variants."""

    __slots__ = ("lines", "plain")

    def __init__(self, lines: Iterable[str]):
        self.lines: list[list[Template]] = [compile_line(line) for line in lines]
        self.plain = [variants for variants in self.lines if not variants[0].measured]

    def __len__(self) -> int:
        return len(self.lines)

    def one(self, rng: Random, measured: bool = True) -> Template | None:
        """Draw one template, or ``None`` when no line is suitable."""
        lines = self.lines if measured else self.plain
        if not lines:
            return None
        variants = lines[int(rng.random() * len(lines))]
        return variants[int(rng.random() * len(variants))]

    def some(self, rng: Random, count: int, measured: bool = True) -> list[Template]:
        """Draw up to ``count`` different lines, in their written order, a variant of each."""
        lines = self.lines if measured else self.plain
        total, chance = len(lines), rng.random
        if count <= 0:
            return []
        if count < total:
            chosen: set[int] = set()
            while len(chosen) < count:
                chosen.add(int(chance() * total))
            lines = [lines[index] for index in sorted(chosen)]
        return [variants[int(chance() * len(variants))] for variants in lines]
