"""How good the search is: a judged collection, indexed and asked exactly as the product does it."""

from search.evaluation.files import EvaluationFileError, Query, read_corpus, read_qrels, read_queries
from search.evaluation.measures import Scores, score
from search.evaluation.misspelling import misspell
from search.evaluation.runs import Run, run_queries, throwaway_engine, write_trec

__all__ = [
    "EvaluationFileError",
    "Query",
    "Run",
    "Scores",
    "misspell",
    "read_corpus",
    "read_qrels",
    "read_queries",
    "run_queries",
    "score",
    "throwaway_engine",
    "write_trec",
]
