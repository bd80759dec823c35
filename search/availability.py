"""When the engine is down, pages don't wait for it: a circuit breaker, one per process."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings

from search.engines.base import EngineUnavailable, IndexUnreadable

T = TypeVar("T")


class CircuitOpen(EngineUnavailable):
    """The engine was found down a moment ago and isn't asked."""


class Circuit:
    """Lets calls through until one finds the engine down; then none for some seconds, then one to try.

    A missing or unreadable index doesn't open it: finding that out takes no time, and it ends with a rebuild.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start closed."""
        self._clock = clock
        self._lock = threading.Lock()
        self._down_until: float | None = None

    @property
    def is_open(self) -> bool:
        """Return whether the engine counts as down."""
        return self._down_until is not None

    def call(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns; raises CircuitOpen at once while the engine counts as down."""
        self._admit()
        try:
            result = work()
        except IndexUnreadable:
            self._down_until = None
            raise
        except EngineUnavailable:
            self._down_until = self._clock() + settings.SEARCH_DOWN_SECONDS
            raise
        except BaseException:
            self._down_until = None
            raise
        self._down_until = None
        return result

    def _admit(self) -> None:
        """Let this call through, or raise; of several calls after the waiting time one is let through."""
        with self._lock:
            if self._down_until is None:
                return
            now = self._clock()
            if now < self._down_until:
                raise CircuitOpen("the search engine counts as down")
            self._down_until = now + settings.SEARCH_DOWN_SECONDS

    def reset(self) -> None:
        """Forget what was found."""
        self._down_until = None


circuit = Circuit()
