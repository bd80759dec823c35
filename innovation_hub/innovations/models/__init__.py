"""The registry's record and everything that belongs to it."""

from .authorship import Authorship
from .children import (
    Attachment,
    Award,
    BudgetLine,
    Claim,
    ExternalId,
    ImplementationStep,
    InnovationTranslation,
    LegalBasis,
    Prerequisite,
    SourceCitation,
    Stakeholder,
)
from .facts import REGISTRY_FACTS
from .innovation import Innovation, Keyword, TaggedInnovation
from .log import InnovationLogEntry
from .people import Consent, Innovator
from .registry import RegistryCounter, RegistryNumber
from .vocabulary import SDG, Theme, Urusan

__all__ = [
    "REGISTRY_FACTS",
    "SDG",
    "Attachment",
    "Authorship",
    "Award",
    "BudgetLine",
    "Claim",
    "Consent",
    "ExternalId",
    "ImplementationStep",
    "Innovation",
    "InnovationLogEntry",
    "InnovationTranslation",
    "Innovator",
    "Keyword",
    "LegalBasis",
    "Prerequisite",
    "RegistryCounter",
    "RegistryNumber",
    "SourceCitation",
    "Stakeholder",
    "TaggedInnovation",
    "Theme",
    "Urusan",
]
