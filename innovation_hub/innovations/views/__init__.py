"""Public pages of the registry: entries, and the lists of agencies, themes and trainings that show entries."""
