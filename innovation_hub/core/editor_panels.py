"""Panels that an app puts at the top of another app's editor, which must not know that app."""

from collections.abc import Callable

from django.db.models import Model
from wagtail.admin.panels import Panel

_factories: dict[type[Model], list[Callable[[], Panel]]] = {}


def register_editor_panel(model: type[Model], factory: Callable[[], Panel]) -> None:
    """Register what makes a panel for the top of ``model``'s editor; the same factory counts once."""
    factories = _factories.setdefault(model, [])
    if factory not in factories:
        factories.append(factory)


def editor_panels(model: type[Model]) -> list[Panel]:
    """Return new panels for the top of ``model``'s editor; ask when the form's layout is built, not on import."""
    return [factory() for factory in _factories.get(model, [])]
