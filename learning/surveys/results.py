"""What a session gave, added up: how useful, how safe, next steps shared, what stands in the way.

The first two questions are confidential. All of it is shown in steps of five answers, and whole
when the survey has closed: see tallying.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from learning.models import (
    BarrierType,
    Intention,
    IntentionSharing,
    LearningSession,
    Safety,
    SurveyTally,
    Usefulness,
)
from learning.surveys import tallying


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
    """What is shown of a survey; without rows while too few have answered."""

    invited: int  # people
    answered: int  # people, as far as they are added up
    is_closed: bool  # nobody can answer any more
    usefulness: list[Row]
    safety: list[Row]
    next_steps: list[Intention]  # shared with everybody who attended, as they were written then
    barriers: list[BarrierRow]

    @property
    def is_shown(self) -> bool:
        return self.answered > 0


def of(session: LearningSession, now: datetime) -> Results:
    """What may be shown at *now* of what was answered about *session*. At most six queries."""
    closed = tallying.is_closed(session, now)
    tally = tallying.standing(session, closed=closed)
    invited = session.survey_invitations.count()
    if tally is None:
        return Results(invited, 0, closed, [], [], [], [])
    return Results(
        invited=invited,
        answered=tally.answered,
        is_closed=closed,
        usefulness=_rows(Usefulness.choices, tally.usefulness),
        safety=_rows(Safety.choices, tally.safety),
        next_steps=_next_steps(tally),
        barriers=_barriers(tally),
    )


def _rows(choices: Iterable[tuple[str, object]], counted: Mapping[str, int]) -> list[Row]:
    total = sum(counted.values())
    return [
        Row(str(label), counted.get(value, 0), round(100 * counted.get(value, 0) / total))
        for value, label in choices
    ]


def _next_steps(tally: SurveyTally) -> list[Intention]:
    """Those that are still shared: taking back is at once, in the words of the tally else."""
    written = {pk: (when, then) for pk, when, then in tally.next_steps}
    shared = Intention.objects.filter(pk__in=written, sharing=IntentionSharing.GROUP)
    found = list(shared.select_related("person", "organisation").order_by("pk"))
    for step in found:
        step.when_text, step.then_text = written[step.pk]
    return found


def _barriers(tally: SurveyTally) -> list[BarrierRow]:
    return [
        BarrierRow(
            str(label),
            sum(seen == kind for seen, _ in tally.barriers),
            [text for seen, text in tally.barriers if seen == kind and text],
        )
        for kind, label in BarrierType.choices
    ]
