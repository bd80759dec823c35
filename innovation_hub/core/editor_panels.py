"""What an app puts into another app's screens, which must not know it: panels over a form, links over a record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail.admin.panels import Panel


@dataclass(frozen=True, slots=True)
class ReadingLink:
    """Where else a record can be looked at, in words."""

    address: str
    words: str


_factories: dict[type[Model], list[Callable[[], Panel]]] = {}
_links: dict[type[Model], list[Callable[[Any, Any], ReadingLink | None]]] = {}


def register_editor_panel(model: type[Model], factory: Callable[[], Panel]) -> None:
    """Register what makes a panel for the top of ``model``'s editor; the same factory counts once."""
    factories = _factories.setdefault(model, [])
    if factory not in factories:
        factories.append(factory)


def editor_panels(model: type[Model]) -> list[Panel]:
    """Return new panels for the top of ``model``'s editor; ask when the form's layout is built, not on import."""
    return [factory() for factory in _factories.get(model, [])]


def register_reading_link(model: type[Model], find: Callable[[Any, Any], ReadingLink | None]) -> None:
    """Register what finds a link for (record, user); ``None`` where there is none. The same function counts once."""
    finders = _links.setdefault(model, [])
    if find not in finders:
        finders.append(find)


def reading_links(record: Model, user: Any) -> list[ReadingLink]:
    """Return the links that stand over ``record`` for ``user``."""
    found = (find(record, user) for find in _links.get(type(record), []))
    return [link for link in found if link is not None]
