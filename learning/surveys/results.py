"""What a session gave, added up: how useful, how safe, next steps shared, what stands in the way.

The first two questions are confidential. All of it is shown in steps of five answers, and whole
when the survey has closed: see tallying.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Subquery
from django.utils.translation import gettext as _

from learning.barrier_words import PLAIN
from learning.models import (
    BarrierType,
    Intention,
    IntentionSharing,
    IntentionStatus,
    LearningSession,
    LearningSessionQuerySet,
    Safety,
    SurveyInvitation,
    SurveyTally,
    Usefulness,
)
from learning.surveys import tallying
from learning.surveys.asking import WINDOW
from learning.surveys.mails import last_moment

ALONE_BELOW = 10  # answers: the two lowest steps are one, so that nobody stands alone in the last


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
    plain: str = ""  # as the survey asks


@dataclass(frozen=True)
class Results:
    """What is shown of a survey; without rows while too few have answered."""

    invited: int  # people
    answered: int  # people, as far as they are added up
    so_far: int  # people who have answered by now: to be shown when the survey has closed alone
    is_closed: bool  # nobody can answer any more
    last_day: datetime | None  # on which somebody can answer; None where nobody was asked
    usefulness: list[Row]  # from the best step to the lowest
    safety: list[Row]
    next_steps: list[Intention]  # shared with everybody who attended, as they were written then
    barriers: list[BarrierRow]

    @property
    def is_shown(self) -> bool:
        return self.answered > 0

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.invited)

    @property
    def seen_barriers(self) -> list[BarrierRow]:
        """Those somebody saw, the most seen first."""
        seen = [row for row in self.barriers if row.count]
        return sorted(seen, key=lambda row: row.count, reverse=True)

    @property
    def step_states(self) -> list[tuple[str, str, int]]:
        """The shared next steps by state: its value, its word and how many, without empty ones."""
        counted = Counter(step.status for step in self.next_steps)
        return [
            (value, str(label), counted[value])
            for value, label in IntentionStatus.choices
            if counted[value]
        ]


def of(session: LearningSession, now: datetime) -> Results:
    """What may be shown at *now* of what was answered about *session*. At most six queries."""
    closed = tallying.is_closed(session, now)
    tally = tallying.standing(session, closed=closed)
    asked = session.survey_invitations.aggregate(
        n=Count("pk"), so_far=Count("answer"), closes_at=Max("closes_at")
    )
    last_day = last_moment(asked["closes_at"]) if asked["closes_at"] else None
    if tally is None:
        return Results(asked["n"], 0, asked["so_far"], closed, last_day, [], [], [], [])
    lowest = {Usefulness: _("Unclear how, or not relevant now"), Safety: _("Partly or not at ease")}
    return Results(
        invited=asked["n"],
        answered=tally.answered,
        so_far=asked["so_far"],
        is_closed=closed,
        last_day=last_day,
        usefulness=_rows(Usefulness.choices, tally.usefulness, lowest[Usefulness]),
        safety=_rows(Safety.choices, tally.safety, lowest[Safety]),
        next_steps=_next_steps(tally),
        barriers=_barriers(tally),
    )


def _rows(
    choices: Iterable[tuple[str, object]], counted: Mapping[str, int], lowest: str
) -> list[Row]:
    """A row a step; of few answers the two lowest ones are one, called *lowest*."""
    total = sum(counted.values())
    steps = [(str(label), counted.get(value, 0)) for value, label in choices]
    if total < ALONE_BELOW:
        steps[-2:] = [(lowest, steps[-2][1] + steps[-1][1])]
    return [Row(label, count, round(100 * count / total)) for label, count in steps]


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
            str(PLAIN[BarrierType(kind)]),
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
