"""The tile map of the 38 provinces: one square a province, placed roughly where the province lies.

Letters follow ISO 3166-2 (BT Banten, PD Papua Barat Daya, PE Papua Pegunungan, PT Papua Tengah, PS Papua
Selatan). The table beside the map says the same in words; the drawing itself is hidden from screen readers.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

GRID = """
AC .. .. .. .. .. .. .. .. .. .. .. ..
SU RI KR .. .. KU .. GO SA .. PD PB PA
SB JA BB .. KB KI .. ST .. MU .. PT PE
BE SS .. .. KT KS .. SR SG MA .. .. PS
.. LA .. .. .. .. .. SN .. .. .. .. ..
.. BT JK JB JT JI BA NB NT .. .. .. ..
.. .. .. .. YO .. .. .. .. .. .. .. ..
"""
# Kemendagri code of each pair of letters (Kepmendagri 300.2.2-2138/2025).
CODES = {
    "AC": "11", "SU": "12", "SB": "13", "RI": "14", "JA": "15", "SS": "16", "BE": "17", "LA": "18", "BB": "19",
    "KR": "21", "JK": "31", "JB": "32", "JT": "33", "YO": "34", "JI": "35", "BT": "36", "BA": "51", "NB": "52",
    "NT": "53", "KB": "61", "KT": "62", "KS": "63", "KI": "64", "KU": "65", "SA": "71", "ST": "72", "SN": "73",
    "SG": "74", "GO": "75", "SR": "76", "MA": "81", "MU": "82", "PA": "91", "PB": "92", "PS": "93", "PT": "94",
    "PE": "95", "PD": "96",
}  # fmt: skip
JAVA = {"31", "32", "33", "34", "35", "36"}
STEP, SIDE, COLUMNS, ROWS = 52, 48, 13, 7
CLASSES = 5
DARK = 4  # from this class on, the tile carries white text


@dataclass(frozen=True, slots=True)
class Tile:
    """One province on the map; ``shade`` is 0 for none and 1 to 5 from few to many."""

    letters: str
    code: str
    name: str
    count: int
    shade: int
    x: int
    y: int

    @property
    def dark(self) -> bool:
        """True where the letters have to be white."""
        return self.shade >= DARK


@dataclass(frozen=True, slots=True)
class Range:
    """One class of the legend with the counts that really occur in it."""

    shade: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """The whole map."""

    tiles: list[Tile]
    legend: list[Range]
    total: int

    @property
    def java_share(self) -> int:
        """Whole percent of the entries that come from the six provinces of Java; 0 without entries."""
        java = sum(tile.count for tile in self.tiles if tile.code in JAVA)
        return round(100 * java / self.total) if self.total else 0

    def top(self, number: int) -> list[Tile]:
        """Return the provinces with most entries, those without any left out."""
        filled = [tile for tile in self.tiles if tile.count]
        return sorted(filled, key=lambda tile: (-tile.count, tile.name))[:number]


def positions() -> dict[str, tuple[int, int]]:
    """Return column and row of each pair of letters."""
    found = {}
    for row, line in enumerate(GRID.split("\n")[1:-1]):
        for column, letters in enumerate(line.split()):
            if letters != "..":
                found[letters] = (column, row)
    return found


def shades(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the class of each province: 0 for none, else by quantile, the same counts always in the same class."""
    filled = sorted(count for count in counts.values() if count)
    return {
        code: min(CLASSES, 1 + bisect_left(filled, count) * CLASSES // len(filled)) if count else 0
        for code, count in counts.items()
    }


def tile_map(counts: Mapping[str, int], names: Mapping[str, str]) -> TileMap:
    """Return the map for counts and names by Kemendagri code; provinces that ``counts`` leaves out have none."""
    known = {code: counts.get(code, 0) for code in CODES.values()}
    shade = shades(known)
    tiles = []
    for letters, (column, row) in positions().items():
        code = CODES[letters]
        tiles.append(Tile(letters, code, names.get(code, letters), known[code], shade[code], column * STEP, row * STEP))
    legend = []
    for number in range(CLASSES + 1):
        inside = [tile.count for tile in tiles if tile.shade == number]
        if inside:
            legend.append(Range(number, min(inside), max(inside)))
    return TileMap(tiles, legend, sum(known.values()))
