"""Make ``roots.txt.gz`` from the Indonesian word list of LibreOffice's dictionaries (``id_ID.dic``).

Usage: ``python search/data/build_roots.py path/to/id_ID.dic``; README.md beside this file says where the
list comes from. One line a word: the word in lower case, and after a space the codes of the affixes that the
list records for it (two letters each, unchanged), so that the stemmer can prefer a reading somebody has
recorded to one that is only possible. Left out are the codes for possessives and particles, which go with
every word, entries of one letter, and entries that exist only to carry an affix (code ``A2``) and have a
hyphen in them.
"""

import gzip
import re
import sys
import unicodedata
from pathlib import Path

TARGET = Path(__file__).with_name("roots.txt.gz")
CLITIC_CODES = frozenset({"l0", "n0", "nl", "o0"})
WORD = re.compile(r"[a-z]{2,}")


def normalise(word: str) -> str:
    """Lower-case without accents; *bayi-bayi* becomes *bayi*; anything else with a hyphen becomes empty."""
    word = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    first, hyphen, second = word.partition("-")
    if hyphen:
        return first if first == second else ""
    return word


def read_words(lines: list[str]) -> dict[str, list[str]]:
    """Return word -> affix codes, merging entries that normalise to the same word."""
    words: dict[str, list[str]] = {}
    for line in lines:
        word, _, flags = line.strip().partition("/")
        name = normalise(word)
        if not WORD.fullmatch(name):
            continue
        codes = [flags[i : i + 2] for i in range(0, len(flags) - 1, 2)]
        kept = words.setdefault(name, [])
        kept.extend(code for code in codes if code not in CLITIC_CODES and code not in kept)
    return words


def main(source: Path) -> None:
    """Write the list; the same input always gives the same bytes."""
    lines = source.read_text(encoding="iso8859-1").splitlines()[1:]
    words = read_words(lines)
    text = "".join(f"{word} {''.join(words[word])}".rstrip() + "\n" for word in sorted(words))
    with TARGET.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        packed.write(text.encode("ascii"))
    sys.stdout.write(f"{len(words)} words, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
