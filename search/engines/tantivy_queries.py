"""Queries of the embedded engine: functions of a request and of one state of the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.documents import PUBLIC, SEPARATOR
from search.engines.base import EngineRequest
from search.engines.tantivy_facets import ALL_FIELD
from search.engines.tantivy_schema import TEXT_FIELDS
from search.tree import AllOf, AnyOf, AtLeastTwo, Clause, Node, Phrase, Term, Without

#: From this many words on, tantivy's own counting beats pairs of words.
PAIRS_UP_TO = 8


def required(match: Node | None) -> tuple[Node, ...]:
    """Return the nodes that must all hold for ``match`` to hold."""
    if match is None:
        return ()
    return match.nodes if isinstance(match, AllOf) else (match,)


@dataclass(frozen=True)
class Queries:
    """Turns a request into tantivy's queries."""

    request: EngineRequest
    schema: tantivy.Schema
    searcher: Any
    """Knows how common a word is, which decides the order of pairs."""

    @cached_property
    def match(self) -> Query | None:
        """Return what must match, filters apart; ``None`` when nothing need."""
        return self.compile(self.request.match) if self.request.match else None

    def restricted(self, without: str = "") -> Query:
        """Return what matches, unscored; ``without`` leaves one facet's filter out."""
        parts = self._restrictions(without)
        if self.match is not None:
            parts.append((Occur.Must, self.match))
        return Query.boolean_query(parts)

    def scored(self) -> Query:
        """Return what matches, scored. Words that must be there score where they are looked for, not once more."""
        parts = [(occur, _unscored(query, occur)) for occur, query in self._restrictions()]
        clauses = list(self.request.clauses)
        for node in required(self.request.match):
            own = next((clause for clause in clauses if clause.node == node and not clause.constant), None)
            if own is None:
                parts.append((Occur.Must, Query.const_score_query(self.compile(node), 0.0)))
            else:
                clauses.remove(own)
                parts.append((Occur.Must, self._compile_clause(own)))
        parts += [(Occur.Should, self._compile_clause(clause)) for clause in clauses]
        return Query.boolean_query(parts)

    def compile(self, node: Node) -> Query:
        """Return the query of one node of the match tree."""
        if isinstance(node, Term):
            return Query.term_query(self.schema, TEXT_FIELDS[node.field], node.value, "freq")
        if isinstance(node, Phrase):
            return Query.phrase_query(self.schema, TEXT_FIELDS[node.field], list(node.values))
        if isinstance(node, AllOf):
            return Query.boolean_query([(Occur.Must, self.compile(child)) for child in node.nodes])
        if isinstance(node, AnyOf):
            return self._any(node.nodes)
        if isinstance(node, Without):
            return self._without(node)
        return self._at_least_two(node)

    def _compile_clause(self, clause: Clause) -> Query:
        query = self.compile(clause.node)
        if clause.constant:
            return Query.const_score_query(query, clause.weight)
        return Query.boost_query(query, clause.weight)

    def _restrictions(self, without: str = "") -> list[tuple[Occur, Query]]:
        scopes = sorted(self.request.scopes)
        parts = [(Occur.Must, self._any_term("scope", scopes))]
        hiding = [scope for scope in scopes if scope != PUBLIC]
        if hiding:
            parts.append((Occur.MustNot, self._any_term("hidden", hiding)))
        for code, values in self.request.filters.items():
            if code != without:
                parts.append((Occur.Must, self._any_term(ALL_FIELD, [code + SEPARATOR + value for value in values])))
        return parts

    def _any_term(self, name: str, values: Sequence[str]) -> Query:
        if not values:
            return Query.empty_query()
        if len(values) == 1:
            return Query.term_query(self.schema, name, values[0], "basic")
        return Query.term_set_query(self.schema, name, list(values))

    def _any(self, nodes: Sequence[Node]) -> Query:
        if len(nodes) == 1:
            return self.compile(nodes[0])
        return Query.boolean_query([(Occur.Should, self.compile(child)) for child in nodes])

    def _without(self, node: Without) -> Query:
        held = self.compile(node.node) if node.node else Query.all_query()
        excluded = [(Occur.MustNot, self.compile(child)) for child in node.excluded]
        return Query.boolean_query([(Occur.Must, held), *excluded])

    def _at_least_two(self, node: AtLeastTwo) -> Query:
        """Return "two or more" as pairs: each node with any of those after it, the commonest first.

        tantivy's own counting keeps a heap and takes three times as long for three to six words.
        """
        nodes = sorted(node.nodes, key=self._frequency, reverse=True)
        if len(nodes) > PAIRS_UP_TO:
            return Query.boolean_query(
                [(Occur.Should, self.compile(child)) for child in nodes], minimum_number_should_match=2
            )
        pairs = [
            Query.boolean_query([(Occur.Must, self.compile(first)), (Occur.Must, self._any(nodes[at + 1 :]))])
            for at, first in enumerate(nodes[:-1])
        ]
        return pairs[0] if len(pairs) == 1 else Query.boolean_query([(Occur.Should, pair) for pair in pairs])

    def _frequency(self, node: Node) -> int:
        if isinstance(node, Term):
            return self.searcher.doc_freq(TEXT_FIELDS[node.field], node.value)
        if isinstance(node, AnyOf):
            return sum(self._frequency(child) for child in node.nodes)
        if isinstance(node, AllOf):
            return min(self._frequency(child) for child in node.nodes)
        return 0


def _unscored(query: Query, occur: Occur) -> Query:
    return query if occur == Occur.MustNot else Query.const_score_query(query, 0.0)
