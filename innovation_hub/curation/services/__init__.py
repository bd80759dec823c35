"""Verbs of curation: each takes ``actor=``, checks permission first, and writes in one transaction."""
