"""What a data folder has been prepared for, so that a second start has nothing to do.

``prepared.json`` in the data folder records, for each part of the work, the checksum of what the part was
made from: the code, the static files, the database's address, the size of the collection. A part is done
again when its checksum changed. Losing the file costs a repetition of steps that change nothing, never data.
"""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from search.engines import get_engine
from search.engines.base import EngineUnavailable

RECORD = "prepared.json"
PACKAGES = ("innovation_hub", "search", "home")
# These are read when pages are made; changing them changes nothing that was prepared.
NOT_DATA = {"templates", "static", "__pycache__"}
LIBRARIES = ("django", "wagtail", "tantivy")


def checksum(files: Iterable[Path], *extra: str) -> str:
    """Return one checksum over the names and contents of files, and over further words."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(files):
        digest.update(str(path).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def code_checksum() -> str:
    """Return the checksum of the code, migrations and data files, of the libraries and of the database's address."""
    files = (
        path
        for package in PACKAGES
        for path in (settings.BASE_DIR / package).rglob("*")
        if path.is_file() and NOT_DATA.isdisjoint(path.parts)
    )
    database = connection.settings_dict
    place = [str(database[part]) for part in ("ENGINE", "NAME", "HOST", "PORT")]
    return checksum(files, *place, settings.SEARCH_URL, *map(version, LIBRARIES))


def static_checksum() -> str:
    """Return the checksum of what ``collectstatic`` gathers: the project's own files and Wagtail's version."""
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return checksum(files, str(settings.STATIC_ROOT), *map(version, LIBRARIES))


def index_is_readable() -> bool:
    """Return whether there is a search index that this version can read."""
    engine = get_engine()
    try:
        return engine.exists() and bool(engine.info())
    except EngineUnavailable:
        return False


class Record:
    """The record of one data folder; every change is written at once, and never half."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / RECORD
        self._facts = self._load()

    def _load(self) -> dict[str, str]:
        try:
            facts = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}

    def is_done(self, part: str, made_from: str) -> bool:
        """Return whether a part was last done from exactly this."""
        return self._facts.get(part) == made_from

    def number(self, part: str) -> int:
        """Return a recorded number, 0 when there is none."""
        value = self._facts.get(part, "0")
        return int(value) if value.isdigit() else 0

    def done(self, part: str, made_from: str) -> None:
        """Remember that a part was done."""
        self._facts[part] = made_from
        unfinished = self.path.with_suffix(".new")
        unfinished.write_text(json.dumps(self._facts, indent=1, sort_keys=True), encoding="utf-8")
        unfinished.replace(self.path)

    def forget(self) -> None:
        """Forget everything: the database isn't the one that was prepared."""
        self._facts = {}
        self.path.unlink(missing_ok=True)
