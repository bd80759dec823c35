"""The accounts' screens in the admin."""
