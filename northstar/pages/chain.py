"""From session to tonne: what came of the project so far, counted now."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Min, Q
from django.utils import timezone

from learning.models import Attendance, BarrierType, Intention, IntentionStatus, LearningSession
from measures.figures.summary import summary
from measures.models import Measure, MeasureBarrier


@dataclass(frozen=True)
class Chain:
    """Each link leads to the next."""

    sessions: int  # held
    since: datetime | None  # the first of them
    attendances: int  # a person at a session
    organisations: int  # that they came from
    steps: int
    steps_done: int
    measures: int  # published
    began_at_a_session: int  # of the measures
    achieved_t: Decimal | None  # t CO2e a year; None: no report gives a figure


def chain(now: datetime) -> Chain:
    """Five queries; two more where a measure has changed."""
    held = LearningSession.objects.live().past(now).order_by()
    sessions = held.aggregate(n=Count("pk"), since=Min("starts_at"))
    came = Attendance.objects.present().filter(session__in=held)
    seen = came.aggregate(n=Count("pk"), organisations=Count("organisation", distinct=True))
    done = Q(status=IntentionStatus.DONE)
    steps = Intention.objects.aggregate(n=Count("pk"), done=Count("pk", filter=done))
    begun = ~Q(origin_session=None) | ~Q(origin_intention=None)
    figures = summary(timezone.localdate(now).year)
    return Chain(
        sessions=sessions["n"],
        since=sessions["since"],
        attendances=seen["n"],
        organisations=seen["organisations"],
        steps=steps["n"],
        steps_done=steps["done"],
        measures=figures.measures,
        began_at_a_session=Measure.objects.published().filter(begun).count(),
        achieved_t=figures.achieved.tonnes,
    )


def barriers() -> dict[str, int]:
    """In how many published measures each kind of barrier is told of. One query."""
    told = MeasureBarrier.objects.filter(measure__in=Measure.objects.published())
    counts = told.values("type").order_by().annotate(n=Count("measure", distinct=True))
    found = dict(counts.values_list("type", "n"))
    return {kind: found.get(kind, 0) for kind in BarrierType.values}
