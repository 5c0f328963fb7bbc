"""What the partnership's meetings consist of."""

from learning.models.barriers import BarrierObservation, BarrierType
from learning.models.materials import (
    Material,
    MaterialAudience,
    MaterialKind,
    MaterialTelling,
)
from learning.models.next_steps import Intention, IntentionSharing, IntentionStatus
from learning.models.places import (
    Attendance,
    AttendanceStatus,
    PlaceLink,
    Registration,
    RegistrationSource,
    RegistrationState,
)
from learning.models.reminders import (
    COUNTED_FROM,
    STANDARD,
    SessionReminder,
    SessionReminderLetter,
    SessionReminderQuerySet,
    SessionReminderRun,
    SessionReminderRunBecause,
    SessionReminderRunState,
    SessionReminderWhom,
)
from learning.models.sessions import (
    LearningSession,
    LearningSessionQuerySet,
    Series,
    SessionAudience,
    SessionMode,
)
from learning.models.surveys import (
    Safety,
    SurveyAnswer,
    SurveyInvitation,
    SurveyTally,
    Usefulness,
)
from learning.models.visitors import VisitorRequest

__all__ = [
    "COUNTED_FROM",
    "STANDARD",
    "Attendance",
    "AttendanceStatus",
    "BarrierObservation",
    "BarrierType",
    "Intention",
    "IntentionSharing",
    "IntentionStatus",
    "LearningSession",
    "LearningSessionQuerySet",
    "Material",
    "MaterialAudience",
    "MaterialKind",
    "MaterialTelling",
    "PlaceLink",
    "Registration",
    "RegistrationSource",
    "RegistrationState",
    "Safety",
    "Series",
    "SessionAudience",
    "SessionMode",
    "SessionReminder",
    "SessionReminderLetter",
    "SessionReminderQuerySet",
    "SessionReminderRun",
    "SessionReminderRunBecause",
    "SessionReminderRunState",
    "SessionReminderWhom",
    "SurveyAnswer",
    "SurveyInvitation",
    "SurveyTally",
    "Usefulness",
    "VisitorRequest",
]
