"""Runs the parts of ``make bench`` one after the other, each in a process of its own.

``python -m tests.benchmarks [part …]``; ``ENTRIES`` sets the size of the collection (36,000), ``BENCH_DIR`` the
folder (``var/bench``). The hub of each size is prepared once, in a folder of its own there, and used again. Rows
that this run doesn't measure are kept from the last one. The exit code is 1 when a bar doesn't hold or a part
couldn't be measured.
"""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from innovation_hub.runner import end_with_parent

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("engine", "pages", "staff", "save", "rebuild", "import")
BENCH_DIR = Path(os.environ.get("BENCH_DIR", ROOT / "var" / "bench")).resolve()
ENTRIES = int(os.environ.get("ENTRIES", "36000"))
HUB_DIR = BENCH_DIR / f"hub-{ENTRIES}"
LATEST, PREVIOUS = BENCH_DIR / "latest.json", BENCH_DIR / "previous.json"

Row = dict[str, object]


def say(text: str = "") -> None:
    """Write one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def environment() -> dict[str, str]:
    """Return the environment of the measured processes: the bench's folder, SQLite and the embedded engine."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SEARCH_URL")}
    kept.update(
        HUB_DATA_DIR=str(HUB_DIR),
        DJANGO_SETTINGS_MODULE="innovation_hub.settings.dev",
        BENCH_ENTRIES=str(ENTRIES),
        LOG_LEVEL="WARNING",
    )
    return kept


def run_part(part: str) -> list[Row] | None:
    """Measure one part and return its rows; ``None`` when it failed, which it has then said itself."""
    output = BENCH_DIR / f"{part}.json"
    output.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.benchmarks.part", part, str(output)]
    end_too = partial(end_with_parent, signal.SIGTERM)
    if subprocess.run(command, cwd=ROOT, env=environment(), check=False, preexec_fn=end_too).returncode:
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


def main(arguments: list[str]) -> int:
    """Prepare the collection, measure, compare, write and print."""
    unknown = set(arguments) - set(PARTS)
    if unknown:
        say(f"Unknown parts: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}")
        return 2
    HUB_DIR.mkdir(parents=True, exist_ok=True)
    prepare = [sys.executable, "manage.py", "prepare_hub", "--entries", str(ENTRIES)]
    subprocess.run(prepare, cwd=ROOT, env=environment(), check=True)
    chosen = [part for part in PARTS if not arguments or part in arguments]
    last = load(LATEST)
    rows: list[Row] = []
    failed: list[str] = []
    for part in chosen:
        say(f"\n--- {part} ---")
        started = time.monotonic()
        measured = run_part(part)
        if measured is None:
            failed.append(part)
        rows += measured or []
        say(f"({time.monotonic() - started:.0f} s)")
    new = {identity(row) for row in rows}
    kept = [row for row in last if identity(row) not in new]
    if last:
        PREVIOUS.write_text(json.dumps(last, indent=1), encoding="utf-8")
    LATEST.write_text(json.dumps(kept + rows, indent=1), encoding="utf-8")
    say()
    say(table(rows, {identity(row): row for row in last}))
    say()
    say(json.dumps(rows))
    if failed:
        say(f"Not measured, see above: {', '.join(failed)}")
    return 1 if failed or any(row["ok"] is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
