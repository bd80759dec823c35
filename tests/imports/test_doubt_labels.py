"""Every doubt that an import can leave on an entry has words for staff."""

from django.utils import translation

from innovation_hub.imports.problems import ROW_MESSAGES
from innovation_hub.innovations.doubts import DOUBT_LABELS, doubt_labels

# These say why a row did not become an entry, or did not change one.
NO_ENTRY = {
    "no-title", "title-unreadable", "cell-too-large", "row-too-large", "not-json",
    "duplicate-row", "duplicate-entry", "duplicate-key", "edited-since", "not-live",
}  # fmt: skip


def test_each_code_has_words():
    assert set(DOUBT_LABELS) == set(ROW_MESSAGES) - NO_ENTRY


def test_words_are_shown_in_the_readers_language():
    with translation.override("id"):
        assert doubt_labels(["agency-unknown", "of-an-earlier-version"]) == [
            "instansi belum dikenali",
            "of-an-earlier-version",
        ]
