"""The words of public documents, for spelling: a file beside the index, read when a process first needs it."""

import secrets
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

PREFIX, SUFFIX = "vocabulary-", ".txt"


class Vocabulary(Mapping[str, int]):
    """word -> number of public documents with it; empty when its file is gone."""

    def __init__(self, path: Path | None = None) -> None:
        """Take the file; it is read on the first look-up (36,000 entries: 30 ms)."""
        self.path = path

    @cached_property
    def _words(self) -> dict[str, int]:
        if self.path is None:
            return {}
        try:
            fields = self.path.read_text(encoding="utf-8").split()
        except OSError:
            return {}
        return dict(zip(fields[::2], map(int, fields[1::2]), strict=True))

    def __getitem__(self, word: str) -> int:
        """Return how many public documents hold ``word``; raises KeyError for a word that none holds."""
        return self._words[word]

    def get(self, word: str, default: int = 0) -> int:  # type: ignore[override]
        """Return how many public documents hold ``word``; asked hundreds of times for one misspelt word."""
        return self._words.get(word, default)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the words."""
        return iter(self._words)

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self._words)


def write_vocabulary(folder: Path, words: Mapping[str, int]) -> str:
    """Write ``words`` to a new file in ``folder``, remove older ones, and return the file's name."""
    name = f"{PREFIX}{secrets.token_hex(4)}{SUFFIX}"
    older = list(folder.glob(f"{PREFIX}*{SUFFIX}"))
    text = "\n".join(f"{word} {count}" for word, count in words.items())
    (folder / name).write_text(text, encoding="utf-8")
    for path in older:
        path.unlink(missing_ok=True)
    return name
