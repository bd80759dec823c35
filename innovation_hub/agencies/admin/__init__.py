"""The agencies' screens in the admin."""
