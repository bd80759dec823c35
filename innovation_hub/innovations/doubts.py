"""Doubts about an entry, as staff read them: ``quality_flags`` keeps codes, so that each reader gets their language."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

DOUBT_LABELS = {
    "agency-unknown": _("agency not recognised"),
    "agency-ambiguous": _("agency fits more than one"),
    "agency-by-likeness": _("agency taken by likeness"),
    "no-agency": _("no agency named"),
    "region-unknown": _("region not recognised"),
    "programme-unknown": _("training programme not recognised"),
    "institution-unknown": _("training institution not recognised"),
    "cohort-unknown": _("cohort not registered"),
    "unknown-term": _("a word outside the vocabulary"),
    "title-shortened": _("title shortened"),
    "title-shouting": _("title was in capitals"),
    "title-is-formula": _("title is a formula"),
    "lost-characters": _("characters lost in an earlier system"),
    "year-out-of-range": _("year out of range"),
    "year-repaired": _("year repaired"),
    "date-unclear": _("date unclear"),
    "date-order-unclear": _("order of day and month unclear"),
    "bad-address": _("web address unreadable"),
    "personal-data": _("personal data in the text"),
    "formula": _("a cell held a formula"),
    "error-value": _("a cell held a spreadsheet error"),
    "more-cells": _("more cells than columns"),
    "quote-never-closed": _("a quotation mark never closed"),
    "row-cut-off": _("row cut off"),
}


def doubt_labels(codes: Iterable[str]) -> list[str]:
    """Return the words for codes of doubts; a code that nobody named any more is shown as it is."""
    return [str(DOUBT_LABELS.get(code, code)) for code in codes]
