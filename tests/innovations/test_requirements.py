"""When a field counts as filled."""

import pytest

from innovation_hub.innovations.requirements import has_words


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", False),
        ("   \n", False),
        ("<p></p>", False),
        ("<p> </p>\n<p>&nbsp;</p>", False),
        ('<p data-block-key="x1"><b></b><br/></p>', False),
        ("<p>Ada</p>", True),
        ("Ada", True),
        ("< 5 menit", True),
        ("<", True),
        ("<p>&amp;</p>", True),
    ],
)
def test_words_outside_tags(text, filled):
    assert has_words(text) is filled


def test_a_long_text_without_words_is_read_once():
    assert not has_words("<p> </p>" * 20_000)
    assert not has_words(" " * 100_000)
