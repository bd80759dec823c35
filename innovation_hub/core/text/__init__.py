"""Cleaning text that comes from spreadsheets, old web systems and Word: see the modules for the rules.

``clean_line`` for titles and names, ``clean_plain`` for text without markup, ``clean_rich`` for safe rich
text, ``to_plain`` for reading rich text as words. None of them ever returns visible markup or doubled
encodings.
"""

from .cleaning import clean_line, clean_plain, clean_rich, sanitise_rich, shorten, to_plain
from .encoding import has_lost_characters, looks_garbled, repair
from .formulas import is_formula, neutralise_formula
from .titles import is_shouting, sentence_case, split_brand

__all__ = [
    "clean_line",
    "clean_plain",
    "clean_rich",
    "has_lost_characters",
    "is_formula",
    "is_shouting",
    "looks_garbled",
    "neutralise_formula",
    "repair",
    "sanitise_rich",
    "sentence_case",
    "shorten",
    "split_brand",
    "to_plain",
]
