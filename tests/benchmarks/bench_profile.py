"""Where the time of a search page goes: shares by kind of work, and the functions that cost most.

The view is asked in this process, without HTTP. The profiler makes Python's own work look larger than it is, so shares
tell where to look, not how long it takes; the part ``pages`` measures that.
"""

import cProfile
import os
import pstats

from django.conf import settings
from django.test import Client

from search.engines import get_engine
from search.page import address
from tests.benchmarks.queries import queries
from tests.benchmarks.results import Result

PAGES = 300
WARM_UP = 50
SHOWN = 25
Function = tuple[str, int, str]
ENGINES = ("tantivy", "elasticsearch")
ENGINE_CALLS = ("search", "count", "frequencies", "completions", "vocabulary")
#: Kind of work -> (end of the file's name, function) of calls that it consists of; none of them calls another.
KINDS: dict[str, tuple[tuple[str, str], ...]] = {
    "engine": tuple((f"search/engines/{name}.py", call) for name in ENGINES for call in ENGINE_CALLS),
    "database": (("django/db/models/sql/compiler.py", "execute_sql"),),
    "confirming hits, database included": (("search/service.py", "confirmed"),),
    "rendering, database included": (("innovation_hub/core/pages.py", "render_page"),),
}


def run() -> list[Result]:
    """Profile pages, print the costliest functions, and return the shares."""
    n, engine = int(os.environ["BENCH_ENTRIES"]), get_engine().name
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    paths = [address(query) for query in queries(PAGES + WARM_UP, seed=5)]
    for path in paths[:WARM_UP]:
        client.get(path)
    profile = cProfile.Profile()
    profile.enable()
    for path in paths[WARM_UP:]:
        client.get(path)
    profile.disable()
    stats = pstats.Stats(profile).sort_stats("tottime")
    stats.print_stats(SHOWN)
    whole = stats.total_tt
    rows = [Result("profiled search page", engine, n, whole / PAGES * 1000, "ms")]
    for kind, calls in KINDS.items():
        rows.append(Result(f"profiled search page, {kind}", engine, n, 100 * seconds_in(stats, calls) / whole, "%"))
    return rows


def seconds_in(stats: pstats.Stats, calls: tuple[tuple[str, str], ...]) -> float:
    """Return the time spent in functions and what they call."""
    found: dict[Function, tuple] = stats.stats  # type: ignore[attr-defined]
    return sum(
        numbers[3]
        for (file, _line, name), numbers in found.items()
        if any(file.endswith(end) and name == function for end, function in calls)
    )
