"""Shows what the search analyser makes of a text, or the stems of a list of words."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.analysis import index_terms, tokenize


class Command(BaseCommand):
    """``analyze_text "…"`` prints tokens, ``analyze_text --stems FILE`` prints ``word<TAB>stem`` lines."""

    help = (
        "Print the tokens of a text (position, start, end, surface, stem), or with --stems FILE the stem of each line."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A text or ``--stems``, not both."""
        parser.add_argument("text", nargs="*", help="the text to analyse")
        parser.add_argument("--stems", metavar="FILE", help="a file with one word a line, or - for standard input")

    def handle(self, *args: object, text: list[str], stems: str | None, **options: object) -> None:
        """Print one line a token, or a word.

        Raises CommandError if neither or both of text and ``--stems`` are given, or the file can't be read.
        """
        if bool(text) == (stems is not None):
            raise CommandError("Give a text, or --stems FILE.")
        if stems is None:
            self._print_tokens(" ".join(text))
        else:
            self._print_stems(self._lines(stems))

    def _print_tokens(self, text: str) -> None:
        self.stdout.write("position\tstart\tend\tsurface\tstem")
        for token in tokenize(text):
            self.stdout.write(f"{token.position}\t{token.start}\t{token.end}\t{token.surface}\t{token.stem}")

    def _print_stems(self, lines: Iterable[str]) -> None:
        for line in lines:
            word = line.strip()
            if word:
                self.stdout.write(f"{word}\t{index_terms(word)[0]}")

    @staticmethod
    def _lines(name: str) -> list[str]:
        if name == "-":
            return sys.stdin.read().splitlines()
        try:
            return Path(name).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Can't read {name}: {error}") from error
