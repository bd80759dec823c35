"""Analysis of Indonesian text for search: tokens with offsets, folding, stems, the words of a query.

One analyser serves both engines, queries, highlighting and spelling, so they agree on what a word is. Pure
Python over word lists in ``search/data``; nothing here needs Django.
"""

from search.analysis.folding import fold
from search.analysis.stemmer import stem
from search.analysis.tokens import Token, index_terms, tokenize
from search.analysis.words import QueryWord, function_words, query_words, question_words

__all__ = [
    "QueryWord",
    "Token",
    "fold",
    "function_words",
    "index_terms",
    "query_words",
    "question_words",
    "stem",
    "tokenize",
]
