"""Labels of facets: kept in the process, and read again for what is new."""

import pytest

from innovation_hub.innovations import search_facets
from innovation_hub.innovations.search_facets import SECONDS, SOON, LabelTable


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is set."""
    now = [1000.0]
    monkeypatch.setattr(search_facets.time, "monotonic", lambda: now[0])
    return now


def test_a_new_value_is_read_but_not_at_every_question(clock):
    rows, reads = {"a": "Satu"}, []

    def read(language: str):
        reads.append(language)
        return list(rows.items())

    table = LabelTable(read)
    assert table(["a", "b"], "id") == {"a": "Satu", "b": "b"}
    rows["b"] = "Dua"
    assert table(["b"], "id") == {"b": "b"}
    assert len(reads) == 1
    clock[0] += SOON + 0.1
    assert table(["b"], "id") == {"b": "Dua"}
    rows["a"] = "Lain"
    assert table(["a"], "id") == {"a": "Satu"}
    clock[0] += SECONDS + 0.1
    assert table(["a"], "id") == {"a": "Lain"}
    assert len(reads) == 3
