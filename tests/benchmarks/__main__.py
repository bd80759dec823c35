"""Runs the parts of ``make bench`` one after the other, each in a process of its own.

``python -m tests.benchmarks [part …]``; ``ENTRIES`` sets the size of the collection (36,000), ``SCALE`` multiplies it,
``BENCH_DIR`` is the folder (``var/bench``). The hub of each size is prepared once, in a folder of its own there, and
used again. Parts that ask an engine are measured on the embedded one, then on Elasticsearch if one runs, in an index
that is filled from the same database and dropped afterwards. Rows that this run doesn't measure are kept from the last
one. The exit code is 1 when a bar doesn't hold or a part couldn't be measured.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from innovation_hub.runner import end_with_parent
from tests.benchmarks.results import Result
from tests.services import ServiceMissing, find_elasticsearch

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("engine", "pages", "staff", "save", "drain", "rebuild", "import", "profile")
#: Measured when they are named, and at every scale but the first.
EXTRA = ("profile",)
#: Parts that ask the search engine.
SEARCHING = ("engine", "pages", "save", "drain", "rebuild", "profile")
#: The search page may take so many times as long on ten times as many entries.
GROWTH_SCALE, GROWTH = 10, 8
GROWING = "search page, one client p50"
BENCH_DIR = Path(os.environ.get("BENCH_DIR", ROOT / "var" / "bench")).resolve()
BASE_ENTRIES = int(os.environ.get("ENTRIES") or "36000")
SCALE = int(os.environ.get("SCALE") or "1")
ENTRIES = BASE_ENTRIES * SCALE
HUB_DIR = BENCH_DIR / f"hub-{ENTRIES}"
LATEST, PREVIOUS = BENCH_DIR / "latest.json", BENCH_DIR / "previous.json"

DROP = "import django; django.setup(); from search.engines import get_engine; get_engine().drop()"

Row = dict[str, Any]


def say(text: str = "") -> None:
    """Write one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def environment(search_url: str = "") -> dict[str, str]:
    """Return the environment of the measured processes: the bench's folder, SQLite, and the embedded engine or one."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SEARCH_URL")}
    if search_url:
        kept["SEARCH_URL"] = search_url
    kept.update(
        HUB_DATA_DIR=str(HUB_DIR),
        DJANGO_SETTINGS_MODULE="innovation_hub.settings.dev",
        BENCH_ENTRIES=str(ENTRIES),
        LOG_LEVEL="WARNING",
    )
    return kept


def run_part(part: str, search_url: str = "") -> list[Row] | None:
    """Measure one part and return its rows; ``None`` when it failed, which it has then said itself."""
    output = BENCH_DIR / f"{part}.json"
    output.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.benchmarks.part", part, str(output)]
    end_too = partial(end_with_parent, signal.SIGTERM)
    measured = environment(search_url)
    if subprocess.run(command, cwd=ROOT, env=measured, check=False, preexec_fn=end_too).returncode:
        return None
    rows = json.loads(output.read_text(encoding="utf-8"))
    output.unlink()
    return rows


def load(path: Path) -> list[Row]:
    """Return the rows of an earlier run, none when there was none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def identity(row: Row) -> tuple[object, ...]:
    """Return what makes two rows of different runs the same measurement."""
    return row["name"], row["engine"], row["n"]


def change(row: Row, before: dict[tuple[object, ...], Row]) -> str:
    """Return how the value moved since the last run, as a ratio in percent."""
    old = before.get(identity(row))
    if not old or not old["value"]:
        return "new" if not old else ""
    return f"{(row['value'] / old['value'] - 1) * 100:+.0f} %"


def table(rows: list[Row], before: dict[tuple[object, ...], Row]) -> str:
    """Return the rows as a table for people."""
    marks = {True: "ok", False: "MISSED", None: ""}
    lines = [("measurement", "engine", "n", "value", "bar", "", "change")]
    for row in rows:
        bar = "" if row["bar"] is None else f"{row['bar']:g} {row['unit']}"
        value = f"{row['value']:,.2f} {row['unit']}"
        lines.append((row["name"], row["engine"], str(row["n"]), value, bar, marks[row["ok"]], change(row, before)))
    widths = [max(len(line[column]) for line in lines) for column in range(7)]
    shown = []
    for line in lines:
        cells = [
            text.rjust(width) if column in (2, 3, 4, 6) else text.ljust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ]
        shown.append("  ".join(cells).rstrip())
    return "\n".join(shown)


def manage(*arguments: str, search_url: str = "") -> None:
    """Run a command of the bench's hub."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(search_url), check=True)


def measure(parts: Sequence[str], search_url: str = "", engine: str = "") -> tuple[list[Row], list[str]]:
    """Measure parts one after the other; return the rows, and the parts that failed."""
    rows: list[Row] = []
    failed: list[str] = []
    for part in parts:
        title = f"{part}, {engine}" if engine else part
        say(f"\n--- {title} ---")
        started = time.monotonic()
        measured = run_part(part, search_url)
        if measured is None:
            failed.append(title)
        rows += measured or []
        say(f"({time.monotonic() - started:.0f} s)")
    return rows, failed


def measure_elasticsearch(parts: Sequence[str], rows: list[Row], failed: list[str]) -> str:
    """Add what the parts give on Elasticsearch; return why nothing could be measured, empty if it was."""
    if not parts:
        return ""
    try:
        url = f"{find_elasticsearch()}/hub-bench-{ENTRIES}"
    except ServiceMissing as error:
        return str(error)
    say("\n--- filling Elasticsearch ---")
    try:
        manage("rebuild_search_index", search_url=url)
        measured, not_measured = measure(parts, url, "elasticsearch")
    except subprocess.CalledProcessError:
        return "its index could not be filled, see above"
    finally:
        subprocess.run([sys.executable, "-c", DROP], cwd=ROOT, env=environment(url), check=False)
    rows += measured
    failed += not_measured
    return ""


def growth(rows: Sequence[Row], last: Sequence[Row]) -> list[Row]:
    """Return how many times as long the search page takes as on the collection that was scaled up, by engine."""
    base = {row["engine"]: row["value"] for row in last if row["name"] == GROWING and row["n"] == BASE_ENTRIES}
    if SCALE == 1:
        return []
    found = []
    for row in rows:
        if row["name"] == GROWING and base.get(row["engine"]):
            name = f"search page p50, times that of {BASE_ENTRIES} entries"
            bar = GROWTH if SCALE == GROWTH_SCALE else None
            found.append(Result(name, row["engine"], ENTRIES, row["value"] / base[row["engine"]], "x", bar).as_dict())
        elif row["name"] == GROWING:
            say(f"No page of {BASE_ENTRIES} entries on {row['engine']} to compare with: run 'make bench' first.")
    return found


def main(arguments: list[str]) -> int:
    """Prepare the collection, measure, compare, write and print."""
    unknown = set(arguments) - set(PARTS)
    if unknown:
        say(f"Unknown parts: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}")
        return 2
    HUB_DIR.mkdir(parents=True, exist_ok=True)
    manage("prepare_hub", "--entries", str(ENTRIES))
    usual = [part for part in PARTS if SCALE > 1 or part not in EXTRA]
    chosen = [part for part in PARTS if part in (arguments or usual)]
    last = load(LATEST)
    rows, failed = measure(chosen)
    missing = measure_elasticsearch([part for part in chosen if part in SEARCHING], rows, failed)
    rows += growth(rows, last)
    new = {identity(row) for row in rows}
    kept = [row for row in last if identity(row) not in new]
    if last:
        PREVIOUS.write_text(json.dumps(last, indent=1), encoding="utf-8")
    LATEST.write_text(json.dumps(kept + rows, indent=1), encoding="utf-8")
    say()
    say(table(rows, {identity(row): row for row in last}))
    say()
    say(json.dumps(rows))
    if missing:
        say(f"Elasticsearch not measured: {missing}")
    if failed:
        say(f"Not measured, see above: {', '.join(failed)}")
    return 1 if failed or any(row["ok"] is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
