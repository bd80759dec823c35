"""Words of the public templates: translated, escaped, and the same as Jinja's own way makes them."""

import pytest
from django.template import engines
from django.utils import translation


def render(source: str, language: str, **context: object) -> str:
    with translation.override(language):
        return engines["jinja2"].env.from_string(source).render(**context)


@pytest.mark.parametrize(("language", "word"), [("id", "Judul"), ("en", "Title")])
def test_words_follow_the_language_of_the_moment(language, word):
    assert render('{{ _("Title") }}', language) == word


def test_variables_are_escaped_and_the_message_is_not():
    source = '{{ _("Results: %(words)s", words=words) }}'
    assert render(source, "id", words="<b>&") == "Hasil: &lt;b&gt;&amp;"
    assert render('{{ _("100%% <i>sure</i>") }}', "en") == "100% <i>sure</i>"


def test_a_message_inside_a_trans_block_is_the_same():
    assert render("{% trans words=words %}Results: {{ words }}{% endtrans %}", "id", words="<") == "Hasil: &lt;"
