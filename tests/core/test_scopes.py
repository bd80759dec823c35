"""The keys of access and the SQL filter say the same, for every role and entry."""

import pytest

from innovation_hub.core.scopes import entry_scopes, staff_scopes
from innovation_hub.innovations.models import Innovation
from tests.factories import (
    AdministratorFactory,
    AgencyFactory,
    AgencyMembershipFactory,
    CohortFactory,
    InnovationFactory,
    InstitutionMembershipFactory,
    LabFactory,
    LabMembershipFactory,
    ProgrammeFactory,
    RegionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people_and_entries():
    province = AgencyFactory()
    regency, elsewhere = AgencyFactory(parent=province), AgencyFactory()
    cohort, other_cohort = CohortFactory(), CohortFactory()
    region, programme = RegionFactory(), ProgrammeFactory()
    special = LabFactory()
    special.regions.add(region.parent)
    special.programmes.add(programme)
    submitter = AgencyMembershipFactory(agency=regency).user
    people = {
        "nobody's member": UserFactory(),
        "submitter": submitter,
        "reviewer of the province": AgencyMembershipFactory(agency=province, role="reviewer").user,
        "reviewer of the regency": AgencyMembershipFactory(agency=regency, role="reviewer").user,
        "institution": InstitutionMembershipFactory(institution=cohort.institution).user,
        "special lab": LabMembershipFactory(lab=special).user,
        "default lab": LabMembershipFactory(lab=LabFactory(is_default=True)).user,
        "administrator": AdministratorFactory(),
    }
    InnovationFactory(agency=regency, created_by=submitter)
    InnovationFactory(agency=elsewhere, draft_agency=regency)
    InnovationFactory(agency=province, cohort=cohort)
    InnovationFactory(agency=elsewhere, cohort=other_cohort, draft_institution=cohort.institution)
    InnovationFactory(agency=elsewhere, region=region, steward=submitter)
    InnovationFactory(agency=elsewhere, region=region.parent)
    InnovationFactory(agency=elsewhere, programme=programme)
    InnovationFactory(agency=elsewhere, region=RegionFactory(), live=True)
    return people


def test_keys_and_sql_agree(people_and_entries):
    seen = {}
    for name, user in people_and_entries.items():
        keys = staff_scopes(user)
        by_keys = {entry.pk for entry in Innovation.objects.all() if keys & entry_scopes(entry)}
        by_sql = set(Innovation.objects.visible_to(user).values_list("pk", flat=True))
        assert by_keys == by_sql, name
        seen[name] = len(by_sql)
    assert seen == {
        "nobody's member": 0,
        "submitter": 2,
        "reviewer of the province": 3,
        "reviewer of the regency": 2,
        "institution": 2,
        "special lab": 3,
        "default lab": 5,
        "administrator": 8,
    }


def test_an_inactive_account_sees_nothing(people_and_entries):
    user = people_and_entries["administrator"]
    user.is_active = False
    assert not Innovation.objects.visible_to(user).exists()
