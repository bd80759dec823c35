"""Synonyms that staff keep: over the shipped ones, in use at once in this process and soon in others, never a risk."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from search import synonyms
from search.analysis import query_words
from search.models import SynonymGroup
from search.phrases import check_phrases, read_phrases, remarks
from search.query import SearchQuery
from search.service import search
from search.stored_synonyms import SECONDS, StoredThesaurus, groups_in_use, load_shipped, stored_thesaurus
from search.synonyms import Thesaurus, shipped_thesaurus
from tests.admin_forms import messages_of
from tests.factories import (
    AdministratorFactory,
    AgencyMembershipFactory,
    InstitutionMembershipFactory,
    LabMembershipFactory,
    SynonymGroupFactory,
    UserFactory,
)
from tests.search.support import build, document


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def widened(query: str, known: Thesaurus | None = None) -> list[str]:
    return [one.phrase for one in synonyms.expand(query_words(query), known)]


def curator() -> Client:
    client = Client()
    client.force_login(LabMembershipFactory().user)
    return client


# The thesaurus in use.


@pytest.mark.django_db
def test_without_rows_the_shipped_thesaurus_is_in_use():
    assert synonyms.thesaurus() is shipped_thesaurus()
    assert "ojek daring" in widened("ojol")


@pytest.mark.django_db
def test_a_group_of_the_hub_is_in_use_at_once_and_out_of_use_when_switched_off():
    group = SynonymGroupFactory(phrases="sirajut\nrajutan warga")
    assert widened("sirajut") == ["rajutan warga"]
    group.is_active = False
    group.save()
    assert widened("sirajut") == []


@pytest.mark.django_db
def test_a_row_takes_the_place_of_the_shipped_group():
    load_shipped()
    assert synonyms.thesaurus() is shipped_thesaurus()
    group = SynonymGroup.objects.get(key="ojek online")
    group.phrases = "ojek online\nojek gawai"
    group.save()
    assert widened("ojek online") == ["ojek gawai"]
    assert widened("ojol") == []
    SynonymGroup.objects.filter(pk=group.pk).update(is_active=False)
    stored_thesaurus.reset()
    assert widened("ojek online") == ["daring", "dalam jaringan"]


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_keeps_what_staff_changed():
    assert load_shipped().created == len(shipped_thesaurus().groups)
    off, changed = SynonymGroup.objects.order_by("pk")[:2]
    off.is_active = False
    off.save()
    changed.phrases += "\nkata kami"
    changed.save()
    own = SynonymGroupFactory()
    again = load_shipped()
    assert (again.created, again.updated, again.kept) == (0, 0, [str(changed)])
    assert not SynonymGroup.objects.get(pk=off.pk).is_active
    assert SynonymGroup.objects.filter(pk=own.pk).exists()


@pytest.mark.django_db
def test_a_new_release_changes_and_drops_only_what_nobody_touched(monkeypatch):
    load_shipped()
    first, second, *others = shipped_thesaurus().groups
    touched = SynonymGroup.objects.get(key=others[0][0])
    touched.phrases += "\nkata kami"
    touched.save()
    released = Thesaurus([[*first, "kata baru"], *others[1:], ["halo", "hai"]])
    monkeypatch.setattr("search.stored_synonyms.shipped_thesaurus", lambda: released)
    done = load_shipped()
    assert (done.created, done.updated) == (1, 1)
    assert SynonymGroup.objects.get(key=first[0]).phrase_list[-1] == "kata baru"
    assert not SynonymGroup.objects.filter(key=second[0]).exists()
    assert touched.phrase_list in groups_in_use()


@pytest.mark.django_db
def test_another_process_follows_within_seconds(django_assert_num_queries):
    clock = Clock()
    other = StoredThesaurus(clock)
    assert widened("sirajut", other()) == []
    SynonymGroupFactory(phrases="sirajut\nrajutan warga")
    with django_assert_num_queries(0):
        assert widened("sirajut", other()) == []
    clock.now += SECONDS
    assert widened("sirajut", other()) == ["rajutan warga"]
    clock.now += SECONDS
    with django_assert_num_queries(1):
        assert widened("sirajut", other()) == ["rajutan warga"]


@pytest.mark.django_db
def test_without_a_database_search_keeps_the_words_it_has(monkeypatch, caplog):
    clock = Clock()
    kept = StoredThesaurus(clock)
    SynonymGroupFactory(phrases="sirajut\nrajutan warga")
    assert widened("sirajut", kept()) == ["rajutan warga"]

    def fail(*args, **kwargs):
        raise DatabaseError("away")

    monkeypatch.setattr(SynonymGroup.objects, "aggregate", fail)
    clock.now += SECONDS
    with caplog.at_level(logging.WARNING):
        assert widened("sirajut", kept()) == ["rajutan warga"]
    assert "Synonyms can't be read" in caplog.text


@pytest.mark.django_db
def test_a_group_finds_entries_without_indexing_anew(source):
    build(document(1, "Rajutan warga desa"))
    assert search(SearchQuery("sirajut")).total == 0
    SynonymGroupFactory(phrases="sirajut\nrajutan warga")
    page = search(SearchQuery("sirajut"))
    assert (page.total, page.expansions) == (1, ("rajutan warga",))


# What may be written.


def faults(*phrases: str) -> list[str]:
    with pytest.raises(ValidationError) as refused, translation.override("en"):
        check_phrases(phrases)
    return refused.value.messages


def test_phrases_are_read_from_lines_and_commas():
    assert read_phrases(" Ojek  daring,ojol\r\n\n Ojol ;ojek\u200b online,") == ["Ojek daring", "ojol", "ojek online"]


@given(st.text(max_size=400))
def test_reading_is_stable(text):
    phrases = read_phrases(text)
    assert read_phrases("\n".join(phrases)) == phrases
    assert all(phrase == phrase.strip() and "\n" not in phrase and "," not in phrase for phrase in phrases)


def test_what_is_wrong_is_named():
    assert "two phrases" in faults("ojol")[0]
    assert "12" in faults(*(f"ojek {letter}{letter}" for letter in "abcdefghijklm"))[0]
    assert faults("ojol", "…!")[0].startswith("“…!”")
    assert faults("ojol", "yang dengan")[0].startswith("“yang dengan”")
    assert "60" in faults("ojol", "a" * 61)[0]
    assert "6" in faults("ojol", "satu dua tiga empat lima enam tujuh")[0]
    assert len(faults("!", "?")) == 2


def test_spellings_that_the_search_knows_are_one_phrase():
    assert "mencegah korupsi" in faults("mencegah korupsi", "pencegahan korupsi")[0]
    check_phrases(["mencegah korupsi", "pencegahan korupsi", "antikorupsi"])


def test_a_curator_is_told_of_ambiguous_and_repeated_phrases():
    known = Thesaurus([], {"pkl": ("pedagang kaki lima", "praktik kerja lapangan")})
    found = remarks(["PKL", "lapak jalanan"], [["pedagang", "Lapak  jalanan"], ["lain", "hal"]], known)
    assert len(found) == 2
    assert "PKL" in found[0] and "praktik kerja lapangan" in found[0]
    assert "lapak jalanan" in found[1] and "pedagang" in found[1]


# The screens.


@pytest.mark.django_db
def test_one_list_of_shipped_and_own_groups():
    load_shipped()
    SynonymGroupFactory(phrases="sirajut\nrajutan warga")
    client = curator()
    page = client.get(reverse("hub_synonyms:index")).content.decode()
    assert f"{len(shipped_thesaurus().groups) + 1}" in page
    found = client.get(reverse("hub_synonyms:index"), {"q": "ojol"}).content.decode()
    assert "ojek daring" in found and "sirajut" not in found
    own = client.get(reverse("hub_synonyms:index"), {"origin": "hub"}).content.decode()
    assert "sirajut, rajutan warga" in own and "ojol" not in own


@pytest.mark.django_db
def test_a_curator_adds_a_group(caplog):
    client = curator()
    with caplog.at_level(logging.INFO, logger="hub.audit"):
        logging.getLogger("hub.audit").addHandler(caplog.handler)
        answer = client.post(
            reverse("hub_synonyms:add"), {"phrases": "Sirajut,  rajutan warga\nrajutan warga", "is_active": "on"}
        )
        logging.getLogger("hub.audit").removeHandler(caplog.handler)
    assert answer["Location"] == reverse("hub_synonyms:index")
    group = SynonymGroup.objects.get()
    assert group.phrase_list == ["Sirajut", "rajutan warga"]
    assert (group.origin, group.key, group.changed_by_id) == ("hub", "", int(client.session["_auth_user_id"]))
    assert '"search.synonyms-saved"' in caplog.text
    assert widened("sirajut") == ["rajutan warga"]


@pytest.mark.django_db
def test_a_wrong_group_is_refused_with_its_phrases():
    answer = curator().post(reverse("hub_synonyms:add"), {"phrases": "sirajut\n???", "is_active": "on"})
    assert answer.status_code == 200
    assert any("“???”" in text for text in messages_of(answer))
    assert not SynonymGroup.objects.exists()


@pytest.mark.django_db
def test_a_shipped_group_of_one_phrase_can_be_switched_off_but_not_changed_like_that():
    load_shipped()
    group = SynonymGroup.objects.get(key="akta kelahiran")
    address = reverse("hub_synonyms:edit", args=[group.pk])
    client = curator()
    assert client.post(address, {"phrases": group.phrases}).status_code == 302
    group.refresh_from_db()
    assert not group.is_active
    assert client.post(address, {"phrases": "akta kelahiran\nakta lahir"}).status_code == 200


@pytest.mark.django_db
def test_saving_tells_of_what_is_ambiguous():
    answer = curator().post(
        reverse("hub_synonyms:add"), {"phrases": "pkl\nlapak jalanan", "is_active": "on"}, follow=True
    )
    assert any("pkl" in text and "praktik kerja lapangan" in text for text in messages_of(answer))


@pytest.mark.django_db
def test_groups_are_not_deleted():
    group = SynonymGroupFactory()
    for asker in (LabMembershipFactory().user, AdministratorFactory()):
        client = Client()
        client.force_login(asker)
        assert client.post(reverse("hub_synonyms:delete", args=[group.pk])).status_code == 403
    assert SynonymGroup.objects.filter(pk=group.pk).exists()


@pytest.mark.django_db
def test_curators_editors_and_administrators_only():
    group = SynonymGroupFactory()
    addresses = [
        reverse("hub_synonyms:index"),
        reverse("hub_synonyms:add"),
        reverse("hub_synonyms:edit", args=[group.pk]),
    ]
    allowed = [LabMembershipFactory().user, LabMembershipFactory(role="editor").user, AdministratorFactory()]
    refused = [
        AgencyMembershipFactory().user,
        AgencyMembershipFactory(role="reviewer").user,
        InstitutionMembershipFactory().user,
        UserFactory(),
        AnonymousUser(),
    ]
    for user in allowed + refused:
        client = Client()
        if user.is_authenticated:
            client.force_login(user)
        for address in addresses:
            assert (client.get(address).status_code == 200) == (user in allowed), (user, address)
        client.post(addresses[2], {"phrases": f"kata {user.pk}\nlain {user.pk}", "is_active": "on"})
        group.refresh_from_db()
        assert (f"kata {user.pk}" in group.phrases) == (user in allowed), user
