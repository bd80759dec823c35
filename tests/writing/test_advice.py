"""Advice on a title: plain words, acronyms, names that are taken or sound alike, personal data, length."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.curation.writing.advice import Code, PublicName, advise, plain_words, sound_of
from innovation_hub.curation.writing.names import names_like, sounds
from innovation_hub.curation.writing.views.titles import MOST_A_MINUTE
from innovation_hub.innovations.models import Innovation
from tests.factories import InnovationFactory, UserFactory

from .conftest import Writer

GOOD = "Pasien mengambil nomor antrean dari rumah"
ALIKE = [
    ("SIPANTAS", "si-pantas"),
    ("ANTRIAN", "Antrean"),
    ("DJEMPOL", "jempol"),
    ("FIKIR", "pikir"),
    ("TELOR", "telur"),
]


def codes(title: str, *args, **more) -> set[Code]:
    return {one.code for one in advise(title, *args, **more)}


def test_a_plain_title_needs_no_advice():
    assert advise(GOOD) == []
    assert advise(GOOD, "SIPANTAS", "Sistem Pendaftaran Antrean Singkat") == []


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("SI-PANTAS ANTRI", Code.PLAIN),
        ("SIPANTAS", Code.PLAIN),
        ("PELAYANAN ADMINISTRASI KEPENDUDUKAN KELILING DESA", Code.CAPITALS),
        ("Pelayanan surat keterangan melalui GERCEPKAN untuk warga desa", Code.ACRONYM),
        ("Antrean pasien daring", Code.SHORT),
        ("Warga " * 30, Code.LONG),
        ("Antrean dari rumah, hubungi Budi 081234567890", Code.PERSONAL),
    ],
)
def test_what_is_wrong_is_said(title, code):
    assert code in codes(title)


def test_known_and_explained_acronyms_are_fine():
    assert Code.ACRONYM not in codes("Pasien RSUD mengambil nomor antrean dari rumah")
    assert Code.ACRONYM not in codes("Warga mengurus surat lewat GERCEP (gerakan cepat pelayanan)")
    assert Code.ACRONYM not in codes("Warga mengurus surat lewat GERCEP di desa", "GERCEP", "Gerakan cepat")


def test_a_name_in_capitals_wants_its_letters_explained():
    assert Code.EXPANSION in codes(GOOD, "SIPANTAS")


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_sound_alike_have_one_key(one, other):
    assert sound_of(one) == sound_of(other)


def test_names_are_taken_or_alike():
    taken = PublicName("Si Pantas", "Kota Contoh", "/inovasi/1/")
    assert codes(GOOD, "SIPANTAS", "Sistem", [taken]) == {Code.TAKEN}
    assert codes(GOOD, "CIPTA", "Sistem", [taken]) == set()
    assert codes(GOOD, "SIFANTAS", "Sistem", [taken]) == {Code.ALIKE}


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
def test_advice_never_fails_and_is_said_once(title, brand, expansion):
    found = advise(title, brand, expansion)
    assert len({one.code for one in found}) == len(found)
    assert all(one.text for one in found)


@given(st.text(max_size=80))
def test_a_sound_doesnt_depend_on_case_or_signs(name):
    assert sound_of(name) == sound_of(f" {name}-")


@given(st.lists(st.sampled_from(GOOD.split()), min_size=4, max_size=12))
def test_everyday_words_are_plain(words):
    assert Code.PLAIN not in codes(" ".join(words)) or len(plain_words(" ".join(words))) < 3


@pytest.mark.django_db
def test_only_public_names_are_compared():
    InnovationFactory(brand_name="SIRAHASIA")
    shown = InnovationFactory(brand_name="SI PANTAS", live=True)
    assert names_like("sirahasia") == []
    assert [one.name for one in names_like("Sifantas")] == ["SI PANTAS"]
    assert names_like("Sifantas", exclude=shown.pk) == []
    Innovation.objects.filter(pk=shown.pk).update(live=False)
    assert names_like("Sifantas") == []
    sounds.forget()


@pytest.mark.django_db
class TestEndpoint:
    """The address that the page asks while somebody types."""

    def ask(self, writer, **sent):
        return writer.client.post(reverse("write_title_advice"), sent)

    def test_a_writer_is_advised(self, world, writer):
        InnovationFactory(brand_name="SIPANTAS", live=True)
        answer = self.ask(writer, title_plain="SIPANTAS", brand_name="Si-Pantas").json()
        found = {one["code"]: one for one in answer["items"]}
        assert set(found) == {Code.PLAIN, Code.TAKEN}
        assert found[Code.TAKEN]["about"][0]["address"].startswith("/inovasi/")

    def test_others_are_not(self, world):
        for user in (None, UserFactory()):
            assert self.ask(Writer(user), title_plain="SIPANTAS").status_code == 403

    def test_titles_stand_in_no_address(self, world, writer):
        assert writer.client.get(reverse("write_title_advice"), {"title_plain": "x"}).status_code == 405

    def test_it_is_asked_only_so_often(self, world, writer):
        cache.clear()
        answers = [self.ask(writer, title_plain=GOOD).status_code for _round in range(MOST_A_MINUTE + 1)]
        assert set(answers[:-1]) == {200}
        assert answers[-1] == 429


@pytest.mark.django_db
def test_advice_is_shown_when_the_step_is_saved(world, writer):
    response = writer.save(world.entry, "judul", title_plain="SI-PANTAS ANTRI")
    assert response.headers["Location"].endswith("/judul/#saran")
    assert Code.PLAIN.value in writer.fields(world.entry, "judul")["dilihat"][0]
    response = writer.save(world.entry, "judul")
    assert response.headers["Location"].endswith("/asal/")
