"""The queries that are measured: distinct ones of one to six words, drawn from the collection itself.

Half of them carry one or two filters that fit the entry they were drawn from, so that filtered pages show results
too. The same collection always gives the same queries.
"""

import random
import re

from innovation_hub.innovations.models import Innovation
from search.facets import open_facets
from search.query import SearchQuery
from search.sources import get_source

SEED = 36_000
SOURCE = "innovation"
# Roughly how people type: two and three words most often.
LENGTHS = (1, 2, 2, 2, 3, 3, 3, 4, 5, 6)
WORD = re.compile(r"[A-Za-z]{3,}")


def queries(count: int = 1000, seed: int = SEED) -> list[SearchQuery]:
    """Return ``count`` distinct queries, every second one with filters, asking for the six open facets."""
    chance = random.Random(seed)
    keys = list(Innovation.objects.public().order_by("pk").values_list("pk", flat=True))
    chosen = chance.sample(keys, min(len(keys), count * 2))
    documents = {document.source_id: document for document in get_source(SOURCE).documents(chosen)}
    made: dict[str, SearchQuery] = {}
    while len(made) < count:
        document = documents.get(chance.choice(chosen))
        if document is None:
            continue
        words = WORD.findall(f"{document.title} {document.summary} {' '.join(document.body[:1])}"[:1200])
        length = chance.choice(LENGTHS)
        if len(words) < length:
            continue
        start = chance.randrange(len(words) - length + 1)
        text = " ".join(words[start : start + length]).lower()
        filters: dict[str, tuple[str, ...]] = {}
        if len(made) % 2:
            fitting = [code for code in open_facets() if document.facets.get(code)]
            for code in chance.sample(fitting, min(len(fitting), chance.choice((1, 1, 2)))):
                filters[code] = (chance.choice(document.facets[code]),)
        query = SearchQuery(text=text, filters=filters, facets=tuple(open_facets()))
        made.setdefault(query.querystring(), query)
    return list(made.values())
