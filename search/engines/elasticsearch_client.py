"""Talking to an Elasticsearch: the connection that ``SEARCH_URL`` and its neighbours describe, and its errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.engines.base import EngineUnavailable, IndexUnreadable

#: What the indexer and commands wait for a small answer; a page waits SEARCH_TIMEOUT_SECONDS.
PATIENT_TIMEOUT_SECONDS = 10.0
#: Writing, merging and moving aliases take their time, and nobody looks at a page meanwhile.
WRITE_TIMEOUT_SECONDS = 60.0
BUILD_TIMEOUT_SECONDS = 600.0
#: What is said of an error that Elasticsearch explains.
MAX_REASON = 300


@dataclass(frozen=True, slots=True)
class Address:
    """What ``SEARCH_URL`` says."""

    scheme: str
    host: str
    port: int
    prefix: str
    """How the names of all indexes and aliases begin."""
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> "Address":
        """Take ``http(s)://[user:password@]host:port/prefix``, which the settings have checked."""
        parts = urlsplit(url)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        prefix = parts.path.strip("/")
        return cls(parts.scheme, parts.hostname or "", parts.port or 9200, prefix, user, password)

    @property
    def node(self) -> str:
        """Return the address of the server."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    def __str__(self) -> str:
        """Return ``SEARCH_URL`` as it may be shown: without user and password."""
        return f"{self.node}/{self.prefix}"


def connect(address: Address) -> Elasticsearch:
    """Return a client; nothing is sent yet.

    A reader waits ``SEARCH_TIMEOUT_SECONDS``. A connection that the server has closed meanwhile is tried once more,
    a slow answer isn't.
    """
    options: dict[str, Any] = {}
    if settings.SEARCH_API_KEY:
        options["api_key"] = settings.SEARCH_API_KEY
    elif address.user:
        options["basic_auth"] = (address.user, address.password)
    if address.scheme == "https" and settings.SEARCH_CA_CERTS:
        options["ca_certs"] = settings.SEARCH_CA_CERTS
    return Elasticsearch(
        address.node,
        request_timeout=settings.SEARCH_TIMEOUT_SECONDS,
        max_retries=1,
        retry_on_timeout=False,
        retry_on_status=(),
        **options,
    )


def reason(error: ApiError) -> str:
    """Return what Elasticsearch says is wrong."""
    body = error.body if isinstance(error.body, dict) else {}
    cause = body.get("error")
    if isinstance(cause, dict):
        roots = cause.get("root_cause") or [cause]
        return f"{roots[0].get('type')}: {roots[0].get('reason')}"[:MAX_REASON]
    return (str(cause) if cause else error.message)[:MAX_REASON]


@contextmanager
def reported(address: Address) -> Iterator[None]:
    """Turn errors of the client into the engine's own; they name the address without its password."""
    try:
        yield
    except NotFoundError as error:
        raise IndexUnreadable(f"no search index at {address}, run rebuild_search_index: {reason(error)}") from error
    except ApiError as error:
        problem = f"Elasticsearch at SEARCH_URL {address} refuses ({error.status_code}): {reason(error)}"
        raise EngineUnavailable(problem) from error
    except TransportError as error:
        problem = f"Elasticsearch at SEARCH_URL {address} doesn't answer: {type(error).__name__}: {error.message}"
        raise EngineUnavailable(problem) from error
