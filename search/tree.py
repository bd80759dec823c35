"""The engine-neutral query tree: what must match and what adds to the score, in tokens and exact terms.

Nodes say what a document contains. Engines translate them one to one; they never see what somebody typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

#: ``stem`` and ``surface``: the whole record; ``title``: stems of title, brand and expansion, in order;
#: ``title_surface``: the same unstemmed; ``name``: a whole name, folded.
Field = Literal["stem", "surface", "title", "title_surface", "name"]


@dataclass(frozen=True, slots=True)
class Term:
    """The field contains this token."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The field (``surface`` or ``title``) contains these tokens one after the other."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every node holds."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one node holds."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AtLeastTwo:
    """Two nodes or more hold."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """``node`` holds (``None``: anything) and none of ``excluded`` does."""

    node: "Node | None"
    excluded: tuple["Node", ...]


Node = Term | Phrase | AllOf | AnyOf | AtLeastTwo | Without


@dataclass(frozen=True, slots=True)
class Clause:
    """Something that adds to the score of a match: its BM25 score times ``weight``, or ``weight`` itself."""

    node: Node
    weight: float
    constant: bool = False


def all_of(*nodes: Node) -> Node:
    """Return a node that holds when all do, as simple as it can be."""
    different = tuple(dict.fromkeys(nodes))
    return different[0] if len(different) == 1 else AllOf(different)


def any_of(*nodes: Node) -> Node:
    """Return a node that holds when one does, as simple as it can be."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, AnyOf) else (node,)
    different = tuple(dict.fromkeys(flat))
    return different[0] if len(different) == 1 else AnyOf(different)


def words_in_order(field: Field, values: tuple[str, ...]) -> Node:
    """Return a phrase; of a single word the word."""
    return Phrase(field, values) if len(values) > 1 else Term(field, values[0])


def terms_of(node: Node) -> Iterator[Term]:
    """Yield every term that a node looks for; a phrase gives its words, what is left out gives none."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Phrase):
        yield from (Term(node.field, value) for value in node.values)
    elif isinstance(node, Without):
        yield from terms_of(node.node) if node.node else ()
    else:
        for child in node.nodes:
            yield from terms_of(child)
