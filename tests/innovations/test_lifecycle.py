"""Curatorial acts: who may, what they need, what they leave behind."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from innovation_hub.innovations.models import Innovation, RegistryNumber
from innovation_hub.innovations.services import lifecycle
from search.models import OutboxEntry
from tests.factories import (
    AdministratorFactory,
    InnovationFactory,
    LabFactory,
    LabMembershipFactory,
    TermFactory,
    UserFactory,
    make_published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return LabMembershipFactory(lab=LabFactory(is_default=True)).user


def test_public_means_live_and_neither_merged_nor_withdrawn(curator):
    kept, merged, withdrawn = (make_published() for _ in range(3))
    InnovationFactory()
    lifecycle.merge_into(merged, kept, actor=curator, reason="Sama.")
    lifecycle.withdraw(withdrawn, actor=curator, reason="Permintaan instansi.")
    assert list(Innovation.objects.public()) == [kept]


def test_a_withdrawn_entry_keeps_its_number_and_its_reason(curator):
    entry = make_published()
    lifecycle.withdraw(entry, actor=curator, reason="Permintaan instansi.")
    number = RegistryNumber.objects.get(entry=entry)
    assert (number.state, number.reason, number.title) == ("withdrawn", "Permintaan instansi.", entry.title_plain)
    assert not Innovation.objects.get(pk=entry.pk).live


def test_a_withdrawal_needs_a_reason(curator):
    entry = make_published()
    with pytest.raises(ValidationError):
        lifecycle.withdraw(entry, actor=curator, reason=" ")
    assert Innovation.objects.public().count() == 1


def test_merged_numbers_lead_to_the_last_target_without_chains(curator):
    first, second, third = (make_published() for _ in range(3))
    lifecycle.merge_into(first, second, actor=curator, reason="Sama.")
    lifecycle.merge_into(second, third, actor=curator, reason="Sama.")
    leads_to = {row.entry_id: row.merged_into.entry_id for row in RegistryNumber.objects.filter(state="merged")}
    assert leads_to == {first.pk: third.pk, second.pk: third.pk}


def test_an_entry_is_not_merged_into_itself_or_into_what_is_gone(curator):
    entry, gone = make_published(), make_published()
    lifecycle.withdraw(gone, actor=curator, reason="Permintaan.")
    gone.refresh_from_db()
    for target in (entry, gone, InnovationFactory()):
        with pytest.raises(ValidationError):
            lifecycle.merge_into(entry, target, actor=curator, reason="Sama.")


def test_the_curated_level_names_what_is_missing(curator):
    entry = make_published()
    with pytest.raises(ValidationError):
        lifecycle.set_level(entry, "terkurasi", actor=curator)
    assert Innovation.objects.get(pk=entry.pk).publication_level == "terdaftar"


def test_a_stopped_innovation_stays_public_with_its_coded_reason(curator):
    entry = make_published()
    with pytest.raises(ValidationError):
        lifecycle.set_life_status(entry, "berhenti", actor=curator, reason="tidak-ada")
    TermFactory(vocabulary="stop_reasons", code="mutasi")
    lifecycle.set_life_status(entry, "berhenti", actor=curator, since="2023", reason="mutasi")
    entry = Innovation.objects.public().get()
    assert (entry.life_status, entry.stop_reason.code, entry.life_status_since) == ("berhenti", "mutasi", "2023")


def test_evidence_is_never_set_above_the_best_claim(curator):
    entry = make_published()
    with pytest.raises(ValidationError):
        lifecycle.set_evidence_level(entry, 2, actor=curator)


def test_others_may_not(curator):
    entry = make_published()
    for user in (UserFactory(), LabMembershipFactory(lab=LabFactory()).user):
        with pytest.raises(PermissionDenied):
            lifecycle.withdraw(entry, actor=user, reason="Ingin.")
    lifecycle.set_evidence_level(entry, 0, actor=AdministratorFactory())


def test_every_act_queues_the_index(curator):
    entry = make_published()
    OutboxEntry.objects.all().delete()
    lifecycle.set_evidence_level(entry, 0, actor=curator)
    assert OutboxEntry.objects.filter(source="innovation", source_id=entry.pk).exists()
