"""From JSON to frozen dataclasses, by their annotations, with errors that name file and field.

``Annotated[str, check]`` adds a check: a function that gets the value and returns what is wrong with it, or
``None``.
"""

import dataclasses
import re
import types
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")
Check = Callable[[Any], str | None]


class RealCaseError(ValueError):
    """A file breaks a rule; the message names the file and the field."""

    def __init__(self, file: str, field: str, problem: str) -> None:
        super().__init__(f"{file}: {field}: {problem}" if field else f"{file}: {problem}")
        self.file = file
        self.field = field


def at_most(limit: int) -> Check:
    """No more than ``limit`` characters (or items)."""
    return lambda value: None if len(value) <= limit else f"longer than {limit}"


def one_of(*allowed: str | int) -> Check:
    """Only these values."""
    return lambda value: None if value in allowed else f"{value!r} is none of {', '.join(map(str, allowed))}"


def shaped(pattern: re.Pattern[str]) -> Check:
    """The whole value matches ``pattern``."""
    return lambda value: None if pattern.fullmatch(value) else f"{value!r} is not like {pattern.pattern}"


def partial_date(value: str) -> str | None:
    """A year, a month or a day: ``2021``, ``2021-03``, ``2021-03-09``."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        return f"{value!r} is no year, month or day"
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return f"{value!r} is not in the calendar"
    return None


def decode(record: type[Record], data: object, file: str, path: str = "") -> Record:
    """Build ``record`` from a JSON object.

    Every field must be there unless it has a default, and nothing else may be. Raises :class:`RealCaseError`.
    """
    if not isinstance(data, dict):
        raise RealCaseError(file, path, "must be an object")
    declared = {field.name: field for field in dataclasses.fields(record)}
    if unknown := sorted(data.keys() - declared.keys()):
        raise RealCaseError(file, _join(path, unknown[0]), "unknown field")
    for name, field in declared.items():
        if name not in data and field.default is dataclasses.MISSING:
            raise RealCaseError(file, _join(path, name), "is missing")
    hints = get_type_hints(record, include_extras=True)
    return record(**{name: _value(hints[name], value, file, _join(path, name)) for name, value in data.items()})


def _value(hint: Any, value: object, file: str, path: str) -> Any:
    """Return ``value`` as ``hint`` says."""
    origin = get_origin(hint)
    if origin is Annotated:
        base, *checks = get_args(hint)
        result = _value(base, value, file, path)
        for check in checks:
            if problem := check(result):
                raise RealCaseError(file, path, problem)
        return result
    if origin in (Union, types.UnionType):
        inner = next(option for option in get_args(hint) if option is not types.NoneType)
        return None if value is None else _value(inner, value, file, path)
    if origin is tuple:
        if not isinstance(value, list):
            raise RealCaseError(file, path, "must be a list")
        inner = get_args(hint)[0]
        return tuple(_value(inner, item, file, f"{path}[{number}]") for number, item in enumerate(value))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return decode(hint, value, file, path)
    if type(value) is not hint:
        raise RealCaseError(file, path, f"must be {hint.__name__}, not {type(value).__name__}")
    if isinstance(value, str) and (not value or value != value.strip()):
        raise RealCaseError(file, path, "is empty or begins or ends with a space (not known: null)")
    return value


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
