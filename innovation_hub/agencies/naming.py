"""From an agency's name as people write it to the agency that is meant, and the unit inside it.

"Dinas Kesehatan Kab. Banggai", "PEMKOT SEMARANG - DINAS KOPERASI" and "Kementerian Keuangan, DJP" each hold both. An
exact fold of a known name, alias, abbreviation or earlier name comes first; then a bare place name where only one
government bears it; then a likeness so great and so alone that it is a slip of the pen. Whatever fits more than one
agency ("Bandung", a name that three ministries inherited) stays unresolved and says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .naming_rules import (
    CENTRAL_UNIT,
    DIRECTIONS,
    JAKARTA_PARTS,
    KINDS,
    REGIONAL_UNIT,
    VERTICAL,
)
from .naming_words import EDGES, WORD, Token, fold_agency_name, fold_word, tidy_unit, tokens_of

_LONGEST = 14
_SHORT = 5
_CACHE_SIZE = 20_000


class Reason(StrEnum):
    """Why a name was taken for an agency, or wasn't."""

    EXACT = "exact"
    PLACE = "place"
    VERTICAL = "vertical"
    LIKENESS = "likeness"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """What the index knows of one agency; ``names`` are its aliases, abbreviations and earlier names."""

    id: int
    code: str
    name: str
    names: tuple[str, ...] = ()
    region_code: str = ""


@dataclass(frozen=True, slots=True)
class AgencyMatch:
    """The agency found (or ``None``), the unit named beside it, how sure, why, and between whom it was undecided."""

    agency_id: int | None
    unit_name: str | None
    confidence: float
    reason: Reason
    candidates: tuple[str, ...] = ()


class _Hit(NamedTuple):
    first: int
    last: int
    ids: frozenset[int]


@dataclass(slots=True)
class AgencyIndex:
    """Every name of every agency; :meth:`match` is cached, since a file names the same few hundred again and again."""

    rows: dict[int, AgencyRow] = field(default_factory=dict)
    full: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    bare: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    codes: dict[str, int] = field(default_factory=dict)
    spellings: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    _cache: dict[tuple[str, str], AgencyMatch] = field(default_factory=dict)

    @classmethod
    def build(cls, rows: Iterable[AgencyRow]) -> "AgencyIndex":
        """Return the index of ``rows``."""
        index = cls()
        for row in rows:
            index._add(row)
        for key in [key for key in index.full if "kepulauan" in key]:
            shorter = re.sub(r"^(kabupaten|provinsi)kepulauan", r"\1", key)
            if shorter not in index.full:
                index.full[shorter] = index.full[key]
        jakarta = index.codes.get("prov-dki-jakarta")
        if jakarta:
            for part in JAKARTA_PARTS:
                index.full[fold_agency_name(f"kota administrasi {part}")].add(jakarta)
        return index

    def _add(self, row: AgencyRow) -> None:
        self.rows[row.id] = row
        self.codes[row.code] = row.id
        for name in (row.name, *row.names):
            words = [token.fold for token in tokens_of(name)]
            key = "".join(words)
            if not key:
                continue
            self.full[key].add(row.id)
            kind = _kind_of(row)
            if kind:
                place = words[1:] if words[0] == kind else words
                self.bare["".join(place)].add(row.id)
                self.full[kind + "".join(place)].add(row.id)
                self.spellings[kind][" ".join(place)] = row.id
            elif len(words) > 1:
                self.spellings["central"][" ".join(words)] = row.id

    def match(self, raw: str, *, unit: str = "", region: str = "") -> AgencyMatch:
        """Return the agency that ``raw`` names, helped by the row's columns for unit and region.

        ``unit`` wins over a unit inside ``raw``; ``region`` completes names such as "Dinas Kesehatan" and decides
        between namesakes. Nothing is decided by ``region`` alone here.
        """
        raw, unit, region = raw.strip(), unit.strip(), region.strip()
        if not raw and not unit:
            return AgencyMatch(None, None, 0.0, Reason.EMPTY)
        own = self._match_text(raw, region) if raw else AgencyMatch(None, None, 0.0, Reason.EMPTY)
        tidy = tidy_unit(unit) if unit else None
        if own.agency_id:
            return _with_unit(own, tidy or own.unit_name)
        for text in self._completions(raw, unit, region):
            other = self._match_text(text, region)
            if other.agency_id and (not raw or _kind_of(self.rows[other.agency_id])):
                named = (
                    other.unit_name or (tidy_unit(raw) if raw else None) if text == unit else tidy or other.unit_name
                )
                return _with_unit(other, named)
        if own.reason is Reason.EMPTY and unit:
            return AgencyMatch(None, tidy, 0.0, Reason.UNKNOWN)
        return _with_unit(own, tidy or own.unit_name)

    @staticmethod
    def _completions(raw: str, unit: str, region: str) -> Iterable[str]:
        """Yield what may name the agency together, where the agency's own column doesn't."""
        if unit:
            yield unit
        office = next((text for text in (raw, unit) if text and REGIONAL_UNIT.match(_words(tokens_of(text)))), "")
        if office and region:
            yield f"{office} {region}"
        if office and raw and unit:
            yield f"{unit} {raw}"

    def _match_text(self, text: str, region: str) -> AgencyMatch:
        found = self._cache.get((text, region))
        if found is None:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            found = self._cache[text, region] = self._find_in_text(text, region)
        return found

    def _find_in_text(self, text: str, region: str) -> AgencyMatch:
        tokens = tokens_of(text)
        if not tokens:
            return AgencyMatch(None, None, 0.0, Reason.EMPTY)
        hits = [hit for hit in self._hits(tokens) if self._ends_well(hit, tokens)]
        central = [hit for hit in hits if not self._regional(hit) and self._may_stand(hit, tokens)]
        regional = [hit for hit in hits if self._regional(hit)]
        if central:
            return self._decided(max(central, key=lambda hit: hit.last - hit.first), tokens, text, Reason.EXACT, hits)
        vertical = self._vertical(tokens)
        if vertical:
            return AgencyMatch(vertical, tidy_unit(text), 0.85, Reason.VERTICAL)
        if regional:
            return self._decided(self._nearest(regional, tokens), tokens, text, Reason.EXACT, hits)
        place = self._place(tokens, region)
        if place:
            return self._decided(place, tokens, text, Reason.PLACE, hits)
        return self._by_likeness(tokens, text)

    def _hits(self, tokens: Sequence[Token]) -> list[_Hit]:
        """Return the longest known full names in a row of words, none inside another."""
        hits: list[_Hit] = []
        first = 0
        while first < len(tokens):
            for last in range(min(len(tokens), first + _LONGEST) - 1, first - 1, -1):
                ids = self.full.get("".join(token.fold for token in tokens[first : last + 1]))
                if ids and not self._is_bare_place(tokens, first, last):
                    hits.append(_Hit(first, last, frozenset(ids)))
                    first = last
                    break
            first += 1
        return hits

    def _ends_well(self, hit: _Hit, tokens: Sequence[Token]) -> bool:
        """Refuse a name that runs on into unknown words ("Kab. Luwu Utra", "Kementerian Hukum dan Ham…")."""
        if hit.last + 1 >= len(tokens) or tokens[hit.last + 1].segment != tokens[hit.last].segment:
            return True
        rest = [token.fold for token in tokens[hit.last + 1 :] if token.segment == tokens[hit.last].segment]
        words = " ".join(rest)
        return bool(
            rest[0] in KINDS
            or rest[0] in ("tahun", "bagian", "bidang", "seksi")
            or rest[0].isdigit()
            or REGIONAL_UNIT.match(words)
            or CENTRAL_UNIT.match(words)
            or any("".join(rest[:length]) in self.bare for length in range(1, len(rest) + 1))
        )

    def _is_bare_place(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """A place's name without its kind ("Banggai", "Jatim") is decided more carefully, in :meth:`_place`."""
        key = "".join(token.fold for token in tokens[first : last + 1])
        return key in self.bare and tokens[first].fold not in KINDS

    def _regional(self, hit: _Hit) -> bool:
        return all(_kind_of(self.rows[one]) for one in hit.ids)

    def _may_stand(self, hit: _Hit, tokens: Sequence[Token]) -> bool:
        """A short abbreviation counts only as a segment of its own, before a region, or behind a unit of the centre."""
        word = tokens[hit.first].fold
        if hit.last > hit.first or word.startswith("kemen") or (len(word) > _SHORT and hit.first == 0):
            return True
        segment = [token for token in tokens if token.segment == tokens[hit.first].segment]
        following = tokens[hit.last + 1].fold if hit.last + 1 < len(tokens) else ""
        ends = hit.last == len(tokens) - 1 or following in KINDS
        return (
            len(segment) == 1
            or (hit.first == 0 and following in KINDS)
            or (ends and bool(CENTRAL_UNIT.match(_words(tokens))))
        )

    def _nearest(self, hits: list[_Hit], tokens: Sequence[Token]) -> _Hit:
        """Between a province and a regency the regency is meant, unless the office is named with the province."""
        places = [hit for hit in hits if tokens[hit.first].fold != "provinsi" and not self._is_province(hit)]
        provinces = [hit for hit in hits if hit not in places]
        if not places:
            return provinces[0]
        if provinces and provinces[0].first < places[0].first:
            segment = [token for token in tokens if token.segment == tokens[provinces[0].first].segment]
            if len(segment) > provinces[0].last - provinces[0].first + 1 and provinces[0].first > 0:
                return provinces[0]
        return places[-1] if not provinces else places[0]

    def _is_province(self, hit: _Hit) -> bool:
        return all(_kind_of(self.rows[one]) == "provinsi" for one in hit.ids)

    def _vertical(self, tokens: Sequence[Token]) -> int | None:
        words = " ".join(token.fold for token in tokens)
        for pattern, code in VERTICAL:
            if pattern.search(words):
                return self.codes.get(code)
        return None

    def _place(self, tokens: Sequence[Token], region: str) -> _Hit | None:
        """Find a bare place name: the whole text, a segment of its own, or the end of a regional office's name."""
        words = " ".join(token.fold for token in tokens)
        regional_office = bool(REGIONAL_UNIT.match(words))
        for first in range(len(tokens)):
            ids = self.bare.get("".join(token.fold for token in tokens[first:]))
            if ids and (first == 0 or regional_office):
                return _Hit(first, len(tokens) - 1, self._within(ids, region))
        for number in {token.segment for token in tokens}:
            places = [index for index, token in enumerate(tokens) if token.segment == number]
            ids = self.bare.get("".join(tokens[index].fold for index in places))
            if ids and len(places) < len(tokens):
                return _Hit(places[0], places[-1], self._within(ids, region))
        return None

    def _within(self, ids: set[int], region: str) -> frozenset[int]:
        """Let a region column decide between namesakes: by its kind and name, or by its province."""
        if len(ids) > 1 and region:
            key = fold_agency_name(region)
            named = ids & self.full.get(key, set())
            provinces = {self.rows[one].region_code for one in self.full.get(key, set()) | self.bare.get(key, set())}
            inside = {one for one in ids if self.rows[one].region_code[:2] in provinces and one not in named}
            for chosen in (named, inside):
                if len(chosen) == 1:
                    return frozenset(chosen)
        return frozenset(ids)

    def _decided(
        self, hit: _Hit, tokens: Sequence[Token], text: str, reason: Reason, hits: Sequence[_Hit]
    ) -> AgencyMatch:
        central = not self._regional(hit)
        places = [*(other for other in hits if self._regional(other)), *self._bare_provinces(tokens, hit)]
        unit = _unit_beside(hit, tokens, text, places, central=central)
        if len(hit.ids) > 1:
            names = tuple(sorted(self.rows[one].name for one in hit.ids))
            return AgencyMatch(None, unit, 0.0, Reason.AMBIGUOUS, names)
        [agency_id] = hit.ids
        if tokens[hit.first].fold == "kota" and "administrasi" in text.lower():
            unit = tidy_unit(text)
        return AgencyMatch(agency_id, unit, 1.0 if reason is Reason.EXACT else 0.9, reason)

    def _bare_provinces(self, tokens: Sequence[Token], hit: _Hit) -> list[_Hit]:
        """Find the province that people write behind a regency ("Kota Semarang Jawa Tengah")."""
        for first in range(hit.last + 1, len(tokens)):
            for last in range(len(tokens) - 1, first - 1, -1):
                ids = self.bare.get("".join(token.fold for token in tokens[first : last + 1]))
                if ids and any(_kind_of(self.rows[one]) == "provinsi" for one in ids):
                    return [_Hit(first, last, frozenset(ids))]
        return []

    def _by_likeness(self, tokens: Sequence[Token], text: str) -> AgencyMatch:
        for index, token in enumerate(tokens):
            if token.fold in KINDS:
                for last in range(min(len(tokens), index + 6) - 1, index, -1):
                    found = self._like(token.fold, [one.fold for one in tokens[index + 1 : last + 1]])
                    if found:
                        return self._likely(_Hit(index, last, frozenset([found[0]])), found[1], tokens, text)
        for number in sorted({token.segment for token in tokens}):
            places = [index for index, token in enumerate(tokens) if token.segment == number]
            found = self._like("central", [tokens[index].fold for index in places])
            if found:
                return self._likely(_Hit(places[0], places[-1], frozenset([found[0]])), found[1], tokens, text)
        return AgencyMatch(None, tidy_unit(text) if REGIONAL_UNIT.match(_words(tokens)) else None, 0.0, Reason.UNKNOWN)

    def _likely(self, hit: _Hit, score: float, tokens: Sequence[Token], text: str) -> AgencyMatch:
        [agency_id] = hit.ids
        unit = _unit_beside(hit, tokens, text, [hit], central=not self._regional(hit))
        return AgencyMatch(agency_id, unit, score, Reason.LIKENESS)

    def _like(self, kind: str, words: list[str]) -> tuple[int, float] | None:
        """Return the one agency whose name differs by a slip: one letter of 6 to 9, two of more, no rival near."""
        wanted = " ".join(words)
        allowed = 0 if len(wanted) < 6 else 1 if len(wanted) < 10 else 2
        if not allowed or (kind == "central" and len(words) < 2):
            return None
        near = process.extract(
            wanted, list(self.spellings[kind]), scorer=OSA.distance, score_cutoff=allowed + 1, limit=4
        )
        near.sort(key=lambda item: item[1])
        ids = [self.spellings[kind][name] for name, _distance, _index in near]
        if not near or near[0][1] > allowed or any(one != ids[0] for one in ids):
            return None
        if _in_another_direction(wanted.split(), near[0][0].split()):
            return None
        return ids[0], round(1 - near[0][1] / len(wanted), 2)


def _words(tokens: Sequence[Token]) -> str:
    return " ".join(token.fold for token in tokens)


def _in_another_direction(one: list[str], other: list[str]) -> bool:
    """Say whether two names differ in a word such as utara or laut, which is never a slip."""
    if len(one) != len(other):
        return sorted(word for word in one if word in DIRECTIONS) != sorted(
            word for word in other if word in DIRECTIONS
        )
    return any(
        left != right and left in DIRECTIONS and right in DIRECTIONS for left, right in zip(one, other, strict=True)
    )


def _kind_of(row: AgencyRow) -> str:
    """Return kabupaten, kota or provinsi for a regional government, nothing for the centre's bodies."""
    if not row.region_code:
        return ""
    first = WORD.search(row.name)
    kind = fold_word(first[0]) if first else ""
    return kind if kind in KINDS else ""


def _with_unit(match: AgencyMatch, unit: str | None) -> AgencyMatch:
    return AgencyMatch(match.agency_id, unit, match.confidence, match.reason, match.candidates)


def _unit_beside(hit: _Hit, tokens: Sequence[Token], text: str, places: Sequence[_Hit], *, central: bool) -> str | None:
    """Return the unit that a text names beside the agency.

    Beside a regional government it is what is left without the names of places. A ministry's office keeps its whole
    name where that says which one it is ("Kantor Kementerian Agama Kab. Banggai").
    """
    if len(tokens) == hit.last - hit.first + 1:
        return None
    if central:
        start = tokens[hit.first - 1].end if hit.first else 0
        before, after = text[:start].strip(EDGES), text[tokens[hit.last].end :].strip(EDGES)
        apart = hit.last + 1 < len(tokens) and tokens[hit.last + 1].segment != tokens[hit.last].segment
        if before and after:
            return tidy_unit(text)
        return tidy_unit(before or (after if apart else text))
    pieces, position = [], 0
    for place in sorted({hit, *places}, key=lambda item: item.first):
        start = tokens[place.first - 1].end if place.first else 0
        pieces.append(text[position : max(start, position)].strip(EDGES))
        position = tokens[place.last].end
    pieces.append(text[position:].strip(EDGES))
    return tidy_unit(" ".join(filter(None, pieces)))
