"""Registers the trainings' screens."""

from wagtail import hooks

from innovation_hub.training.admin.choosers import cohort_chooser, institution_chooser
from innovation_hub.training.admin.viewsets import viewsets


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    """Register lists, forms and choosers."""
    return [institution_chooser, cohort_chooser, *viewsets]
