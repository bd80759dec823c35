"""Facets as data."""

import pytest

from search.facets import FACETS, Facet, arrange, labels_for, open_facets, register_facet
from tests.search.support import only_facets

COUNTS = [("b", 5), ("a", 5), ("c", 9)]


def values(code: str, counts, chosen=()) -> list[tuple[str, int]]:
    return [(value.value, value.count) for value in arrange(code, counts, chosen)]


def test_the_order_of_registration_is_kept_and_codes_are_replaced():
    with only_facets(Facet("x", "x", "X", open=True), Facet("y", "y", "Y"), Facet("z", "z", "Z", open=True)):
        register_facet(Facet("x", "xx", "X again", open=True))
        assert list(FACETS) == ["x", "y", "z"]
        assert open_facets() == ("x", "z")


def test_two_facets_can_not_share_a_parameter():
    with only_facets(Facet("x", "tema", "X")), pytest.raises(ValueError, match="'tema'"):
        register_facet(Facet("y", "tema", "Y"))


def test_values_are_arranged_as_their_facet_says():
    with only_facets(
        Facet("count", "c", ""),
        Facet("down", "d", "", order="value-desc"),
        Facet("up", "u", "", order="fixed"),
        Facet("fixed", "f", "", order="fixed", values=lambda: ("c", "z", "a")),
    ):
        assert values("count", COUNTS) == [("c", 9), ("a", 5), ("b", 5)]
        assert values("down", COUNTS) == [("c", 9), ("b", 5), ("a", 5)]
        assert values("up", COUNTS) == [("a", 5), ("b", 5), ("c", 9)]
        assert values("fixed", COUNTS) == [("c", 9), ("z", 0), ("a", 5), ("b", 5)]


def test_chosen_values_without_a_match_are_there():
    with only_facets(Facet("count", "c", "")):
        assert values("count", COUNTS, chosen=["q"])[-1] == ("q", 0)
        assert [value.selected for value in arrange("count", COUNTS, ["a"])] == [False, True, False]


def test_labels_are_looked_up_at_once_and_unknown_values_name_themselves():
    asked = []

    def labels(found, language):
        asked.append((set(found), language))
        return {"a": "Alfa"}

    with only_facets(Facet("x", "x", "", labels=labels), Facet("y", "y", "")):
        assert labels_for("x", ["a", "b"], "en") == {"a": "Alfa", "b": "b"}
        assert labels_for("y", ["a"], "id") == {"a": "a"}
        assert labels_for("unknown", ["a"], "id") == {"a": "a"}
    assert asked == [({"a", "b"}, "en")]
