"""Entries that were entered twice: finding the pairs, deciding on them, merging and parting again."""
