"""Public names of innovations that are the same as a name, or sound like it."""

import threading
import time

from innovation_hub.innovations.models import Innovation

from .advice import SHORTEST_KEY, PublicName, sound_of

#: Names are read again after so many seconds; what has left the public meanwhile is never shown.
KEPT_SECONDS = 600
MOST = 3


class _Sounds:
    """Which public entries have names that sound alike: sound -> ids."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Read the names again when they are asked for next."""
        self._read_at = 0.0
        self._ids: dict[str, tuple[int, ...]] = {}

    def ids_of(self, key: str) -> tuple[int, ...]:
        """Return the entries whose names sound like ``key``."""
        with self._lock:
            if not self._read_at or time.monotonic() - self._read_at > KEPT_SECONDS:
                self._ids = self._read()
                self._read_at = time.monotonic()
            return self._ids.get(key, ())

    @staticmethod
    def _read() -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        named = Innovation.objects.public().exclude(brand_name="").order_by("pk")
        for pk, name in named.values_list("pk", "brand_name").iterator():
            found.setdefault(sound_of(name), []).append(pk)
        return {key: tuple(ids) for key, ids in found.items()}


sounds = _Sounds()


def names_like(brand: str, *, exclude: int | None = None) -> list[PublicName]:
    """Return up to a few public names that are the same as ``brand`` or sound like it."""
    key = sound_of(brand)
    if not key:
        return []
    ids = [pk for pk in sounds.ids_of(key) if pk != exclude]
    if len(key) < SHORTEST_KEY:
        ids = ids[: MOST * 4]
    rows = Innovation.objects.public().filter(pk__in=ids[: MOST * 4]).select_related("agency").order_by("pk")
    return [
        PublicName(row.brand_name, row.agency_name, row.get_absolute_url() or "")
        for row in rows
        if sound_of(row.brand_name) == key
    ][:MOST]
