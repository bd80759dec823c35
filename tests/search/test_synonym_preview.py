"""Before a group is saved, a curator sees what it does to a search; nobody else notices."""

import pytest
from django.test import Client
from django.urls import reverse

from search import synonyms
from search.availability import circuit
from search.engines.base import EngineUnavailable
from search.models import SynonymGroup
from search.preview import COMPARED, SHOWN, preview
from search.stored_synonyms import load_shipped
from tests.admin_forms import form_values, messages_of
from tests.factories import AgencyMembershipFactory, LabMembershipFactory, SynonymGroupFactory
from tests.search.support import build, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection(source):
    return build(
        document(1, "Sirajut muda"),
        document(2, "Rajutan warga desa"),
        document(3, "Rajutan warga rahasia", face="draft"),
        document(4, "Pasar"),
    )


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def curator() -> Client:
    return client_of(LabMembershipFactory().user)


def titles(side) -> list[tuple[str, bool]]:
    return [(hit.title, hit.is_new) for hit in side.hits]


def test_before_and_after(collection):
    shown = preview("sirajut", ["sirajut", "rajutan warga"])
    assert (shown.before.total, shown.before.expansions) == (1, ())
    assert (shown.after.total, shown.after.expansions) == (2, ("rajutan warga",))
    assert titles(shown.before) == [("Sirajut muda", False)]
    assert titles(shown.after) == [("Sirajut muda", False), ("Rajutan warga desa", True)]
    assert not shown.changes_nothing


def test_drafts_are_never_in_it(collection):
    shown = preview("rajutan", ["rajutan", "sirajut"])
    assert all("rahasia" not in title for side in (shown.before, shown.after) for title, _ in titles(side))
    assert shown.after.total == 2


def test_what_was_withdrawn_a_moment_ago_is_not_in_it(collection):
    collection.withdrawn = {2}
    assert titles(preview("sirajut", ["sirajut", "rajutan warga"]).after) == [("Sirajut muda", False)]


def test_taking_a_group_out_of_use(collection):
    group = SynonymGroupFactory(phrases="sirajut\nrajutan warga")
    shown = preview("sirajut", [], group.pk)
    assert (shown.before.total, shown.after.total) == (2, 1)


def test_changing_a_group_replaces_it(collection):
    group = SynonymGroupFactory(phrases="sirajut\nrajutan warga")
    shown = preview("sirajut", ["sirajut", "pasar"], group.pk)
    assert shown.after.expansions == ("pasar",)
    assert titles(shown.after) == [("Sirajut muda", False), ("Pasar", True)]


def test_a_search_that_the_group_does_not_touch(collection):
    assert preview("pasar", ["sirajut", "rajutan warga"]).changes_nothing
    assert preview("", ["sirajut", "rajutan warga"]).before is not None


def test_ten_of_many_are_shown(source):
    build(*(document(number, f"Rajutan {number}") for number in range(1, COMPARED + 20)))
    shown = preview("sirajut", ["sirajut", "rajutan"])
    assert (len(shown.after.hits), shown.after.total) == (SHOWN, COMPARED + 19)
    assert all(hit.is_new for hit in shown.after.hits)


def test_what_means_several_things_is_said(collection):
    shown = preview("pkl", ["pkl", "lapak jalanan"])
    assert shown.changes_nothing
    assert shown.after.ambiguities[0].meanings == ("pedagang kaki lima", "praktik kerja lapangan")


def test_the_running_thesaurus_is_not_touched(collection, monkeypatch):
    running = synonyms.thesaurus()
    with monkeypatch.context() as patch:
        patch.setattr(synonyms, "use_provider", lambda provider: pytest.fail("a preview swaps nothing"))
        preview("sirajut", ["sirajut", "rajutan warga"])
    assert synonyms.thesaurus() is running


def tried(client: Client, address: str, **values):
    form = form_values(client.get(address).content)
    return client.post(address, {**form, "pratinjau": "1", **values})


def test_the_form_shows_it_without_saving(collection, curator):
    answer = tried(
        curator, reverse("hub_synonyms:add"), phrases="sirajut\nrajutan warga", coba="sirajut", is_active="on"
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Rajutan warga desa" in page and "rahasia" not in page
    assert form_values(page)["phrases"] == ["sirajut\nrajutan warga"]
    assert form_values(page)["coba"] == ["sirajut"]
    assert not SynonymGroup.objects.exists()


def test_the_form_of_a_shipped_group(collection, curator):
    load_shipped()
    group = SynonymGroup.objects.get(key="ojek online")
    answer = tried(curator, reverse("hub_synonyms:edit", args=[group.pk]), phrases="ojek online\nrajutan warga")
    assert answer.context["preview"].text == "ojek online"
    assert answer.context["preview"].after.expansions == ("rajutan warga",)
    group.refresh_from_db()
    assert "ojol" in group.phrases


def test_a_group_switched_off_in_the_form_is_tried_without_it(collection, curator):
    group = SynonymGroupFactory(phrases="sirajut\nrajutan warga")
    address = reverse("hub_synonyms:edit", args=[group.pk])
    answer = curator.post(address, {"phrases": group.phrases, "coba": "sirajut", "pratinjau": "1"})
    shown = answer.context["preview"]
    assert (shown.before.total, shown.after.total) == (2, 1)


def test_wrong_phrases_are_named_instead(collection, curator):
    answer = tried(curator, reverse("hub_synonyms:add"), phrases="sirajut\n???")
    assert any("“???”" in text for text in messages_of(answer))
    assert "preview" not in answer.context


def test_an_engine_that_is_down_is_said(collection, curator, monkeypatch):
    def down(work):
        raise EngineUnavailable("away")

    monkeypatch.setattr(circuit, "call", down)
    answer = tried(curator, reverse("hub_synonyms:add"), phrases="sirajut\nrajutan warga", is_active="on")
    assert answer.status_code == 200
    assert answer.context["preview"].before is None
    saved = curator.post(reverse("hub_synonyms:add"), {"phrases": "sirajut\nrajutan warga", "is_active": "on"})
    assert saved.status_code == 302


def test_only_those_who_may_edit_see_it(collection):
    group = SynonymGroupFactory()
    client = client_of(AgencyMembershipFactory().user)
    for address in (reverse("hub_synonyms:add"), reverse("hub_synonyms:edit", args=[group.pk])):
        assert client.post(address, {"phrases": "a\nb", "pratinjau": "1"}).status_code == 403
