"""The trainings' screens in the admin."""
