"""Covers made of tiles: the picture of an entry that has none.

A cover is drawn from the registry number alone, so it never changes and needs no storage. One quarter gets
its tints from a hash, the rest mirrors it in both axes: it reads as woven cloth and not as noise.
"""

import hashlib
from functools import lru_cache

from markupsafe import Markup

SIZES = ((5, 3), (9, 5), (15, 3))
TINTS = 4
TILE, STEP, STROKE = 34, 44, 3  # 34 units under a round stroke of 6 make a tile of 40 with round corners
_TINT_OF_BYTE = ((84, 0), (170, 1), (226, 2), (256, 3))


def _tint(byte: int) -> int:
    """Return the tint 0 to 3 (light to dark) for one byte; the darkest is the rarest."""
    return next(tint for limit, tint in _TINT_OF_BYTE if byte < limit)


def _quarter(seed: str, columns: int, rows: int) -> list[list[int]]:
    """Return the tints of the upper left quarter with its centre lines; at least one tile is dark."""
    width, height = (columns + 1) // 2, (rows + 1) // 2
    digest = hashlib.sha256(f"{columns}x{rows}:{seed}".encode()).digest()
    cells = [_tint(digest[index]) for index in range(width * height)]
    dark = cells.count(TINTS - 1)
    allowed = max(1, width * height // 5)
    for index, tint in enumerate(cells):
        if tint == TINTS - 1 and dark > allowed:
            cells[index], dark = digest[-2] % (TINTS - 1), dark - 1
    if not dark:
        cells[digest[-1] % len(cells)] = TINTS - 1
    return [cells[row * width : (row + 1) * width] for row in range(height)]


def tiles(seed: str, columns: int, rows: int) -> list[list[int]]:
    """Return the tints of a cover, row by row, symmetric in both axes; ``seed`` is the registry number."""
    if (columns, rows) not in SIZES:
        raise ValueError(f"a cover is one of {SIZES}, not {columns}x{rows}")
    quarter = _quarter(seed, columns, rows)
    return [
        [quarter[min(row, rows - 1 - row)][min(column, columns - 1 - column)] for column in range(columns)]
        for row in range(rows)
    ]


@lru_cache(maxsize=2048)
def cover_svg(seed: str, columns: int = 5, rows: int = 3) -> Markup:
    """Return the cover of ``seed`` as inline SVG: one path a tint, with the classes ``k0`` to ``k3``."""
    paths: dict[int, list[str]] = {}
    for row, line in enumerate(tiles(seed, columns, rows)):
        for column, tint in enumerate(line):
            x, y = column * STEP + STROKE, row * STEP + STROKE
            paths.setdefault(tint, []).append(f"M{x} {y}h{TILE}v{TILE}h-{TILE}z")
    width, height = columns * STEP - 4, rows * STEP - 4
    drawn = "".join(f'<path class="k{tint}" d="{"".join(paths[tint])}"/>' for tint in sorted(paths))
    return Markup(  # noqa: S704  only numbers go in
        f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">{drawn}</svg>'
    )
