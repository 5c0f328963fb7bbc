"""What a session gave, added up: how useful, how safe, next steps shared, what stands in the way.

The first two questions are confidential: nothing of them is shown until five have answered.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from learning.models import (
    BarrierObservation,
    BarrierType,
    Intention,
    IntentionSharing,
    LearningSession,
    Safety,
    SurveyAnswer,
    Usefulness,
)

THRESHOLD = 5  # answers below which no distribution is shown: fewer point at people


@dataclass(frozen=True)
class Row:
    """One answer and how many chose it."""

    label: str
    count: int  # answers
    percent: int  # of those who answered


@dataclass(frozen=True)
class BarrierRow:
    """One kind of barrier."""

    label: str
    count: int  # people who saw it
    texts: list[str]  # in alphabetical order, so that the order tells nothing of the writers


@dataclass(frozen=True)
class Results:
    invited: int  # people
    answered: int  # people
    usefulness: list[Row]  # empty below the threshold
    safety: list[Row]  # empty below the threshold
    next_steps: list[Intention]  # shared with everybody who attended
    barriers: list[BarrierRow]

    @property
    def is_shown(self) -> bool:
        return self.answered >= THRESHOLD


def of(session: LearningSession) -> Results:
    """Add up what was answered about *session*. Four queries."""
    answers = list(
        SurveyAnswer.objects.filter(invitation__session=session).values_list("usefulness", "safety")
    )
    shown = answers if len(answers) >= THRESHOLD else []
    shared = Intention.objects.filter(session=session, sharing=IntentionSharing.GROUP)
    return Results(
        invited=session.survey_invitations.count(),
        answered=len(answers),
        usefulness=_rows(Usefulness.choices, (useful for useful, _ in shown)),
        safety=_rows(Safety.choices, (safe for _, safe in shown)),
        next_steps=list(shared.select_related("person", "organisation").order_by("pk")),
        barriers=_barriers(session),
    )


def _rows(choices: Iterable[tuple[str, object]], answers: Iterable[str]) -> list[Row]:
    counted = Counter(answers)
    total = counted.total()
    if not total:
        return []
    return [
        Row(str(label), counted[value], round(100 * counted[value] / total))
        for value, label in choices
    ]


def _barriers(session: LearningSession) -> list[BarrierRow]:
    seen = list(
        BarrierObservation.objects.filter(session=session).order_by("text").values("type", "text")
    )
    return [
        BarrierRow(
            str(label),
            sum(one["type"] == kind for one in seen),
            [one["text"] for one in seen if one["type"] == kind and one["text"]],
        )
        for kind, label in BarrierType.choices
    ]
