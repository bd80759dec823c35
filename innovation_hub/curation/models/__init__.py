"""Labs and the editorial work they do."""

from .labs import Lab, LabMembership
from .notes import CurationNote
from .tasks import (
    AgencyEndorsementTask,
    InstitutionReviewTask,
    LabCurationTask,
    ReviewSide,
    ReviewTask,
    ReviewTaskState,
)
from .transitions import Transition

__all__ = [
    "AgencyEndorsementTask",
    "CurationNote",
    "InstitutionReviewTask",
    "Lab",
    "LabCurationTask",
    "LabMembership",
    "ReviewSide",
    "ReviewTask",
    "ReviewTaskState",
    "Transition",
]
