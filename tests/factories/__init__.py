"""Factories of test data: small, valid, without randomness, so that a failing test fails again.

``from tests.factories import InnovationFactory, make_published`` — nothing here needs fixture files.
"""

from .accounts import AdministratorFactory, UserFactory
from .agencies import (
    AgencyAliasFactory,
    AgencyFactory,
    AgencyMembershipFactory,
    ProvinceFactory,
    RegionFactory,
    TermFactory,
    UnitFactory,
    UnknownAgencyFactory,
)
from .curation import HolidayFactory, LabFactory, LabMembershipFactory
from .innovations import (
    AttachmentFactory,
    ClaimFactory,
    InnovationFactory,
    InnovatorFactory,
    KeywordFactory,
    SDGFactory,
    ThemeFactory,
    UrusanFactory,
    make_draft,
    make_published,
)
from .search import EmptyQueryFactory, SynonymGroupFactory
from .training import CohortFactory, InstitutionFactory, InstitutionMembershipFactory, ProgrammeFactory

__all__ = [
    "AdministratorFactory",
    "AgencyAliasFactory",
    "AgencyFactory",
    "AgencyMembershipFactory",
    "AttachmentFactory",
    "ClaimFactory",
    "CohortFactory",
    "EmptyQueryFactory",
    "HolidayFactory",
    "InnovationFactory",
    "InnovatorFactory",
    "InstitutionFactory",
    "InstitutionMembershipFactory",
    "KeywordFactory",
    "LabFactory",
    "LabMembershipFactory",
    "ProgrammeFactory",
    "ProvinceFactory",
    "RegionFactory",
    "SDGFactory",
    "SynonymGroupFactory",
    "TermFactory",
    "ThemeFactory",
    "UnitFactory",
    "UnknownAgencyFactory",
    "UrusanFactory",
    "UserFactory",
    "make_draft",
    "make_published",
]
