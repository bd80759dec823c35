"""Importing a spreadsheet into a hub that is being read: time until searchable, memory, what readers notice.

The hub is a copy of the bench's, so that a second run measures the same.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from openpyxl import Workbook

from innovation_hub.agencies.models import Agency
from innovation_hub.innovations.synthetic import generate
from innovation_hub.innovations.synthetic_data.entry import SyntheticEntry
from innovation_hub.training.models import TrainingInstitution, TrainingProgramme
from search.page import address
from tests.benchmarks.bench_rebuild import Reader
from tests.benchmarks.queries import queries
from tests.benchmarks.results import Result, percentile
from tests.benchmarks.server import ROOT, indexer, web

ROWS = int(os.environ.get("BENCH_ROWS", "36000"))
SEED = 777
MEGABYTE = 1_000_000
COLUMNS = (
    "Judul Inovasi",
    "Nama Inovasi",
    "Ringkasan",
    "Instansi",
    "Unit Kerja",
    "Tahun",
    "Program Pelatihan",
    "Lembaga Pelatihan",
    "Angkatan",
    "Latar Belakang",
    "Tujuan",
    "Rancang Bangun",
    "Kebaruan",
    "Hasil",
)


def run() -> list[Result]:
    """Measure one import with the indexer, the server and a reader beside it."""
    n = int(os.environ["BENCH_ENTRIES"])
    here = Path(settings.DATA_DIR)
    file = here.parent / f"import-{ROWS}.xlsx"
    if not file.exists():
        write_spreadsheet(file)
    copy = here.parent / "import"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(here, copy)
    paths = [address(query) for query in queries(300, seed=4)]
    with web(copy) as port, indexer(copy):
        reader = Reader(port, paths)
        reader.start()
        seconds, counts = import_file(copy, file)
        # Of the children that have ended so far: the import alone.
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / MEGABYTE
        reader.stop()
    shutil.rmtree(copy)
    if counts["rows"] != ROWS:
        raise RuntimeError(f"{ROWS} rows went in, the report says {counts}")
    return [
        Result(f"import of {ROWS} rows until searchable", "sqlite", n, seconds, "s", 60),
        Result("import, rows a second", "sqlite", n, ROWS / seconds, "/s", 500, at_least=True),
        Result("import, memory at most", "sqlite", n, memory, "MB", 500),
        Result("import, rows not published", "sqlite", n, ROWS - counts["imported"], ""),
        Result("search page during the import, p95", "tantivy", n, percentile(reader.seconds, 0.95) * 1000, "ms", 60),
        Result("failed searches during the import", "tantivy", n, len(reader.failures), "", 0),
    ]


def import_file(data_dir: Path, file: Path) -> tuple[float, dict[str, int]]:
    """Run the command as a person would; return seconds and the counts that it reports."""
    command = [sys.executable, "manage.py", "import_innovations", str(file), "--source", "bench", "--json"]
    environment = {**os.environ, "HUB_DATA_DIR": str(data_dir)}
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "-v", "0"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return time.perf_counter() - started, json.loads(done.stdout.strip().splitlines()[-1])


def write_spreadsheet(file: Path) -> None:
    """Write the rows once; making them takes longer than importing them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Inovasi")
    sheet.append(COLUMNS)
    for row in rows():
        sheet.append(row)
    unfinished = file.with_suffix(".new")
    book.save(unfinished)
    unfinished.replace(file)


def rows() -> Iterator[list[str | int]]:
    """Yield the cells of invented entries that the bench's own collection doesn't have, names instead of codes."""
    agencies = dict(Agency.objects.values_list("code", "name"))
    programmes = {one.code: one.short for one in TrainingProgramme.objects.all()}
    institutions = dict(TrainingInstitution.objects.values_list("code", "name"))
    for entry in generate(ROWS, seed=SEED):
        yield [
            entry.title_plain,
            entry.brand_name,
            entry.summary,
            agencies[entry.agency],
            entry.unit_name,
            year_of(entry),
            programmes.get(entry.programme, ""),
            institutions.get(entry.institution, ""),
            entry.cohort.number if entry.cohort else "",
            entry.problem,
            entry.objectives,
            entry.design,
            entry.novelty,
            entry.results,
        ]


def year_of(entry: SyntheticEntry) -> int | str:
    """Return the year of an entry's training, or of its start as far as it is known."""
    if entry.cohort:
        return entry.cohort.year
    return int(entry.implemented_on[:4]) if entry.implemented_on else ""
