"""The people of organisations: who may give roles in one, inviting a cohort, and what passes to whom."""
