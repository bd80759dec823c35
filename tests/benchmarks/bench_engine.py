"""The search engine alone: from a text to ids, total and facet counts; suggestions; misspelt words.

One client, one process, nothing cached but what a running process keeps anyway. "As the product runs them" means
with the words read, synonyms, corrections and the decision to relax included, without marking texts and rendering.
"""

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from search import service
from search.analysis import tokenize
from search.engines import get_engine
from search.facets import FACETS, SHOWN_VALUES, open_facets
from search.query import SearchQuery
from search.suggest import suggest
from tests.benchmarks.queries import queries
from tests.benchmarks.results import Result, timings

WARM_UP = 100
SEED = 7
SHORTEST_MISSPELT = 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Engine -> p50 and p95 in milliseconds, with the six open facets and with all.
BARS = {"tantivy": ((2, 9), (4, 14)), "elasticsearch": ((7, 20), (14, 35))}
#: Engine -> p95 in milliseconds of a suggestion and of a misspelt query.
WORD_BARS = {"tantivy": (2, 15)}


def run() -> list[Result]:
    """Measure the index in use."""
    engine = get_engine()
    n = engine.info()["documents"]
    asked = [replace(query, facets=open_facets(), facet_limit=SHOWN_VALUES) for query in queries(1000)]
    every = [replace(query, facets=tuple(FACETS)) for query in asked]
    misspelt = [query for query in map(misspell, asked) if query]
    typed = beginnings(asked)
    name = engine.name
    six, all_ = BARS[name]
    suggestion, typo = WORD_BARS.get(name, (None, None))
    return [
        *timings("engine, six facets", name, n, measure(ids, asked), *six),
        *timings("engine, all facets", name, n, measure(ids, every), *all_),
        *timings("engine, six facets and twenty cards", name, n, measure(service.answer, asked)),
        *timings("suggestion while typing", name, n, measure(suggest, typed), p95=suggestion),
        *timings("query with a typo", name, n, measure(ids, misspelt), p95=typo),
    ]


def ids(query: SearchQuery) -> object:
    """Ask for ids, total and counts."""
    return service.answer(query, fetch=False)


def measure(work: Callable[[Any], object], items: Iterable[Any]) -> list[float]:
    """Return how long ``work`` takes for each item, after some to warm up."""
    found = list(items)
    for item in found[:WARM_UP]:
        work(item)
    seconds = []
    for item in found:
        started = time.perf_counter()
        work(item)
        seconds.append(time.perf_counter() - started)
    return seconds


def misspell(query: SearchQuery) -> SearchQuery | None:
    """Return the query with a slip in one word that makes it a word the index lacks; ``None`` if none can be had."""
    chance = random.Random(f"{SEED} {query.text}")
    vocabulary = get_engine().vocabulary()
    words = query.text.split()
    for at in chance.sample(range(len(words)), len(words)):
        word = words[at]
        if len(word) < SHORTEST_MISSPELT:
            continue
        wrong = slip(chance, word)
        [token] = tokenize(wrong)[:1] or [None]
        if token and not vocabulary.get(token.surface) and not vocabulary.get(token.stem):
            return replace(query, text=" ".join([*words[:at], wrong, *words[at + 1 :]]))
    return None


def slip(chance: random.Random, word: str) -> str:
    """Return the word with a letter left out, doubled, swapped with the next or replaced."""
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        (
            before + after,
            before + letter + letter + after,
            before + after[0] + letter + after[1:],
            before + chance.choice(LETTERS) + after,
        )
    )


def beginnings(asked: Iterable[SearchQuery]) -> list[str]:
    """Return what stands in the box while the queries are typed, from the second letter on, one moment of each."""
    chance = random.Random(SEED)
    return [query.text[: chance.randint(2, max(2, min(len(query.text), 14)))] for query in asked]
