"""What a measurement says, and the few statistics that the parts share."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One figure beside its bar.

    ``bar`` is an upper limit unless ``at_least`` says that it is a lower one; ``None`` for a figure that is only
    told. ``n`` is the size of the collection, ``engine`` the search engine (or database) that was measured.
    """

    name: str
    engine: str
    n: int
    value: float
    unit: str
    bar: float | None = None
    at_least: bool = False

    @property
    def ok(self) -> bool | None:
        """Return whether the bar holds; ``None`` without a bar."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def as_dict(self) -> dict[str, object]:
        """Return the row of ``latest.json``: name, engine, n, value, unit, bar, ok."""
        row = asdict(self)
        row.pop("at_least")
        return {**row, "value": round(self.value, 3), "ok": self.ok}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` (0 to 1) of the values lie, the higher one where it falls between."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]


def timings(
    name: str, engine: str, n: int, seconds: Iterable[float], p50: float | None = None, p95: float | None = None
) -> list[Result]:
    """Return the p50 and p95 of durations as two results in milliseconds, beside their bars."""
    values = [second * 1000 for second in seconds]
    return [
        Result(f"{name} p50", engine, n, percentile(values, 0.5), "ms", p50),
        Result(f"{name} p95", engine, n, percentile(values, 0.95), "ms", p95),
    ]
