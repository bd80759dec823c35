"""Measures of a ranking against judgements, as ``trec_eval`` defines them (linear gain, log2 discount)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.evaluation.files import Qrels

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over all judged queries; a query without results counts with 0."""

    queries: int
    ndcg_10: float
    rr_10: float
    recall_10: float
    recall_100: float


def score(rankings: Mapping[str, Sequence[str]], qrels: Qrels) -> Scores:
    """Return the means of qid -> docids (best first) over the queries that have a relevant document."""
    judged = {qid: relevant for qid, docs in qrels.items() if (relevant := _relevant(docs))}
    if not judged:
        return Scores(0, 0.0, 0.0, 0.0, 0.0)
    rows = [(rankings.get(qid, ()), relevant) for qid, relevant in judged.items()]

    def mean(values: Sequence[float]) -> float:
        return sum(values) / len(values)

    return Scores(
        queries=len(judged),
        ndcg_10=mean([ndcg(ranked, relevant, DEPTH) for ranked, relevant in rows]),
        rr_10=mean([reciprocal_rank(ranked, relevant, DEPTH) for ranked, relevant in rows]),
        recall_10=mean([recall(ranked, relevant, DEPTH) for ranked, relevant in rows]),
        recall_100=mean([recall(ranked, relevant, 100) for ranked, relevant in rows]),
    )


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """Return the discounted gain of the first ``depth`` documents as a share of the best possible."""
    gained = sum(relevant.get(key, 0) / math.log2(at + 2) for at, key in enumerate(ranked[:depth]))
    best = sorted(relevant.values(), reverse=True)[:depth]
    return gained / sum(gain / math.log2(at + 2) for at, gain in enumerate(best))


def reciprocal_rank(ranked: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """Return one over the place of the first relevant document, 0 if it is deeper than ``depth``."""
    return next((1 / (at + 1) for at, key in enumerate(ranked[:depth]) if key in relevant), 0.0)


def recall(ranked: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """Return the share of the relevant documents that are among the first ``depth``."""
    return len(relevant.keys() & set(ranked[:depth])) / len(relevant)


def _relevant(docs: Mapping[str, int]) -> dict[str, int]:
    return {key: gain for key, gain in docs.items() if gain > 0}
