"""Screens of curators: synonyms, searches without result, the health of the index."""
