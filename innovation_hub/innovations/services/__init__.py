"""Verbs of the registry: each takes ``actor=``, checks permission first, and writes in one transaction."""
