"""Cells of any origin become words, lines or safe rich text: never visible markup, never doubled encodings."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation_hub.core.text import clean_line, clean_plain, clean_rich, looks_garbled, shorten, to_plain
from innovation_hub.core.text.markup import has_markup

PICTURE = "iVBORw0KGgoAAAANSUhEUgAA" * 30
WORD = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    "<!--[if !supportLists]--><style>p.MsoNormal {mso-style-parent:''; margin:0cm}</style>"
    '<p class="MsoNormal" style="mso-margin-top-alt:auto"><span lang="IN">Isi<o:p></o:p></span></p>'
)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("<p>Halo <b>dunia</b></p><p>Dua&nbsp;tiga &amp;amp; empat</p>", "Halo dunia Dua tiga & empat"),
        ("p < 0,05 dan umur <5 tahun & R&D", "p < 0,05 dan umur <5 tahun & R&D"),
        ("&lt;p&gt;ganda&lt;/p&gt;", "ganda"),
        ("&amp;lt;b&amp;gt;tiga&amp;lt;/b&amp;gt;", "tiga"),
        (WORD, "Isi"),
        (
            "Normal 0 false false false IN X-NONE X-NONE MicrosoftInternetExplorer4 /* Style Definitions */ "
            'table.MsoNormalTable {mso-style-name:"Table Normal"; mso-tstyle-rowband-size:0;} Isi sebenarnya',
            "Isi sebenarnya",
        ),
        ("st1\\:*{behavior:url(#ieooui) } Isi", "Isi"),
        (f'Teks <img src="data:image/png;base64,{PICTURE}', "Teks"),
        (f'Teks <img src="data:image/png;base64,{PICTURE} Teks lanjut', "Teks Teks lanjut"),
        (f'Teks <img src="data:image/png;base64,{PICTURE}" width="3">Teks lanjut', "Teks Teks lanjut"),
        (f'{PICTURE}" width="300" alt="">Setelah gambar', "Setelah gambar"),
        ('Awal <span style="font-family: Calibri; mso-fareast', "Awal"),
        ("Awal <p", "Awal"),
        ('<script>alert("x")</script>Aman', "Aman"),
        ("<script>tak pernah ditutup", ""),
        ("Aman<!-- komentar -->", "Aman"),
        ("Qur\\'an\\r\\nBaru", "Qur'an Baru"),
        ("baris_x000D_\nlain", "baris lain"),
        ("\u200bnol\ufeff lebar\u00ad", "nol lebar"),
        ("<https://lan.go.id> dan <humas@lan.go.id>", "https://lan.go.id dan humas@lan.go.id"),
        ("x<y and y>z", "x< y and y >z"),
        ("lihat ?a=1&para=2&copy=3", "lihat ?a=1&para=2&copy=3"),
    ],
)
def test_words_remain_and_markup_goes(cell, words):
    assert clean_line(cell) == words


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("a Ã¢Â\x80Â\x9czero impactÃ¢Â\x80Â\x9d org", "a “zero impact” org"),
        ("â€œkutipâ€\x9d dan Itâ€™s", "“kutip” dan It’s"),
        ("Ã\x82Â\xa0", ""),
        ("ProvinsiÂ\xa0Papua", "Provinsi Papua"),
        ("Ã©tÃ© Ã  la carte", "été à la carte"),
        ("agency\ufffds use", "agency’s use"),
        ("sekolah \ufffd dasar", "sekolah – dasar"),
        ("kode \ufffdtanpa\ufffd makna", "kode “tanpa” makna"),
        ("“kutipan” ‘tetap’ – juga — é", "“kutipan” ‘tetap’ – juga — é"),
        ("Tiếng Việt, 日本語, Ελληνικά", "Tiếng Việt, 日本語, Ελληνικά"),
        ("\uf0b7 poin", "• poin"),
        ("SISTEM\u00a0INFORMASI\u2003LAYANAN", "SISTEM INFORMASI LAYANAN"),
    ],
)
def test_encodings_are_repaired(cell, words):
    assert clean_line(cell) == words


def test_plain_text_keeps_its_lines_and_lists():
    assert clean_plain("<ul><li>satu</li><li>dua</li></ul>tutup") == "• satu\n• dua\ntutup"
    assert clean_plain("a\r\n\r\n\r\n\r\nb  c") == "a\n\nb c"


@pytest.mark.parametrize(
    ("cell", "rich"),
    [
        ("Satu\nDua\n\nTiga", "<p>Satu<br>Dua</p><p>Tiga</p>"),
        ("- satu\n- dua\nTutup", "<ul><li>satu</li><li>dua</li></ul><p>Tutup</p>"),
        ("1. satu\n2. dua\n\nAkhir", "<ol><li>satu</li><li>dua</li></ol><p>Akhir</p>"),
        ("Pasal 5\n7. bukan daftar", "<p>Pasal 5<br>7. bukan daftar</p>"),
        ("<p><strong>Tebal</strong> <em>miring</em></p>", "<p><b>Tebal</b> <i>miring</i></p>"),
        ("<ol><li>satu</li><li>dua</li></ol>", "<ol><li>satu</li><li>dua</li></ol>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a b</p>"),
        ('<a href="javascript:alert(1)">x</a>', "<p>x</p>"),
        (
            '<a href="https://lan.go.id?a=1&b=2" onclick="x()">y</a>',
            '<p><a href="https://lan.go.id?a=1&amp;b=2">y</a></p>',
        ),
        ('<p onmouseover="x()">aman</p>', "<p>aman</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<br", ""),
        ("   ", ""),
    ],
)
def test_rich_text_is_safe_and_well_formed(cell, rich):
    assert clean_rich(cell) == rich


def test_to_plain_gives_the_words_back():
    assert to_plain(clean_rich("Satu & dua\n\n- a\n- b")) == "Satu & dua\na\nb"


def test_shorten_cuts_at_a_word():
    assert shorten("satu dua tiga", 20) == "satu dua tiga"
    assert shorten("satu dua tiga empat", 12) == "satu dua…"
    assert len(shorten("x" * 300, 255)) == 255


FRAGMENTS = st.sampled_from(
    [
        "kata", " ", "\n", "<p>", "</p>", "<b>", "</b", "<img src=\"data:image/png;base64,", PICTURE, "<", ">", "&",
        "&lt;", "&amp;lt;", "&nbsp;", "<!--", "-->", "<![endif]", "<style>", "</style>", "p{color:red}", "<script>",
        "</script>", "<a href=\"http://x.y", "\"", "'", "<li>", "<ul>", "<o:p>", "mso-x:1", "{", "}", "/*", "*/",
        "Normal 0 false", "Ã¢Â\x80Â\x9c", "â€™", "\ufffd", "\x85", "\u200b", "_x000D_", "\\r\\n", "<xml", "<?xml",
        "?>", "lt;b", "• ", "1. ",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(FRAGMENTS, max_size=14).map("".join))
def test_nothing_visible_remains_of_any_mixture(cell):
    plain, rich = clean_plain(cell), clean_rich(cell)
    assert not has_markup(plain)
    assert not has_markup(to_plain(rich))
    assert not looks_garbled(plain)
    assert set(re.findall(r"</?([a-z0-9]+)", rich)) <= {"p", "br", "b", "i", "a", "ul", "ol", "li"}
    assert "script" not in rich or "script" in plain


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_taken(cell):
    plain = clean_plain(cell)
    assert not has_markup(plain)
    assert "\ufffd" not in plain
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]", plain)
    clean_rich(cell)


@settings(max_examples=200)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ABCDEFGHIJ.,;()0123456789-\n", max_size=150))
def test_ordinary_words_are_never_lost(cell):
    assert clean_line(cell).split() == cell.split() or re.search(r"_x|\\", cell)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["café", "naïve", "“kutip”", "–", "It’s", "señor", "satu", "dua…", "Łódź"]), max_size=12),
    st.integers(min_value=1, max_value=2),
)
def test_doubled_encodings_come_back(words, times):
    garbled = text = " ".join(words)
    for _round in range(times):
        garbled = garbled.encode("utf-8").decode("sloppy-windows-1252")
    assert clean_plain(garbled) == text
