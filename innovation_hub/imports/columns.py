"""Telling what the columns of a file are: by usual names, by likeness, or as the person says with ``--map``."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from innovation_hub.core.text.words import word_set

from .fields import BY_CODE, FIELDS, MARK_PREFIXES, NOT_MARKS, REQUIRED, Use
from .problems import ImportFileError
from .readers.base import FileNote

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_NUMBERING = re.compile(r"^\s*(?:no\.?\s*)?(?:\d{1,2}|[a-z])[.)]\s+", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FILLERS = frozenset(["anda", "wajib", "diisi", "tuliskan", "isi", "isikan", "sebutkan", "mohon", "singkat", "jelas"])
_LIKENESS = 91
_NAMES_LISTED = 40

# "nama" and "name" are a title only where nothing else is: beside a title they are a person's.
_WEAK_TITLES = frozenset(
    ["nama", "name", "case", "entry", "gagasan", "inovasi", "innovation", "use case", "nama kegiatan"]
)
# One word that begins a longer name and still says what the column holds ("Judul (maks. 20 kata)", "Email aktif").
_TELLING = word_set(
    "judul ringkasan deskripsi instansi tujuan manfaat kebaruan kendala angkatan nip nik telepon telp email surel",
    "jabatan mentor coach whatsapp wa hp",
)


def _alias_index() -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for one in FIELDS:
        for alias in one.aliases:
            index.setdefault(alias, []).append(one.code)
    return index


_ALIASES = _alias_index()
_RANK = {(one.code, alias): rank for one in FIELDS for rank, alias in enumerate(one.aliases)}
_LONG_ALIASES = [alias for alias in _ALIASES if len(alias) >= 6]


@dataclass(slots=True)
class ColumnMap:
    """Which column feeds which field; the rest is kept as raw values only."""

    fields: dict[str, str] = field(default_factory=dict)
    guessed: dict[str, str] = field(default_factory=dict)
    notes: list[FileNote] = field(default_factory=list)
    dropped: frozenset[str] = frozenset()

    def columns_of(self, code: str) -> list[str]:
        """Return the columns that feed a field, in the order of the file."""
        return [column for column, held in self.fields.items() if held == code]

    def finish(self) -> None:
        """Note which columns are not stored at all; called once the mapping is complete."""
        self.dropped = frozenset(column for column, code in self.fields.items() if BY_CODE[code].use is Use.DROPPED)


def fold_header(name: str) -> str:
    """Return the form under which column names are compared: lower case, no punctuation, brackets or numbering."""
    text = unicodedata.normalize("NFKD", _CAMEL.sub(" ", name.replace("_", " ")))
    text = "".join(char for char in text if not unicodedata.combining(char)).replace("’", "").replace("'", "")
    text = _NUMBERING.sub("", _BRACKETS.sub(" ", text)) or text
    return " ".join(re.sub(r"[^\w]+|\ufffd", " ", text.lower()).split())


def recognised(cells: Sequence[str]) -> int:
    """Say how many cells of a possible header row are usual column names; a title counts double."""
    score = 0
    for cell in cells:
        if not cell or len(cell) > 300:
            continue
        codes = _ALIASES.get(fold_header(cell))
        if codes:
            score += 2 if REQUIRED in codes else 1
    return score


def map_columns(columns: Sequence[str], overrides: Mapping[str, str], key: str = "") -> ColumnMap:
    """Return the mapping of a file's columns; raise :class:`ImportFileError` when none holds the title.

    ``overrides`` are the person's ``column=field`` pairs and win over everything; a field named ``-`` leaves the
    column out. ``key`` names the column with the source's own number.
    """
    result = ColumnMap()
    folded = {column: fold_header(column) for column in columns}
    taken = _apply_overrides(result, columns, folded, overrides, key)
    _take_exact(result, folded, taken)
    _take_similar(result, folded, taken)
    result.fields = {column: result.fields[column] for column in columns if column in result.fields}
    result.finish()
    if not result.columns_of(REQUIRED):
        label = BY_CODE[REQUIRED].label
        raise ImportFileError("missing-column", field=label, columns=listed(columns), example=REQUIRED)
    for column, code in result.guessed.items():
        result.notes.append(FileNote("column-guessed", {"column": column, "field": str(BY_CODE[code].label)}))
    result.notes += [FileNote("column-dropped", {"column": column}) for column in sorted(result.dropped)]
    return result


def listed(names: Iterable[str]) -> str:
    """Return names for a message, long ones and long lists cut."""
    names = list(names)
    shown = ", ".join(f"“{name[:60]}”" for name in names[:_NAMES_LISTED])
    return f"{shown}, …" if len(names) > _NAMES_LISTED else shown


def find_column(name: str, columns: Sequence[str]) -> str | None:
    """Return the column that a person means: the very name, or the only one with the same folded name."""
    if name in columns:
        return name
    wanted = fold_header(name)
    same = [column for column in columns if fold_header(column) == wanted]
    return same[0] if len(same) == 1 else None


def _apply_overrides(
    result: ColumnMap, columns: Sequence[str], folded: dict[str, str], overrides: Mapping[str, str], key: str
) -> set[str]:
    taken: set[str] = set()
    for name, code in overrides.items():
        column = find_column(name, columns)
        if column is None:
            raise ImportFileError("unknown-map-column", name=name, columns=listed(columns))
        if code != "-" and code not in BY_CODE:
            raise ImportFileError("unknown-map-field", name=code, fields=", ".join(BY_CODE))
        folded.pop(column, None)
        if code != "-":
            result.fields[column] = code
            taken.add(code)
    if key:
        column = find_column(key, columns)
        if column is None:
            raise ImportFileError("unknown-key-column", name=key, columns=listed(columns))
        folded.pop(column, None)
        result.fields.setdefault(column, "key")
        taken.add("key")
    return taken


def _take_exact(result: ColumnMap, folded: dict[str, str], taken: set[str]) -> None:
    """Give each column whose folded name is a usual one to its field, the most usual name first."""
    claims = []
    for position, (column, name) in enumerate(folded.items()):
        alias = name if name in _ALIASES else _without_number(name)
        claims += [(_RANK[code, alias], position, column, code) for code in _ALIASES.get(alias, ())]
    claims.sort()
    strong_title = any(
        code == REQUIRED and folded[column] not in _WEAK_TITLES for _rank, _position, column, code in claims
    )
    # A list of people has a column "Nama" too: it must never become public titles.
    people = any(code.split(".")[-1] in ("nip", "nik", "phone", "email", "position") for *_rest, code in claims)
    people_names = frozenset(("nama", "name")) if people else frozenset()
    # The title is chosen first: "Nama Inovasi" is the name beside a "Judul", and the title where there is none.
    claims.sort(key=lambda claim: claim[3] != REQUIRED)
    for _rank, _position, column, code in claims:
        if column in result.fields or (code in taken and not BY_CODE[code].joins):
            continue
        if code == REQUIRED and folded[column] in _WEAK_TITLES and (strong_title or folded[column] in people_names):
            continue
        result.fields[column] = code
        taken.add(code)
    for column, name in folded.items():
        if column not in result.fields and name.startswith(MARK_PREFIXES) and name not in NOT_MARKS:
            result.fields[column] = "dropped"


def _without_number(name: str) -> str:
    """ "tujuan 2" is a further column named "tujuan"."""
    return re.sub(r" \d$", "", name)


def _take_similar(result: ColumnMap, folded: dict[str, str], taken: set[str]) -> None:
    """Give what is left by likeness: misspelt names, and forms' questions that begin with a usual name."""
    for column, name in folded.items():
        if column in result.fields or len(name) < 5:
            continue
        alias = _similar_alias(name)
        codes = [code for code in _ALIASES.get(alias, ()) if code not in taken or BY_CODE[code].use is Use.PRIVATE]
        if not codes or BY_CODE[codes[0]].use is Use.KEY:
            continue
        result.fields[column] = codes[0]
        result.guessed[column] = codes[0]
        taken.add(codes[0])


def _similar_alias(name: str) -> str:
    words = [word for word in name.split() if word not in _FILLERS]
    if not words or len(words) > 9:
        return ""
    bare = " ".join(words)
    if bare in _ALIASES:
        return bare
    for length in range(min(len(words) - 1, 4), 0, -1):
        beginning = " ".join(words[:length])
        if beginning in _ALIASES and (length > 1 or beginning in _TELLING):
            return beginning
    if len(bare) >= 6:
        match = process.extractOne(bare, _LONG_ALIASES, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        return match[0] if match else ""
    return ""
