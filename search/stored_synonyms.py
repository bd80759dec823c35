"""The thesaurus in use: the shipped groups, changed and completed by what staff keep in the database.

The shipped file is in force by itself. A row with the key of a shipped group takes that group's place, so loading the
shipped groups into rows (:func:`load_shipped`, for the list in which staff edit them) changes no search.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Max

from innovation_hub.core.loading import Loaded, digest, load_rows
from search.analysis import fold
from search.models import SynonymGroup
from search.synonyms import Thesaurus, shipped_thesaurus

logger = logging.getLogger(__name__)

#: How old the thesaurus of another process may be after a change.
SECONDS = 5.0

Group = Sequence[str]


def key_of(shipped: Group) -> str:
    """Return what a shipped group is recognised by from release to release: its first phrase."""
    return fold(shipped[0])


def groups_in_use(without: int | None = None) -> list[Group]:
    """Return the groups as the database has them now; ``without`` leaves out the row of that key."""
    rows = list(SynonymGroup.objects.order_by("pk"))
    replaced = {row.key: row for row in rows if row.key}
    groups: list[Group] = []
    for shipped in shipped_thesaurus().groups:
        row = replaced.pop(key_of(shipped), None)
        if row is None:
            groups.append(shipped)
        elif _counts(row, without):
            groups.append(row.phrase_list)
    own = [row for row in rows if not row.key] + list(replaced.values())
    return groups + [row.phrase_list for row in own if _counts(row, without)]


def _counts(row: SynonymGroup, without: int | None) -> bool:
    return row.is_active and row.pk != without


def thesaurus_of(groups: Sequence[Group]) -> Thesaurus:
    """Return a thesaurus of these groups with the shipped ambiguous acronyms; the shipped one if they are its own."""
    shipped = shipped_thesaurus()
    if groups == shipped.groups:
        return shipped
    return Thesaurus(groups, shipped.ambiguous)


class StoredThesaurus:
    """Keeps the thesaurus of this process, and looks every few seconds with one small query whether it has changed.

    It never raises: search goes on with the words it has when the database can't be asked.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Read nothing yet."""
        self._clock = clock
        self._lock = threading.Lock()
        self._asked_at: float | None = None
        self._state: Any = None
        self._built: Thesaurus | None = None

    def __call__(self) -> Thesaurus:
        """Return the thesaurus; of several threads one looks for changes while the others go on."""
        now = self._clock()
        if (self._asked_at is None or now - self._asked_at >= SECONDS) and self._lock.acquire(blocking=False):
            try:
                self._asked_at = now
                self._refresh()
            except Exception as error:
                logger.warning("Synonyms can't be read, search goes on with those it has: %s", error)
            finally:
                self._lock.release()
        return self._built or shipped_thesaurus()

    def _refresh(self) -> None:
        state = SynonymGroup.objects.aggregate(rows=Count("pk"), last=Max("changed_at"))
        if state != self._state:
            self._built = thesaurus_of(groups_in_use())
            self._state = state

    def forget(self) -> None:
        """Look for changes with the next search."""
        self._asked_at = None

    def reset(self) -> None:
        """Go back to the beginning, as a new process."""
        self._asked_at = self._state = self._built = None


stored_thesaurus = StoredThesaurus()


def on_change(**kwargs: Any) -> None:
    """Let this process follow a change of a group at once, and again when it is committed."""
    stored_thesaurus.forget()
    transaction.on_commit(stored_thesaurus.forget)


@transaction.atomic
def load_shipped() -> Loaded:
    """Make rows of the shipped groups; those that staff changed stay as they are, also switched off.

    Rows of groups that this version ships no more go, unless staff changed them.
    """
    shipped = [_row(group) for group in shipped_thesaurus().groups]
    result = load_rows(SynonymGroup, shipped, key=["key"])
    keys = {row["key"] for row in shipped}
    for row in SynonymGroup.objects.filter(origin=SynonymGroup.Origin.SHIPPED):
        if row.key not in keys and row.source_hash == digest(_row(row.phrase_list, row.key)):
            row.delete()
    on_change()
    return result


def _row(group: Group, key: str = "") -> dict[str, Any]:
    origin = SynonymGroup.Origin.SHIPPED.value
    return {"key": key or key_of(group), "phrases": "\n".join(group), "origin": origin}
