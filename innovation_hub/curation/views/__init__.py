"""Screens of the review queue and the desk, inside the admin."""
