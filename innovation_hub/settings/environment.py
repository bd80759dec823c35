"""Reading settings from the environment, with errors that name the variable.

Everything a running hub may change comes through :data:`env`; a wrong value stops the start with
``ImproperlyConfigured`` and the name of the variable instead of a traceback from deep inside Django.
"""

import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

T = TypeVar("T")

env = Env()

SEARCH_SCHEMES = ("tantivy", "http", "https")
#: How names of indexes may begin, as the path of an address.
INDEX_PREFIX = re.compile(r"/[a-z0-9][a-z0-9_-]{0,99}/?")
PREFIX_LETTERS = "at most 100 lower-case letters, digits, - and _"


def read(reader: Callable[..., T], name: str, *args, **kwargs) -> T:
    """Read variable ``name`` with an environs ``reader``; raise ``ImproperlyConfigured`` when it is wrong."""
    try:
        return reader(name, *args, **kwargs)
    except (EnvError, ValueError) as error:
        raise wrong(name, str(error)) from error


def wrong(name: str, why: str) -> ImproperlyConfigured:
    """Return the error that names a wrong variable."""
    return ImproperlyConfigured(f"Environment variable {name} is wrong: {why}")


def read_number(reader: Callable[..., T], name: str, *, default: T, lowest: T, highest: T | None = None) -> T:
    """Read a number with an environs ``reader`` and check its range, both ends included."""
    value = read(reader, name, default=default)
    if value < lowest or (highest is not None and value > highest):
        limits = f"{lowest} or more" if highest is None else f"from {lowest} to {highest}"
        raise wrong(name, f"{value} isn't {limits}")
    return value


def read_web_address(name: str, default: str) -> str:
    """Read an ``http(s)://host`` address without the slash at its end."""
    value = read(env.str, name, default=default)
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise wrong(name, f"{value!r} isn't an address such as https://hub.example.org")
    return value.rstrip("/")


def read_time_zone(name: str, default: str) -> str:
    """Read the name of a time zone that this machine knows."""
    value = read(env.str, name, default=default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise wrong(name, f"{value!r} isn't a time zone such as Asia/Jakarta") from error
    return value


def read_folder(name: str, default: Path) -> Path:
    """Read the path of a folder, which need not exist yet."""
    value = read(env.str, name, default="")
    folder = Path(value).expanduser().resolve() if value else default
    if folder.exists() and not folder.is_dir():
        raise wrong(name, f"{folder} is not a folder")
    return folder


def read_database(default_path: Path) -> dict:
    """Return the ``default`` database from ``DATABASE_URL`` (SQLite in the data folder when unset)."""
    database = read(env.dj_db_url, "DATABASE_URL", default=f"sqlite:///{default_path}", conn_max_age=60)
    if not database.get("ENGINE"):
        raise wrong("DATABASE_URL", "it names no known database")
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
            " PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY",
        }
    return database


def read_search_url(default_path: Path) -> str:
    """Return ``SEARCH_URL`` after checking it: ``tantivy:///path`` or ``http(s)://[user:password@]host:port/prefix``.

    Errors never repeat the address, which may hold a password.
    """
    url = read(env.str, "SEARCH_URL", default=f"tantivy://{default_path}")
    try:
        parts = urlsplit(url)
        complete = bool(parts.hostname and parts.port)
    except ValueError as error:
        raise wrong("SEARCH_URL", "its host or port makes no sense") from error
    if parts.scheme not in SEARCH_SCHEMES:
        raise wrong("SEARCH_URL", "expected tantivy:///folder or http(s)://host:port/prefix")
    if parts.scheme != "tantivy" and not (complete and INDEX_PREFIX.fullmatch(parts.path)):
        raise wrong("SEARCH_URL", f"expected {parts.scheme}://host:port/prefix, the prefix of {PREFIX_LETTERS}")
    return url


def read_api_key(name: str, search_url: str) -> str:
    """Read the key for Elasticsearch in its encoded form; it can't go together with a user in ``SEARCH_URL``."""
    key = read(env.str, name, default="").strip()
    if not key:
        return ""
    try:
        whole = b":" in b64decode(key, validate=True)
    except ValueError:
        whole = False
    if not whole:
        raise wrong(name, "it isn't the encoded form that Elasticsearch gives with a new key")
    if urlsplit(search_url).username:
        raise wrong(name, "SEARCH_URL has a user already; give one of the two")
    return key


def read_file(name: str) -> str:
    """Read the path of a file that must be there; empty when unset."""
    value = read(env.str, name, default="")
    if value and not Path(value).is_file():
        raise wrong(name, f"there is no file {value}")
    return value


def read_data_dir(base_dir: Path) -> tuple[Path, Path]:
    """Return the data and the media folder: ``HUB_DATA_DIR`` and ``media`` in it, else the code's own two."""
    own = base_dir / "var"
    folder = read_folder("HUB_DATA_DIR", default=own)
    return folder, (base_dir if folder == own else folder) / "media"
