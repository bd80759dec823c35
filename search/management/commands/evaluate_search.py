"""``manage.py evaluate_search``: the relevance of the product's search on a judged collection."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import evaluation
from search.engines.base import EngineError


class Command(BaseCommand):
    """Index a judged collection aside, run its queries with the product's analysis and query code, and score them."""

    help = "Measure the search on a judged collection: nDCG@10, RR@10, recall, and time a query."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three files, and what to do with the queries."""
        parser.add_argument("--corpus", type=Path, required=True, help="JSON lines: docid, teks, optionally judul")
        parser.add_argument("--queries", type=Path, required=True, help="JSON lines: qid, query")
        parser.add_argument("--qrels", type=Path, required=True, help="TREC judgements: qid 0 docid relevance")
        parser.add_argument("--misspell", metavar="SEED", help="change one letter in one word of each query")
        parser.add_argument("--no-floor", action="store_true", help="show documents with any of the words")
        parser.add_argument("--run", type=Path, metavar="OUT", help="write the ranking as a TREC run")
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print; raises CommandError for a file or an engine that can't be used."""
        try:
            report = self._report(options)
        except (evaluation.EvaluationFileError, EngineError, OSError) as error:
            raise CommandError(str(error)) from error
        for name, value in report.items():
            self.stdout.write(f"{name:<12} {value}")
        if options["json"]:
            self.stdout.write(json.dumps(report))

    def _report(self, options: dict[str, Any]) -> dict[str, Any]:
        documents = evaluation.read_corpus(options["corpus"])
        queries = evaluation.read_queries(options["queries"])
        qrels = evaluation.read_qrels(options["qrels"])
        seed = options["misspell"]
        if seed is not None:
            queries = [evaluation.Query(one.key, evaluation.misspell(one.text, seed)) for one in queries]
        with evaluation.throwaway_engine(documents) as engine:
            self.stderr.write(f"{len(documents)} documents indexed; asking {len(queries)} queries …")
            run = evaluation.run_queries(engine, documents, queries, floor=not options["no_floor"])
            name = engine.name
        if options["run"]:
            evaluation.write_trec(run, options["run"], f"hub-{name}")
        scores = {key: _rounded(value) for key, value in asdict(evaluation.score(run.keys, qrels)).items()}
        return {
            "engine": name,
            **scores,
            "p50_ms": round(run.milliseconds(0.5), 2),
            "p95_ms": round(run.milliseconds(0.95), 2),
            "mean_total": round(sum(run.totals) / len(run.totals), 1),
        }


def _rounded(value: float) -> float:
    return round(value, 4) if isinstance(value, float) else value
