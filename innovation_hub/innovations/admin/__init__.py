"""The registry's screens in the admin."""
