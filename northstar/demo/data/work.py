"""The demo's challenges and measures, how they go and what stood in their way."""

import random
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from learning.models import Intention, LearningSession
from measures.figures.arithmetic import two_figures
from measures.models import (
    Challenge,
    EffectMethod,
    Measure,
    MeasureBarrier,
    MeasureReport,
    MeasureStatus,
)
from northstar.demo.data import told, words
from northstar.demo.data.doings import DOINGS, Doing
from northstar.demo.data.moments import working_day
from northstar.demo.data.people import UNSEEN, Cast

MOST = 4  # measures of one organisation
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
    steps = {(one.organisation_id, one.then_text): one for one in Intention.objects.order_by("-pk")}
    measures = []
    for number, (place, doing) in enumerate(_doings(count, cast)):
        measure = _measure(number, place, doing, challenges, cast, chance, now)
        step = steps.get((measure.organisation_id, doing.then))
        before = [one for one in held if _may_begin_at(measure, one, now)]
        if step is not None and step.session in before:
            _begin_at(measure, step.session)
            measure.origin_intention = step
        elif number % 4 == 0 and before:
            _begin_at(measure, chance.choice(before))
        measures.append(measure)
    Measure.objects.bulk_create(measures)
    _follow(measures, chance, now)


def _may_begin_at(measure: Measure, session: LearningSession, now: datetime) -> bool:
    """Whether it was held before the measure began, and long enough ago to be written down."""
    day = timezone.localdate(session.ends_at)
    return session.ends_at < now - timedelta(days=9) and not (
        measure.start_on and measure.start_on <= day
    )


def _begin_at(measure: Measure, session: LearningSession) -> None:
    """Let *measure* come of *session*: it is written down a few days later at the earliest."""
    measure.origin_session = session
    late = session.ends_at + timedelta(days=3) - measure.created_at
    if late > timedelta(0):
        measure.created_at += late
        measure.updated_at += late
        if measure.published_at:
            measure.published_at += late


def _doings(count: int, cast: Cast) -> list[tuple[int, Doing]]:
    """The first *count* measures: the visitor's own first, then those of others in turn.

    Where there are not enough of them they go on with another stage.
    """
    active = cast.organisations[: len(cast.organisations) - UNSEEN // 2]
    usual = list(DOINGS.values())
    own = [DOINGS.get(one.name, usual[at % len(usual)]) for at, one in enumerate(active)]
    turns = [
        (at, doing)
        for turn in range(MOST)
        for at, all_ in enumerate(own)
        for doing in all_[turn : turn + 1]
    ]
    first = [one for one in turns if one[0] == 0] + [one for one in turns if one[0] > 0]
    stages = -(-count // len(first))
    found = first + [
        (at, doing._replace(title=f"{doing.title}, etapp {stage}", when="", then=""))
        for stage in range(2, stages + 1)
        for at, doing in first
    ]
    return found[:count]


def _challenges(cast: Cast) -> list[Challenge]:
    return Challenge.objects.bulk_create(
        Challenge(focus_area=cast.areas[key], title_sv=sv, title_en=en, position=position)
        for position, (key, sv, en) in enumerate(words.CHALLENGES, start=1)
    )


def _measure(
    number: int,
    place: int,
    doing: Doing,
    challenges: list[Challenge],
    cast: Cast,
    chance: random.Random,
    now: datetime,
) -> Measure:
    status, starts, created = _begun(number, doing, chance, now)
    methods = [EffectMethod.MEASURED, EffectMethod.CALCULATED, EffectMethod.ESTIMATED]
    weights = [30, 45, 25] if status == MeasureStatus.COMPLETED else [5, 50, 45]
    method = chance.choices(methods, weights)[0]
    own = [one for one in challenges if one.focus_area.key == doing.area]
    is_settled = doing.title in told.SETTLED
    is_draft = number % DRAFTS_EVERY == 2 and not is_settled
    return Measure(
        organisation=cast.organisations[place],
        title=doing.title,
        description=doing.description,
        focus_area=cast.areas[doing.area],
        challenge=_challenge(doing.title, own),
        status=status,
        start_on=starts,
        end_on=starts + timedelta(days=chance.randrange(900, 1800))
        if starts and number % 6 == 5 and not is_settled
        else None,
        reduction_t=_expected(doing, method, chance),
        method=method if doing.usual_t else EffectMethod.NOT_QUANTIFIED,
        published_at=None if is_draft else created + timedelta(days=3),
        created_at=created,
        created_by=cast.members[place][0],
        updated_at=created + timedelta(days=3),
        updated_by=cast.members[place][0],
    )


def _challenge(title: str, own: list[Challenge]) -> Challenge | None:
    """The one of its focus area's *own* that a measure of this *title* is about, if any."""
    return next(
        (one for one in own if re.search(words.ABOUT[one.title_sv], title, re.IGNORECASE)), None
    )


def _begun(
    number: int, doing: Doing, chance: random.Random, now: datetime
) -> tuple[str, date | None, datetime]:
    """The status of a measure, when it began or will, and when it was written down."""
    settled = told.SETTLED.get(doing.title)
    status = settled.status if settled else _by_chance(chance)
    starts = _settled_start(settled.years, number, now) if settled else _start(status, chance, now)
    since = (20, 150) if settled and status == MeasureStatus.PLANNED else (60, 500)
    created = working_day(now, -chance.randrange(*since), chance.randrange(8, 16), 20)
    return status, starts, created


def _by_chance(chance: random.Random) -> str:
    return chance.choices(MeasureStatus.values, [8, 22, 38, 24, 5, 3])[0]


def _settled_start(years: int, number: int, now: datetime) -> date:
    return date(now.year + years, 1 if years == 0 else 1 + number % 9, 1)


def _expected(doing: Doing, method: str, chance: random.Random) -> Decimal | None:
    """About what is usual, as exact as somebody would write it who knows it so."""
    if doing.usual_t is None:
        return None
    tonnes = Decimal(doing.usual_t) * Decimal(chance.randrange(85, 120)) / 100
    if method == EffectMethod.ESTIMATED:
        return two_figures(tonnes)
    return round(tonnes, 0 if tonnes > 100 else 1)


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
    reports: list[MeasureReport] = []
    barriers = []
    texts = Texts(chance)
    seen = [*told.BARRIERS]
    chance.shuffle(seen)
    for measure in measures:
        is_told_of = measure.title in told.SETTLED or chance.random() < 0.8
        if measure.status in going and measure.published_at and is_told_of:
            own = _reports(measure, texts, chance, now)
            reports += own
            measure.updated_at = own[-1].created_at
        if seen and measure.published_at and chance.random() < 0.3:
            kind, text = seen.pop()
            at = measure.updated_at
            barriers.append(MeasureBarrier(measure=measure, type=kind, text=text, created_at=at))
    Measure.objects.bulk_update(measures, ["updated_at"])
    MeasureReport.objects.bulk_create(reports)
    MeasureBarrier.objects.bulk_create(barriers)


class Texts:
    """The texts of reports, dealt like cards: none comes again before all its like have come."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.piles: dict[str, list[str]] = {}

    def of(self, measure: Measure, number: int) -> list[str]:
        """What is told of *measure*, from the first of *number* reports to the last."""
        settled = told.SETTLED.get(measure.title)
        if settled:
            return [*settled.texts]
        last = measure.status
        earlier = number - (last in told.ENDED)
        kinds = [measure.focus_area.key if place % 2 == 0 else "" for place in range(earlier)]
        found: list[str] = []
        for kind in kinds:
            found.append(self._next(kind, told.UNDER_WAY[kind], found))
        return found + [self._next(last, told.ENDED[last], found)] if last in told.ENDED else found

    def _next(self, kind: str, all_: list[str], said: list[str]) -> str:
        """The next of its pile, which is made anew where it holds only what was *said*."""
        if not set(self.piles.get(kind, ())) - set(said):
            self.piles[kind] = self.chance.sample(all_, len(all_))
        pile = self.piles[kind]
        text = next(one for one in reversed(pile) if one not in said)
        pile.remove(text)
        return text


def _reports(
    measure: Measure, texts: Texts, chance: random.Random, now: datetime
) -> list[MeasureReport]:
    """One to three reports on days of their own, each further on than the one before."""
    said = texts.of(measure, chance.choice([1, 1, 2, 2, 3]))
    begun = max(timezone.localdate(measure.created_at), measure.start_on or date.min)
    days, number = (timezone.localdate(now) - begun).days, len(said)
    methods = [EffectMethod.MEASURED, EffectMethod.CALCULATED]
    reports = []
    for place, text in enumerate(said):
        is_last = place == number - 1
        ago = max(5, days - days * (place + 1) // (number + 1) - chance.randrange(-5, 6))
        achieved = _achieved(measure, (place + 1) / number, chance)
        reports.append(
            MeasureReport(
                measure=measure,
                status=measure.status if is_last else MeasureStatus.IN_PROGRESS,
                text=text,
                reduction_t=achieved,
                method=EffectMethod.NOT_QUANTIFIED if achieved is None else chance.choice(methods),
                created_at=working_day(now, -ago, chance.randrange(8, 17), chance.randrange(60)),
                created_by=measure.created_by,
            )
        )
    return reports


def _achieved(measure: Measure, way: float, chance: random.Random) -> Decimal | None:
    """What is achieved when *way* of the reports are written: most of it where it is done."""
    if measure.reduction_t is None:
        return None
    full = (85, 108) if measure.status == MeasureStatus.COMPLETED else (35, 75)
    tonnes = measure.reduction_t * chance.randrange(*full) * Decimal(way) / 100
    return round(tonnes, 0 if tonnes > 100 else 1)
