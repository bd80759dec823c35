"""Rich text in a plain field: what goes in comes out, and what wouldn't is not offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.curation.writing.plain_text import to_markup, to_text
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.rich_text import safe_rich

SIMPLE = {
    "<p>Satu</p><p>Dua &amp; tiga</p>": "Satu\n\nDua & tiga",
    '<p data-block-key="x1">Satu<br/>dua</p>': "Satu\ndua",
    "<p>Alat:</p><ul><li>telepon</li><li>kertas</li></ul>": "Alat:\n\n- telepon\n- kertas",
    "<ol><li>daftar</li><li>datang</li></ol>": "1. daftar\n2. datang",
    "Tanpa tanda\n\nDua alinea": "Tanpa tanda\n\nDua alinea",
    "": "",
    "<p> </p>": "",
}
RICH = (
    "<p>Satu <b>tebal</b></p>",
    '<p><a href="https://contoh.go.id">tautan</a></p>',
    "<ul><li>a<ul><li>b</li></ul></li></ul>",
    "<h3>Judul</h3><p>isi</p>",
    "<p>- bukan daftar</p>",
    "<p>1. bukan daftar</p>",
    "<table><tr><td>x</td></tr></table>",
)


@pytest.mark.parametrize("markup", SIMPLE)
def test_paragraphs_and_lists_are_plain_text(markup):
    assert to_text(markup) == SIMPLE[markup]


@pytest.mark.parametrize("markup", RICH)
def test_what_says_more_is_not_offered(markup):
    assert to_text(markup) is None


@given(st.text(alphabet=st.sampled_from("ab <>&\"'-*•12.)\n\r\t\u00a0\u200b"), max_size=60))
def test_typed_text_survives_saving_and_opening(text):
    markup = to_markup(text)
    shown = to_text(markup)
    assert shown is not None
    assert to_markup(shown) == markup


@given(st.text(max_size=80))
def test_typed_text_is_never_markup(text):
    assert "<script" not in str(safe_rich(to_markup(text))).lower()
    assert to_text(to_markup(text)) is not None


@pytest.mark.django_db
def test_formatting_of_the_full_form_is_shown_and_kept(world, writer):
    rich = '<p data-block-key="k">Antre <b>lama</b>.</p>'
    draft = world.entry.get_latest_revision_as_object()
    draft.problem = rich
    draft.save_revision(user=world.submitter)
    page = writer.open("write_step", world.entry.pk, "gagasan")
    assert not page.all("textarea", name="problem")
    assert [link for link in page.all("a") if (link.get("href") or "").startswith("/admin/")]
    writer.save(world.entry, "gagasan", objectives="Antre singkat sekali.", problem="ditimpa")
    version = Innovation.objects.get(pk=world.entry.pk).get_latest_revision_as_object()
    assert (version.problem, version.objectives) == (rich, "<p>Antre singkat sekali.</p>")


@pytest.mark.django_db
def test_a_text_that_was_not_touched_keeps_every_letter(world, writer):
    stored = '<p data-block-key="k1">Satu</p><p data-block-key="k2">Dua</p>'
    draft = world.entry.get_latest_revision_as_object()
    draft.problem = stored
    draft.save_revision(user=world.submitter)
    writer.save(world.entry, "gagasan", objectives="Lain.")
    assert Innovation.objects.get(pk=world.entry.pk).get_latest_revision_as_object().problem == stored
