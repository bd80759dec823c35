"""``make test``: the whole suite on SQLite, then what touches the database once more on PostgreSQL.

Arguments go to pytest in both passes. Without a PostgreSQL the second pass is skipped with the reason; under
``CI=true`` that is a failure.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.services import ServiceMissing, find_postgres, in_ci

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS_COLLECTED = 5
WORKERS = os.environ.get("TEST_WORKERS", str(min(os.cpu_count() or 1, 4)))
# What never touches the database's own dialect, or drives a whole browser, needs no second run.
POSTGRES_SELECTION = "postgres or not (browser or slow)"


def say(text: str) -> None:
    """Write one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run_pass(name: str, selection: str, arguments: list[str], **environment: str) -> bool:
    """Run pytest once and return whether everything passed (nothing to run passes when tests were named)."""
    say(f"\n=== {name} ===")
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, "-m", selection, *arguments]
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    passed = code == 0 or (code == NO_TESTS_COLLECTED and bool(arguments))
    say(f"=== {name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s ===")
    return passed


def main(arguments: list[str]) -> int:
    """Run both passes and return the exit code."""
    results = [run_pass("SQLite", "not postgres", arguments)]
    try:
        url = find_postgres()
    except ServiceMissing as error:
        say(f"\n=== PostgreSQL: {'FAILED' if in_ci() else 'skipped'}: {error} ===")
        results.append(not in_ci())
    else:
        results.append(run_pass("PostgreSQL", POSTGRES_SELECTION, arguments, TEST_DATABASE_URL=url))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
