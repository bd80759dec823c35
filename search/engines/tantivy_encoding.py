"""What a record looks like to tantivy, and how an index folder says what it was made with."""

import json
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from search.documents import SEPARATOR, IndexRecord
from search.engines.payload import PayloadCodec
from search.engines.tantivy_facets import ALL_FIELD, JSON_FIELD, OPEN_FIELD

#: Grows when the schema or the analysis of records changes; an index of another version has to be rebuilt.
VERSION = 2
LAYOUT, DICTIONARY = "layout.json", "dictionary"


def boost_value(boost: float) -> float:
    """Return the number that tantivy turns into a factor of twice ``boost``: it multiplies by log2(2 + number)."""
    return 2.0 ** (2.0 * boost) - 2.0


@dataclass(slots=True)
class Encoder:
    """Turns records into the JSON that tantivy reads; made before a build, used in any process."""

    codec: PayloadCodec
    opened: frozenset[str]
    """Facets that every page counts: they stand in a field of their own too."""

    def encode(self, record: IndexRecord) -> str:
        """Return the record as tantivy's JSON."""
        values = [(code, value) for code, found in record.facets.items() for value in found]
        return json.dumps(
            {
                "key": record.key,
                "ref": record.reference,
                "stamp": record.stamp,
                "scope": record.scopes,
                "hidden": record.superseded_for,
                "na": record.names,
                "st": record.stems,
                "su": record.surfaces,
                "ti": record.title_stems,
                "ts": record.title_surfaces,
                ALL_FIELD: [code + SEPARATOR + value for code, value in values],
                OPEN_FIELD: [code + SEPARATOR + value for code, value in values if code in self.opened],
                JSON_FIELD: record.facets,
                "newest": record.newest,
                "evidence": record.evidence,
                "adoptions": record.adoptions,
                "tie": record.tie,
                "id": record.source_id,
                "boost": boost_value(record.boost),
                "payload": self._packed(record.payload),
                "body": self._packed(record.body),
            }
        )

    def _packed(self, data: Any) -> str:
        return b64encode(self.codec.pack(data)).decode("ascii")

    def save(self, folder: Path) -> None:
        """Write down what the index in ``folder`` is made with."""
        layout = {"version": VERSION, "open": sorted(self.opened)}
        (folder / LAYOUT).write_text(json.dumps(layout), encoding="utf-8")
        (folder / DICTIONARY).write_bytes(self.codec.dictionary)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return what the index in ``folder`` was made with; raises ValueError for another version's."""
        layout = json.loads((folder / LAYOUT).read_text(encoding="utf-8"))
        if layout["version"] != VERSION:
            raise ValueError(f"it was made by version {layout['version']} of the schema, this is {VERSION}")
        return cls(PayloadCodec((folder / DICTIONARY).read_bytes()), frozenset(layout["open"]))
