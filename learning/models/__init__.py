"""What the partnership's meetings consist of."""

from learning.models.follow_up import (
    BarrierObservation,
    BarrierType,
    Intention,
    IntentionSharing,
    IntentionStatus,
    Safety,
    SurveyAnswer,
    SurveyInvitation,
    Usefulness,
)
from learning.models.materials import Material, MaterialAudience, MaterialKind
from learning.models.places import (
    Attendance,
    AttendanceStatus,
    Registration,
    RegistrationSource,
    RegistrationState,
)
from learning.models.sessions import (
    LearningSession,
    LearningSessionQuerySet,
    Series,
    SessionAudience,
    SessionMode,
)

__all__ = [
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
    "Registration",
    "RegistrationSource",
    "RegistrationState",
    "Safety",
    "Series",
    "SessionAudience",
    "SessionMode",
    "SurveyAnswer",
    "SurveyInvitation",
    "Usefulness",
]
