"""``make bench``: the bars of docs/developer.md, measured on a hub of its own with 36,000 entries.

Each part is a module ``bench_<name>`` with ``run() -> list[Result]``; it finds Django set up on the bench's data
folder. See :mod:`tests.benchmarks.results` for what a result is and :mod:`tests.benchmarks.__main__` for how the
parts are run, compared with the last run and written to ``latest.json``.
"""
