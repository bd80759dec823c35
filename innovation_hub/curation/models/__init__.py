"""Labs and the editorial work they do."""

from .labs import Lab, LabMembership
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
    "InstitutionReviewTask",
    "Lab",
    "LabCurationTask",
    "LabMembership",
    "ReviewSide",
    "ReviewTask",
    "ReviewTaskState",
    "Transition",
]
