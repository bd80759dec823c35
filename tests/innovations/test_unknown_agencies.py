"""Entries whose agency was not recognised wait in a list, and are given to an agency name by name."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from innovation_hub.agencies.models import AgencyAlias
from innovation_hub.innovations.models import Innovation, InnovationLogEntry
from innovation_hub.innovations.services.agencies import assign_agency
from search.models import OutboxEntry
from tests.factories import (
    AgencyFactory,
    AgencyMembershipFactory,
    InnovationFactory,
    LabFactory,
    LabMembershipFactory,
    RegionFactory,
    UnknownAgencyFactory,
    make_published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return LabMembershipFactory(lab=LabFactory(is_default=True)).user


@pytest.fixture
def waiting():
    unknown = UnknownAgencyFactory()
    return [
        InnovationFactory(agency=unknown, agency_raw="Dinkes Kab Bangai", live=True, quality_flags=["agency-unknown"]),
        InnovationFactory(agency=unknown, agency_raw="Dinkes Kab Bangai", live=True),
        InnovationFactory(agency=unknown, agency_raw="Pemkot X", live=True),
    ]


def test_the_list_counts_entries_by_name(client, curator, waiting):
    client.force_login(curator)
    page = client.get(reverse("hub_unknown_agencies"))
    rows = [(row["agency_raw"], row["entries"]) for row in page.context["object_list"]]
    assert rows == [("Dinkes Kab Bangai", 2), ("Pemkot X", 1)]


def test_all_entries_of_a_name_go_to_the_agency_and_the_name_is_remembered(client, curator, waiting):
    agency = AgencyFactory(region=RegionFactory())
    client.force_login(curator)
    OutboxEntry.objects.all().delete()
    address = f"{reverse('hub_unknown_agency_assign')}?nama=Dinkes+Kab+Bangai"
    assert client.get(address).context["count"] == 2
    response = client.post(address, {"agency": agency.pk, "remember": "on"})
    assert response.status_code == 302
    moved = Innovation.objects.filter(agency=agency)
    assert {entry.pk for entry in moved} == {waiting[0].pk, waiting[1].pk}
    assert all(entry.region == agency.region and not entry.quality_flags for entry in moved)
    assert AgencyAlias.objects.get(agency=agency).name == "Dinkes Kab Bangai"
    assert set(OutboxEntry.objects.values_list("source_id", flat=True)) >= {waiting[0].pk, waiting[1].pk}
    assert InnovationLogEntry.objects.filter(action="innovation.agency", user=curator).count() == 2


def test_publishing_a_pending_draft_does_not_undo_it(curator):
    unknown, agency = UnknownAgencyFactory(), AgencyFactory()
    entry = make_published(agency=unknown, agency_raw="Pemkot X")
    entry.summary = "Perubahan yang belum terbit"
    draft = entry.save_revision()
    assign_agency("Pemkot X", agency, actor=curator)
    type(draft).objects.get(pk=draft.pk).publish()
    entry = Innovation.objects.get(pk=entry.pk)
    assert (entry.agency, entry.summary) == (agency, "Perubahan yang belum terbit")


def test_submitters_recognise_no_agencies(client, waiting):
    submitter = AgencyMembershipFactory().user
    with pytest.raises(PermissionDenied):
        assign_agency("Pemkot X", AgencyFactory(), actor=submitter)
    client.force_login(submitter)
    assert client.get(reverse("hub_unknown_agencies")).status_code == 403
