"""Where innovations come from: programmes, institutions and cohorts."""

from .memberships import InstitutionMembership
from .training import Cohort, TrainingInstitution, TrainingProgramme, roman

__all__ = ["Cohort", "InstitutionMembership", "TrainingInstitution", "TrainingProgramme", "roman"]
