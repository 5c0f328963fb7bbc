"""The demo's challenges and measures, how they go and what stood in their way."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

from learning.models import Intention, LearningSession
from measures.models import (
    Challenge,
    EffectMethod,
    Measure,
    MeasureBarrier,
    MeasureReport,
    MeasureStatus,
)
from northstar.demo.data import words
from northstar.demo.data.people import UNSEEN, Cast

OWN = 3  # measures of the visitor's own organisation
DRAFTS_EVERY = 9


def build(
    count: int,
    sessions: list[LearningSession],
    cast: Cast,
    chance: random.Random,
    now: datetime,
) -> None:
    """Make *count* measures, spread over organisations, areas and years."""
    challenges = _challenges(cast)
    held = [one for one in sessions if one.attendance_taken_at]
    steps = {one.organisation_id: one for one in Intention.objects.order_by("-pk")}
    measures = []
    for number in range(count):
        measure = _measure(number, challenges, cast, chance, now)
        if number % 4 == 0 and held:
            measure.origin_session = chance.choice(held)
            step = steps.get(measure.organisation_id)
            if step is not None:
                measure.origin_intention, measure.origin_session = step, step.session
        measures.append(measure)
    Measure.objects.bulk_create(measures)
    _follow(measures, chance, now)


def _challenges(cast: Cast) -> list[Challenge]:
    return Challenge.objects.bulk_create(
        Challenge(focus_area=cast.areas[key], title_sv=sv, title_en=en, position=position)
        for position, (key, sv, en) in enumerate(words.CHALLENGES, start=1)
    )


def _measure(
    number: int,
    challenges: list[Challenge],
    cast: Cast,
    chance: random.Random,
    now: datetime,
) -> Measure:
    keys = list(words.MEASURES)
    key = keys[number % len(keys)]
    kinds = words.MEASURES[key]
    title, usual, description = kinds[(number // len(keys)) % len(kinds)]
    active = len(cast.organisations) - UNSEEN // 2
    place = 0 if number < OWN else 1 + (number - OWN) % (active - 1)
    status = chance.choices(MeasureStatus.values, [8, 22, 38, 24, 5, 3])[0]
    starts = _start(status, chance, now)
    methods = [EffectMethod.MEASURED, EffectMethod.CALCULATED, EffectMethod.ESTIMATED]
    weights = [30, 45, 25] if status == MeasureStatus.COMPLETED else [5, 50, 45]
    amount = Decimal(usual) * Decimal(chance.randrange(60, 160)) / 100 if usual else None
    own = [one for one in challenges if one.focus_area.key == key]
    created = now - timedelta(days=chance.randrange(25, 500))
    is_draft = number % DRAFTS_EVERY == 2
    return Measure(
        organisation=cast.organisations[place],
        title=title,
        description=description,
        focus_area=cast.areas[key],
        challenge=chance.choice(own) if chance.random() < 0.75 else None,
        status=status,
        start_on=starts,
        end_on=starts + timedelta(days=chance.randrange(900, 1800))
        if starts and number % 6 == 5
        else None,
        reduction_t=round(amount, 1) if amount is not None else None,
        method=chance.choices(methods, weights)[0] if amount else EffectMethod.NOT_QUANTIFIED,
        published_at=None if is_draft else created + timedelta(days=3),
        created_at=created,
        created_by=cast.members[place][0],
        updated_at=created + timedelta(days=3),
        updated_by=cast.members[place][0],
    )


def _start(status: str, chance: random.Random, now: datetime) -> date | None:
    """When a measure of this status began, or will."""
    if status == MeasureStatus.IDEA:
        return None
    spans = {
        MeasureStatus.PLANNED: (30, 700),
        MeasureStatus.IN_PROGRESS: (-700, -40),
        MeasureStatus.COMPLETED: (-1400, -500),
    }
    low, high = spans.get(MeasureStatus(status), (-400, -100))
    return (now + timedelta(days=chance.randrange(low, high))).date().replace(day=1)


def _follow(measures: list[Measure], chance: random.Random, now: datetime) -> None:
    """Progress reports on what is under way or done, and barriers where there were some."""
    going = {MeasureStatus.IN_PROGRESS, MeasureStatus.COMPLETED, MeasureStatus.PAUSED}
    reports = []
    barriers = []
    for measure in measures:
        if measure.status in going and measure.published_at and chance.random() < 0.8:
            for back in range(chance.randint(1, 3), 0, -1):
                reports.append(_report(measure, back, chance, now))
        if chance.random() < 0.4:
            kind, text = chance.choice(words.BARRIERS)
            barriers.append(MeasureBarrier(measure=measure, type=kind, text=text, created_at=now))
    MeasureReport.objects.bulk_create(reports)
    MeasureBarrier.objects.bulk_create(barriers)


def _report(measure: Measure, back: int, chance: random.Random, now: datetime) -> MeasureReport:
    expected = measure.reduction_t
    part = Decimal(chance.randrange(35, 110)) / 100 / back
    at = max(measure.created_at, now - timedelta(days=110 * back + chance.randrange(60)))
    status = measure.status if back == 1 else MeasureStatus.IN_PROGRESS
    methods = [EffectMethod.MEASURED, EffectMethod.CALCULATED]
    return MeasureReport(
        measure=measure,
        status=status,
        text=chance.choice(words.REPORTS[status]),
        reduction_t=round(expected * part, 1) if expected is not None else None,
        method=chance.choice(methods) if expected is not None else EffectMethod.NOT_QUANTIFIED,
        created_at=at + timedelta(hours=back),
        created_by=measure.created_by,
    )
