"""The indexes of one installation in a cluster that others may use too: names, aliases, and the swap after a build.

    <prefix>-v<version>-<time>-<x>         documents; names sort by time
    <prefix>-v<version>-<time>-<x>-words   the vocabulary of those documents
    <prefix>-v<version>-<time>-<x>-raw     the documents while the index is being built

Aliases say which are in use: ``…-read``, ``…-write`` and ``…-words``; all three move at once. Everything is written
through an alias with ``require_alias``, so that no write can ever create an index: one that is being built has an
alias of its own, ``…-building``.
"""

import logging
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from elasticsearch import AuthorizationException, BadRequestError, Elasticsearch, NotFoundError

from search.engines.elasticsearch_client import BUILD_TIMEOUT_SECONDS, PATIENT_TIMEOUT_SECONDS
from search.engines.elasticsearch_document import VERSION, analysis, mapping, words_mapping

logger = logging.getLogger(__name__)

WORDS, RAW = "-words", "-raw"
BUILDING = "-building"
#: A build of another machine may be under way; one this old (seconds) was killed.
ABANDONED = 86_400.0
#: Elasticsearch's own limit of offset and limit together.
WINDOW = 10_000


@dataclass(frozen=True, slots=True)
class Indexes:
    """The indexes and aliases that begin with ``prefix``."""

    client: Elasticsearch
    prefix: str

    @property
    def read(self) -> str:
        """Return the alias that searches ask."""
        return f"{self.prefix}-v{VERSION}-read"

    @property
    def write(self) -> str:
        """Return the alias that changes go to."""
        return f"{self.prefix}-v{VERSION}-write"

    @property
    def words(self) -> str:
        """Return the alias of the vocabulary in use."""
        return f"{self.prefix}-v{VERSION}{WORDS}"

    @property
    def template(self) -> str:
        """Return the name of the template that keeps the aliases' names from becoming indexes."""
        return f"{self.prefix}-v{VERSION}-aliases"

    def current(self) -> str:
        """Return the index in use; empty without one, and when an alias or the vocabulary is lost: it can't work."""
        try:
            found = self._patiently.get_alias(name=[self.read, self.write, self.words]).body
        except NotFoundError:
            return ""
        name = max((index for index in found if self.read in _aliases(found, index)), default="")
        whole = self.write in _aliases(found, name) and self.words in _aliases(found, name + WORDS)
        return name if whole else ""

    def _behind(self, alias: str) -> list[str]:
        try:
            return list(self._patiently.get_alias(name=alias).body)
        except NotFoundError:
            return []

    @property
    def _patiently(self) -> Any:
        """Return the client for what no page waits for."""
        return self.client.options(request_timeout=PATIENT_TIMEOUT_SECONDS).indices

    def create(self) -> str:
        """Make an empty index and one for its words, neither in use; return the name of the first."""
        name = f"{self.prefix}-v{VERSION}-{time.time_ns():020}-{secrets.token_hex(3)}"
        self._keep_from_being_created()
        # Nothing reads it before it is finished, and a build that is cut short starts again.
        building = {"number_of_replicas": 0, "refresh_interval": "-1", "translog": {"durability": "async"}}
        lasting = {"number_of_shards": settings.SEARCH_SHARDS, "codec": "best_compression", "analysis": analysis()}
        self._create(name + RAW, mapping(), {**lasting, **building})
        self._create(name + WORDS, words_mapping(), {"number_of_shards": 1, "number_of_replicas": 0})
        return name

    def _create(self, name: str, mapping: dict[str, Any], index_settings: dict[str, Any]) -> None:
        """Create an index with the alias that it is built through."""
        self._slowly.create(index=name, settings=index_settings, mappings=mapping, aliases={name + BUILDING: {}})

    def complete(self, name: str) -> None:
        """Make the index itself of the raw one, in one piece, with its replicas.

        Elasticsearch keeps all that it was sent beside a document for hours, to copy it to a replica that lags;
        a clone has no such replica, so that merging it drops what is more than half of the bytes.
        """
        raw = name + RAW
        self._slowly.put_settings(index=raw, settings={"blocks": {"write": True}})
        final = {"blocks.write": None, "translog.durability": "request", "number_of_replicas": settings.SEARCH_REPLICAS}
        self._slowly.clone(index=raw, target=name, settings={f"index.{key}": value for key, value in final.items()})
        self._slowly.forcemerge(index=name, max_num_segments=1)
        self._slowly.refresh(index=name)
        self._slowly.put_settings(index=name + WORDS, settings={"number_of_replicas": settings.SEARCH_REPLICAS})

    @property
    def _slowly(self) -> Any:
        """Return the client for what takes its time."""
        return self.client.options(request_timeout=BUILD_TIMEOUT_SECONDS).indices

    def _keep_from_being_created(self) -> None:
        """Forbid that writing to an alias that is gone makes an index of its name, whoever writes.

        All writes of the engine require an alias; this is for those who type. It takes a right that not every
        user of a shared cluster has.
        """
        template = {
            "name": self.template,
            "index_patterns": [self.read, self.write, self.words],
            "allow_auto_create": False,
        }
        try:
            self._slowly.put_index_template(**template)
        except (AuthorizationException, BadRequestError) as error:
            logger.info("No template keeps %s from being created by a write: %s", self.write, error)

    def put_in_place(self, name: str) -> None:
        """Let readers and writers use the new index, at once; the raw one goes."""
        actions: list[dict[str, Any]] = [{"remove": {"index": name + WORDS, "alias": name + WORDS + BUILDING}}]
        for alias, new in ((self.read, name), (self.write, name), (self.words, name + WORDS)):
            actions += [{"remove": {"index": old, "alias": alias}} for old in self._behind(alias)]
            actions.append({"add": {"index": new, "alias": alias}})
        self._slowly.update_aliases(actions=actions)
        self._delete(name + RAW)

    def _delete(self, name: str) -> None:
        try:
            self._slowly.delete(index=name)
        except NotFoundError:
            logger.debug("The index %s is gone already", name)

    def remove(self, name: str) -> None:
        """Remove an index with all that belongs to it."""
        for suffix in ("", RAW, WORDS):
            self._delete(name + suffix)

    def remove_others(self) -> None:
        """Remove every index but the one in use and those that a build may be writing now."""
        current = self.current()
        if not current:
            return
        for name in sorted(self.all_names() - {current}):
            if self._created(name) < self._created(current) or self._created(name) < time.time() - ABANDONED:
                self.remove(name)

    def remove_all(self) -> None:
        """Remove every index of this installation, the one in use too."""
        for name in self.all_names():
            self.remove(name)
        try:
            self._slowly.delete_index_template(name=self.template)
        except (AuthorizationException, NotFoundError) as error:
            logger.info("The template %s stays: %s", self.template, error)

    def all_names(self) -> set[str]:
        """Return every index of this installation, whatever the version; others may have a longer prefix."""
        own = re.compile(rf"({re.escape(self.prefix)}-v\d+-\d{{20}}-[0-9a-f]{{6}})({WORDS}|{RAW})?")
        found = self._patiently.get_settings(index=f"{self.prefix}-v*", name="index.creation_date")
        return {match[1] for match in map(own.fullmatch, found.body) if match}

    @staticmethod
    def _created(name: str) -> float:
        """Return when an index was created, in epoch seconds, from its name."""
        return int(name.split("-")[-2]) / 1e9


def _aliases(found: Any, index: str) -> Any:
    """Return the aliases that an answer lists for an index."""
    return found.get(index, {}).get("aliases", {})
