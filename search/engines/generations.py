"""Folders of an on-disk index: one per build, and a pointer to the one in use that is replaced atomically.

    <root>/current            JSON: generation, serial (grows with every commit), vocabulary
    <root>/gen-<time>-<x>/    one index; names sort by time

Readers learn of a commit or a rebuild by one ``stat`` of the pointer.
"""

import json
import os
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

POINTER = "current"
PREFIX = "gen-"
#: A folder without a pointer this old (seconds) is left over from a build that was killed.
ABANDONED = 3600.0


@dataclass(frozen=True, slots=True)
class Pointer:
    """What the pointer says."""

    generation: str
    serial: int = 0
    vocabulary: str = ""


class Generations:
    """The folders of one index."""

    def __init__(self, root: Path) -> None:
        """Take the folder; nothing is written before the first build."""
        self.root = root
        self._path = root / POINTER

    def mark(self) -> tuple[int, int, int] | None:
        """Return what changes with every commit and rebuild, ``None`` without an index. One ``stat``."""
        try:
            status = os.stat(self._path)
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def read(self) -> Pointer | None:
        """Return the pointer, ``None`` if there is none or it makes no sense."""
        try:
            pointer = Pointer(**json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return pointer if pointer.generation.startswith(PREFIX) else None

    def folder(self, generation: str) -> Path:
        """Return the folder of a generation."""
        return self.root / generation

    def create(self) -> str:
        """Make an empty folder for a new generation and return its name."""
        name = f"{PREFIX}{time.time_ns():020}-{secrets.token_hex(3)}"
        self.folder(name).mkdir(parents=True)
        return name

    def publish(self, pointer: Pointer) -> None:
        """Put ``pointer`` in place at once."""
        unfinished = self.root / f"{POINTER}.{os.getpid()}.new"
        unfinished.write_text(json.dumps(asdict(pointer)), encoding="utf-8")
        now = time.time_ns()
        os.utime(unfinished, ns=(now, now))
        os.replace(unfinished, self._path)

    def advance(self, generation: str, **changes: str) -> None:
        """Tell readers that ``generation`` has changed; does nothing when another one is in use by now."""
        pointer = self.read()
        if pointer and pointer.generation == generation:
            self.publish(replace(pointer, serial=pointer.serial + 1, **changes))

    def remove(self, generation: str) -> None:
        """Remove the folder of a generation; readers that have it open keep what they have."""
        shutil.rmtree(self.folder(generation), ignore_errors=True)

    def remove_others(self) -> None:
        """Remove every generation but the one in use and those that a build may be writing now."""
        pointer = self.read()
        if pointer is None:
            return
        for folder in self.root.glob(f"{PREFIX}*"):
            if folder.name == pointer.generation:
                continue
            with suppress(OSError):
                if folder.name < pointer.generation or time.time() - folder.stat().st_mtime > ABANDONED:
                    shutil.rmtree(folder, ignore_errors=True)

    def remove_all(self) -> None:
        """Remove the pointer and every generation; the folder itself stays."""
        self._path.unlink(missing_ok=True)
        for folder in self.root.glob(f"{PREFIX}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def size(self) -> int:
        """Return the bytes on disk of the generation in use."""
        pointer = self.read()
        if pointer is None:
            return 0
        return sum(file.stat().st_size for file in self.folder(pointer.generation).iterdir() if file.is_file())
