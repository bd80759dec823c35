"""Screens of labs and memberships in the admin."""
