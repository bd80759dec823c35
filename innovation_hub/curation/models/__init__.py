"""Labs and the editorial work they do."""

from .duplicates import DuplicateCheck, DuplicatePair
from .holidays import Holiday
from .invitations import CohortInvitation
from .labs import Lab, LabMembership
from .mentors import LinkState, MentorLink
from .notes import CurationNote
from .tasks import (
    AgencyEndorsementTask,
    EditorTask,
    InstitutionReviewTask,
    LabCurationTask,
    MentorConfirmationTask,
    ReviewSide,
    ReviewTask,
    ReviewTaskState,
)
from .transitions import Transition

__all__ = [
    "AgencyEndorsementTask",
    "CohortInvitation",
    "CurationNote",
    "DuplicateCheck",
    "DuplicatePair",
    "EditorTask",
    "Holiday",
    "InstitutionReviewTask",
    "Lab",
    "LabCurationTask",
    "LabMembership",
    "LinkState",
    "MentorConfirmationTask",
    "MentorLink",
    "ReviewSide",
    "ReviewTask",
    "ReviewTaskState",
    "Transition",
]
