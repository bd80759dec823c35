"""Loading the reference data that every hub begins with."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from innovation_hub.agencies.loading import load_agencies, load_regions
from innovation_hub.core.loading import Loaded, Related, load_rows
from innovation_hub.core.models import Term
from innovation_hub.innovations.models import SDG, Theme, Urusan
from innovation_hub.training.loading import load_institutions, load_programmes
from search.stored_synonyms import load_shipped

FILE = Path(__file__).resolve().parents[1] / "data" / "vocabularies.json"
OWN_MODELS = ("urusan", "themes", "sdgs")


@transaction.atomic
def load_all() -> dict[str, Loaded]:
    """Load vocabularies, regions, agencies, programmes and institutions, in the order in which they name each other;
    last the synonyms of the search.

    Nothing that staff edited is overwritten, nothing that entries name is deleted; running it again changes nothing.
    """
    vocabularies = json.loads(FILE.read_text(encoding="utf-8"))["vocabularies"]
    result = {name: _load_terms(name, terms["terms"]) for name, terms in vocabularies.items() if name not in OWN_MODELS}
    groups = {"urusan": [{**_columns(term), "group": term["parent"]} for term in vocabularies["urusan"]["terms"]]}
    result["urusan"] = load_rows(Urusan, groups["urusan"], key=["code"])
    result["sdgs"] = load_rows(SDG, map(_columns, vocabularies["sdgs"]["terms"]), key=["code"])
    result["themes"] = _load_themes(vocabularies["themes"]["terms"])
    result["regions"] = load_regions()
    result["agencies"] = load_agencies()
    result["programmes"] = load_programmes()
    result["institutions"] = load_institutions()
    result["synonyms"] = load_shipped()
    return result


def _columns(term: dict) -> dict:
    return {name: term[name] for name in ("code", "label_id", "label_en", "note", "source", "order")}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _load_terms(vocabulary: str, terms: list[dict]) -> Loaded:
    rows = [
        {
            **_columns(term),
            "vocabulary": vocabulary,
            "parent_code": term["parent"],
            "valid_from": _day(term.get("valid_from")),
            "valid_until": _day(term.get("valid_until")),
        }
        for term in terms
    ]
    return load_rows(Term, rows, key=["vocabulary", "code"])


def _load_themes(terms: list[dict]) -> Loaded:
    def write(theme: Theme, codes: list) -> None:
        theme.urusan.set(Urusan.objects.filter(code__in=codes))

    rows: Iterator[dict] = ({**_columns(term), "urusan_codes": sorted(term["urusan"])} for term in terms)
    return load_rows(Theme, rows, key=["code"], related=Related("urusan_codes", _theme_urusan, write))


def _theme_urusan() -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for theme, code in Theme.urusan.through.objects.order_by().values_list("theme_id", "urusan__code"):
        found[theme].append(code)
    return {theme: sorted(codes) for theme, codes in found.items()}
