"""A migrated test database in two seconds instead of twenty-five.

The first run after a change of migrations migrates from nothing and keeps a snapshot; later runs, and the
other xdist workers, start from a copy of it. Tests that commit (``transaction=True``, live servers) get the
database put back afterwards, so that what migrations wrote (root page, locales) is there for the next test.
"""

import fcntl
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from os import getuid
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

ROOT = Path(__file__).resolve().parent.parent
SNAPSHOTS = Path(tempfile.gettempdir()) / f"hub-tests-{getuid()}" / "snapshots"
PACKAGES = ("innovation_hub", "search", "home")
PRISTINE = "pristine.sqlite3"


def fingerprint() -> str:
    """Return a checksum of everything that decides what a freshly migrated database holds."""
    files = [ROOT / "requirements.txt", Path(__file__)]
    for package in PACKAGES:
        for folder in ("migrations", "data", "fixtures"):
            files += (path for path in (ROOT / package).rglob(f"{folder}/*") if path.is_file())
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.suffix != ".pyc":
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


class SqliteStore:
    """Snapshots as files."""

    def __init__(self) -> None:
        self.snapshot = SNAPSHOTS / f"{fingerprint()}.sqlite3"
        self.pristine = Path(settings.DATA_DIR) / PRISTINE

    def exists(self) -> bool:
        """Return whether a run before this one left a snapshot."""
        return self.snapshot.exists()

    def start_from_snapshot(self) -> None:
        """Make the test database a copy of the snapshot."""
        copy_sqlite(self.snapshot, Path(settings.DATABASES["default"]["TEST"]["NAME"]))

    def save(self) -> None:
        """Keep the migrated test database as the snapshot; another process never sees half of it."""
        unfinished = self.snapshot.with_suffix(".new")
        copy_sqlite(Path(connection.settings_dict["NAME"]), unfinished)
        unfinished.replace(self.snapshot)

    def keep_pristine(self) -> None:
        """Remember the database as it is before the first test."""
        copy_sqlite(Path(connection.settings_dict["NAME"]), self.pristine)

    def restore(self) -> None:
        """Put the database back to what it was before the first test."""
        connection.close()
        copy_sqlite(self.pristine, Path(connection.settings_dict["NAME"]))


class PostgresStore:
    """Snapshots as template databases of the same server."""

    def __init__(self) -> None:
        self.snapshot = f"hub_snapshot_{fingerprint()}"

    def exists(self) -> bool:
        """Return whether a run before this one left a snapshot."""
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.snapshot])
            return cursor.fetchone() is not None

    def start_from_snapshot(self) -> None:
        """Make the test database a copy of the snapshot."""
        self._copy(self.snapshot, connection.creation._get_test_db_name())

    def save(self) -> None:
        """Keep the migrated test database as the snapshot."""
        connection.close()
        self._copy(connection.settings_dict["NAME"], self.snapshot)

    def keep_pristine(self) -> None:
        """Nothing to remember: the snapshot is on the server."""

    def restore(self) -> None:
        """Put the database back to what it was before the first test."""
        connection.close()
        self._copy(self.snapshot, connection.settings_dict["NAME"])

    def _copy(self, source: str, target: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite database that others may have open."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)


def store() -> SqliteStore | PostgresStore:
    """Return the store for the database that the settings name."""
    return PostgresStore() if connection.vendor == "postgresql" else SqliteStore()


@contextmanager
def migrated_database() -> Iterator[SqliteStore | PostgresStore]:
    """Yield a store whose database is migrated; destroy the database afterwards."""
    SNAPSHOTS.mkdir(parents=True, exist_ok=True)
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    snapshots = store()
    with (SNAPSHOTS / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = snapshots.exists()
        if known:
            fcntl.flock(lock, fcntl.LOCK_UN)
            snapshots.start_from_snapshot()
        config = setup_databases(verbosity=0, interactive=False, keepdb=known, serialized_aliases=())
        if not known:
            snapshots.save()
    snapshots.keep_pristine()
    yield snapshots
    teardown_databases(config, verbosity=0)
