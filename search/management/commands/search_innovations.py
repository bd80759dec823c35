"""``manage.py search_innovations QUERY [--json]``: the search of the site, on a terminal."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.query import SearchQuery
from search.results import Hit, SearchPage
from search.service import search


class Command(BaseCommand):
    """Search as an anonymous reader does; everything shown comes from the result cards."""

    help = "Search public entries: number, title, agency, year and score of each hit, and the total."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the query, how many hits, and ``--json``."""
        parser.add_argument("query", nargs="+", help="what to search for")
        parser.add_argument("--limit", type=int, default=20, help="how many hits (at most 100)")
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search and print."""
        text = " ".join(options["query"])
        page = search(SearchQuery(text=text, page_size=options["limit"], passages=False))
        rows = [row_of(hit) for hit in page.hits]
        for row in rows:
            shown = [row["number"] or "-", row["title"], row["agency"] or "-", str(row["year"] or "-")]
            self.stdout.write("\t".join([*shown, f"{row['score']:.2f}"]))
        self.stdout.write(f"{page.total} found" + (" (search is limited)" if page.limited else ""))
        if options["json"]:
            self.stdout.write(json.dumps(report_of(text, page, rows), ensure_ascii=False))


def row_of(hit: Hit) -> dict[str, Any]:
    """Return what is shown of a hit, from its card."""
    card = hit.card
    return {
        "number": card.get("number", ""),
        "title": card.get("title", ""),
        "agency": card.get("agency", ""),
        "year": card.get("year"),
        "score": round(hit.score, 4),
    }


def report_of(text: str, page: SearchPage, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the JSON object of an answer."""
    return {
        "query": text,
        "total": page.total,
        "hits": rows,
        "relaxed": page.relaxed,
        "limited": page.limited,
        "expansions": list(page.expansions),
        "did_you_mean": page.did_you_mean,
    }
