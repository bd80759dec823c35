"""The log of searches without result: texts and counts only, for ninety days, a synonym in two clicks."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.signals import request_finished
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.core.personal_data import find_personal_data
from search import misses, synonyms
from search.analysis import query_words
from search.models import EmptyQuery, SynonymGroup
from search.runs import Chores
from tests.admin_forms import form_values
from tests.factories import (
    AdministratorFactory,
    AgencyMembershipFactory,
    EmptyQueryFactory,
    LabMembershipFactory,
    SynonymGroupFactory,
    UserFactory,
)
from tests.search.support import build, document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_noted():
    misses._pending = misses._Pending()


@pytest.fixture
def collection(source, facets):
    titles = ("Ojek daring di pasar", "Rajutan warga desa")
    cards = [{"title": title, "path": f"/inovasi/{number}/"} for number, title in enumerate(titles, 1)]
    return build(*(document(number, card["title"], card=card) for number, card in enumerate(cards, 1)))


def look(text: str, client: Client | None = None, **extra) -> None:
    client = client or Client()
    assert client.get("/cari/", {"q": text, **extra.pop("params", {})}, **extra).status_code in (200, 302)


def logged() -> dict[str, int]:
    return dict(EmptyQuery.objects.values_list("text", "times"))


def curator() -> Client:
    client = Client()
    client.force_login(LabMembershipFactory().user)
    return client


# What is noted.


def test_a_search_without_result_is_noted_after_its_answer(collection):
    for text in ("Sirajut", "sirajut ", "siràjut"):
        look(text)
    assert logged() == {"sirajut": 3}
    row = EmptyQuery.objects.get()
    assert (row.first_on, row.last_on, row.status) == (timezone.localdate(), timezone.localdate(), row.Status.OPEN)


def test_how_near_the_entries_are_is_noted(collection):
    look("rajutan berkelambu zirbel")
    assert EmptyQuery.objects.get().nearest == 1


def test_what_was_found_and_what_was_narrowed_is_not(collection):
    look("ojek")
    look("")
    look("!?")
    look("sirajut", params={"tema": "kesehatan"})
    look("sirajut", params={"hal": "2"})
    look("sirajut", params={"sinonim": "tanpa"})
    look('"sirajut hebat"')
    look("sirajut -ojek")
    Client().head("/cari/", {"q": "sirajut"})
    Client().get("/cari/saran/", {"q": "sirajut"})
    Client().get("/cari/umpan/", {"q": "sirajut"})
    assert logged() == {}


def test_limited_search_says_nothing_about_readers(source, facets):
    look("sirajut")
    assert logged() == {}


def test_programs_are_not_readers(collection):
    look("sirajut", headers={"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
    assert logged() == {}
    for number in range(misses.NOTES_A_MINUTE + 5):
        look(f"zirbel{chr(97 + number % 26)}{chr(97 + number // 26)}")
    assert len(logged()) == misses.NOTES_A_MINUTE


@pytest.mark.parametrize(
    "text",
    [
        "3201011708900001",
        "198503122010011003",
        "081234567890",
        "0812 3456 7890",
        "siti@gmail.com",
        "nip 12345",
        "ibu Aminah zirbel",
        "Drs. Sumarno",
        "Zirbelina Latschen",
        "alamat rumah: Jalan Melati nomor dua",
        "Budi Santoso, S.Sos",
        "a" * 81,
        "satu dua tiga empat lima enam tujuh delapan sembilan",
    ],
)
def test_what_may_be_a_persons_is_never_kept(text):
    assert misses.storable(text, 0) == ""


@pytest.mark.parametrize(
    "text", ["kematian ibu hamil", "ojol", "e-KTP keliling", "RPJMD 2020-2024", "pelayanan 24 jam"]
)
def test_what_a_curator_needs_is_kept(text):
    assert misses.storable(text)


@given(st.text(max_size=120), st.integers(0, 2))
def test_nothing_kept_holds_personal_data(text, nearest):
    kept = misses.storable(text, nearest)
    assert len(kept) <= misses.MAX_CHARS
    assert not find_personal_data(kept)
    assert kept == "" or query_words(kept)


def test_the_log_holds_nothing_about_people():
    names = {field.name for field in EmptyQuery._meta.get_fields()}
    assert names == {"id", "text", "times", "nearest", "first_on", "last_on", "status", "settled_on"}
    assert all(EmptyQuery._meta.get_field(name).get_internal_type() == "DateField" for name in names if "_on" in name)


def test_a_database_that_fails_costs_the_note_not_the_page(collection, monkeypatch, caplog):
    def fail(*args):
        raise DatabaseError("busy")

    monkeypatch.setattr(misses, "_write", fail)
    look("sirajut")
    assert logged() == {}
    assert "not noted" in caplog.text


def test_pages_with_results_write_nothing(collection, django_assert_num_queries):
    with django_assert_num_queries(0):
        request_finished.send(object)


# How long, how many.


def test_old_texts_go_with_the_command_and_with_the_indexer():
    today = timezone.localdate()
    for days in (89, 90, 91):
        EmptyQueryFactory(text=f"{days}", last_on=today - timedelta(days=days), status=days % 3)
    out = StringIO()
    call_command("prune_search_log", "--json", stdout=out)
    assert '{"forgotten": 1}' in out.getvalue()
    assert set(logged()) == {"89", "90"}
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        chores = Chores(start=lambda run: pytest.fail("nothing was asked for"))
        chores.work()
        chores.close()
    assert set(logged()) == {"89"}


def test_the_number_of_texts_is_bounded(collection, monkeypatch):
    monkeypatch.setattr(misses, "MAX_ROWS", 3)
    monkeypatch.setattr(misses, "ROOM", 1)
    EmptyQueryFactory(text="sering", times=2, last_on=date(2026, 1, 1))
    EmptyQueryFactory(text="lama", last_on=date(2026, 1, 2))
    EmptyQueryFactory(text="baru", last_on=date(2026, 1, 3))
    look("sirajut")
    assert set(logged()) == {"sering", "baru", "sirajut"}
    EmptyQuery.objects.update(times=2)
    look("zirbel")
    assert "zirbel" not in logged()


def test_a_synonym_that_does_not_help_opens_the_text_again(collection):
    row = EmptyQueryFactory(text="sirajut")
    misses.settle(row, EmptyQuery.Status.HANDLED)
    look("sirajut")
    row.refresh_from_db()
    assert row.status == EmptyQuery.Status.HANDLED
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        look("sirajut")
    row.refresh_from_db()
    assert row.status == EmptyQuery.Status.OPEN


def test_what_was_dismissed_stays_dismissed(collection):
    row = EmptyQueryFactory(text="sirajut")
    misses.settle(row, EmptyQuery.Status.DISMISSED)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        look("sirajut")
    row.refresh_from_db()
    assert (row.status, row.times) == (EmptyQuery.Status.DISMISSED, 2)


# What a curator does with it.


def test_the_most_wanted_comes_first_and_can_be_searched():
    EmptyQueryFactory(text="jarang", times=1)
    EmptyQueryFactory(text="sering", times=9)
    EmptyQueryFactory(text="selesai", times=99, status=EmptyQuery.Status.HANDLED)
    client = curator()
    page = client.get(reverse("hub_empty_queries:index")).content.decode()
    assert page.index(">sering<") < page.index(">jarang<") < page.index(">selesai<")
    found = client.get(reverse("hub_empty_queries:index_results"), {"q": "jar"}).content.decode()
    assert "jarang" in found and "sering" not in found
    done = client.get(reverse("hub_empty_queries:index"), {"status": EmptyQuery.Status.HANDLED.value}).content.decode()
    assert ">selesai<" in done and ">sering<" not in done
    first = client.get(reverse("hub_empty_queries:index"), {"ordering": "text"}).content.decode()
    assert first.index(">jarang<") < first.index(">selesai<") < first.index(">sering<")


def test_a_synonym_in_two_clicks(collection):
    look("sirajut")
    row = EmptyQuery.objects.get()
    client = curator()
    address = f"{reverse('hub_synonyms:add')}?pencarian={row.pk}"
    assert address in client.get(reverse("hub_empty_queries:index")).content.decode()
    form = form_values(client.get(address).content)
    assert form["phrases"] == ["sirajut\n"]
    answer = client.post(reverse("hub_synonyms:add"), {**form, "phrases": "sirajut\nrajutan"})
    assert answer["Location"] == reverse("hub_empty_queries:index")
    row.refresh_from_db()
    assert row.status == EmptyQuery.Status.HANDLED
    assert SynonymGroup.objects.get().phrase_list == ["sirajut", "rajutan"]
    assert [one.phrase for one in synonyms.expand(query_words("sirajut"))] == ["rajutan"]


@pytest.mark.parametrize("key", ["", "x", "0", "999999", "9" * 40, "١"])
def test_an_address_with_another_text_opens_an_empty_form(key):
    page = curator().get(reverse("hub_synonyms:add"), {"pencarian": key})
    assert page.status_code == 200
    assert form_values(page.content)["phrases"] == [""]


def settle(client: Client, row: EmptyQuery, act: str):
    return client.post(f"{reverse('hub_empty_query_settle', args=[row.pk])}?q=a&p=2", {"act": act})


def test_dismissing_opening_again_and_deleting():
    row = EmptyQueryFactory()
    client = curator()
    answer = settle(client, row, "abaikan")
    assert answer["Location"] == f"{reverse('hub_empty_queries:index')}?q=a&p=2"
    row.refresh_from_db()
    assert (row.status, row.settled_on) == (EmptyQuery.Status.DISMISSED, timezone.localdate())
    settle(client, row, "buka")
    row.refresh_from_db()
    assert (row.status, row.settled_on) == (EmptyQuery.Status.OPEN, None)
    assert settle(client, row, "apa").status_code == 400
    settle(client, row, "hapus")
    assert not EmptyQuery.objects.exists()


def test_only_curators_editors_and_administrators():
    row = EmptyQueryFactory()
    for member, allowed in (
        (LabMembershipFactory().user, True),
        (LabMembershipFactory(role="editor").user, True),
        (AdministratorFactory(), True),
        (AgencyMembershipFactory().user, False),
        (AgencyMembershipFactory(role="reviewer").user, False),
        (UserFactory(), False),
    ):
        client = Client()
        client.force_login(member)
        assert (client.get(reverse("hub_empty_queries:index")).status_code == 200) == allowed
        answer = settle(client, row, "abaikan")
        row.refresh_from_db()
        assert (row.status == EmptyQuery.Status.DISMISSED) == allowed, answer.status_code
        misses.settle(row, EmptyQuery.Status.OPEN)
    assert Client().get(reverse("hub_empty_queries:index")).status_code == 302


def test_the_log_is_asked_for_only_by_reading(collection):
    SynonymGroupFactory()
    assert curator().get(reverse("hub_empty_query_settle", args=[EmptyQueryFactory().pk])).status_code == 405


def test_the_database_waits_for_others_as_long_as_before(collection):
    def patience():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout")
            return cursor.fetchone()[0]

    before = patience()
    look("sirajut")
    assert logged() == {"sirajut": 1}
    if connection.vendor == "sqlite":
        assert patience() == before
