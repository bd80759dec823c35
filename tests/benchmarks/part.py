"""Runs one part in this process: ``python -m tests.benchmarks.part pages output.json``."""

import importlib
import json
import sys
from pathlib import Path

import django


def main(part: str, output: str) -> None:
    """Set Django up, measure, and write the rows."""
    django.setup()
    results = importlib.import_module(f"tests.benchmarks.bench_{part}").run()
    rows = [result if isinstance(result, dict) else result.as_dict() for result in results]
    Path(output).write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
