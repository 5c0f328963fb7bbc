"""What a session gave, added up: how useful, how safe, next steps shared, what stands in the way.

The first two questions are confidential. All of it is shown in steps of five answers, and whole
when the survey has closed: see tallying.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery

from learning.models import (
    BarrierType,
    Intention,
    IntentionSharing,
    LearningSession,
    LearningSessionQuerySet,
    Safety,
    SurveyInvitation,
    SurveyTally,
    Usefulness,
)
from learning.surveys import tallying
from learning.surveys.asking import WINDOW


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


@dataclass(frozen=True)
class Share:
    """How many of those asked about a session have answered, as far as it may be shown."""

    session: LearningSession
    invited: int  # people
    answered: int | None  # None below the first step: fewer than STEP


def latest_shares(sessions: LearningSessionQuerySet, now: datetime) -> list[Share]:
    """How many answered about each of *sessions*, in their order. One query."""
    asked = SurveyInvitation.objects.filter(session=OuterRef("pk")).order_by()
    of_one = asked.values("session")
    shown = SurveyTally.objects.filter(session=OuterRef("pk")).values("answered")
    said = of_one.annotate(n=Count("answer"))
    rows = sessions.annotate(
        invited=Subquery(of_one.annotate(n=Count("pk")).values("n")),
        all_answers=Subquery(said.values("n")),
        shown_answers=Subquery(shown),
        is_open=Exists(asked.filter(closes_at__gt=now)),
    )
    return [_share(row, row.invited, now, closed=not row.is_open) for row in rows]


def _share(session: Any, invited: int | None, now: datetime, *, closed: bool) -> Share:
    whole = closed and now >= session.ends_at + WINDOW
    answered = session.all_answers if whole else session.shown_answers
    return Share(session, invited or 0, answered if (answered or 0) >= tallying.STEP else None)
