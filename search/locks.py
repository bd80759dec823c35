"""Locks between processes: a file in the data folder, freed by the system when its holder dies."""

import fcntl
import os
import time
from pathlib import Path
from threading import Event
from typing import Self

from django.conf import settings

WRITER = "indexer.lock"
REBUILD = "rebuild.lock"


class FileLock:
    """An exclusive lock on ``<data folder>/<name>``."""

    def __init__(self, name: str, folder: Path | None = None) -> None:
        """Take the lock's file name, and the folder if it is another hub's; nothing is locked yet."""
        self.path = (folder or Path(settings.DATA_DIR)) / name
        self._file: int | None = None

    @property
    def held(self) -> bool:
        """Return whether this object holds the lock."""
        return self._file is not None

    def try_acquire(self) -> bool:
        """Take the lock if it is free; return whether it is held now."""
        if self._file is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._file = file
        return True

    def acquire(self, stop: Event | None = None, poll: float = 0.2) -> bool:
        """Wait for the lock; return False when ``stop`` is set first."""
        while not self.try_acquire():
            if stop is None:
                time.sleep(poll)
            elif stop.wait(poll):
                return False
        return True

    def release(self) -> None:
        """Free the lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        """Wait for the lock."""
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        """Free it."""
        self.release()


def wait_until_free(name: str) -> None:
    """Return when nobody holds the lock any more."""
    with FileLock(name):
        return


def is_locked(name: str, folder: Path | None = None) -> bool:
    """Return whether somebody, this process included, holds the lock."""
    lock = FileLock(name, folder)
    if lock.try_acquire():
        lock.release()
        return False
    return True
