"""Choosing an entry: the search finds it as readers would, and offers nothing that isn't public."""

import pytest
from django.urls import reverse

from innovation_hub.innovations.models import Innovation
from search import rebuild
from search.availability import circuit
from tests.factories import AgencyMembershipFactory, InnovationFactory, make_draft

pytestmark = pytest.mark.django_db
ADDRESS = reverse("hub_choose_innovation:choose_results")


@pytest.fixture
def titles(client, settings, tmp_path):
    """Three public entries and a draft, indexed; what the chooser lists for some words."""
    settings.SEARCH_URL = f"tantivy://{tmp_path}"
    InnovationFactory(live=True, title_plain="Pengelolaan sampah pasar")
    InnovationFactory(live=True, title_plain="Obat diantar", summary="Mengelola sampah tidak termasuk.")
    InnovationFactory(live=True, title_plain="Antrean puskesmas")
    make_draft(title_plain="Kelola sampah dalam draf")
    rebuild.rebuild()
    client.force_login(AgencyMembershipFactory(role="submitter").user)

    def ask(words: str) -> list[str]:
        html = client.get(ADDRESS, {"q": words}).content.decode()
        return sorted(
            (entry.title_plain for entry in Innovation.objects.all() if entry.title_plain in html), key=html.find
        )

    yield ask
    circuit.reset()


def test_forms_of_a_word_are_found_the_best_first_and_no_draft(titles):
    assert titles("kelola sampah") == ["Pengelolaan sampah pasar", "Obat diantar"]


def test_a_registry_number_is_found(titles):
    entry = Innovation.objects.get(title_plain="Antrean puskesmas")
    assert titles(entry.registry_number) == ["Antrean puskesmas"]


def test_what_was_withdrawn_a_moment_ago_is_not_offered(titles):
    Innovation.objects.filter(title_plain="Obat diantar").update(live=False)
    assert titles("kelola sampah") == ["Pengelolaan sampah pasar"]


def test_without_the_engine_words_of_titles_are_found(titles, settings):
    settings.SEARCH_URL = "http://127.0.0.1:1/gone"
    assert titles("sampah") == ["Pengelolaan sampah pasar"]
