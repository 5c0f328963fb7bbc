"""What has come of the challenges: who has taken them on, and what is promised back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from measures.models import (
    AdoptionState,
    Challenge,
    ChallengeAdoption,
    CommitmentPeriod,
    CounterCommitment,
    Measure,
)
from partners.models import FocusArea, Organisation

NAMED = 5  # partners that the list names; the page of a challenge names all


@dataclass(frozen=True)
class Adopter:
    """A partner that has taken a challenge on, and its public measures for it."""

    organisation: Organisation
    is_achieved: bool
    measures: list[Measure] = field(default_factory=list)


@dataclass(frozen=True)
class PromisedBack:
    """A promise of the city, and whether its day has passed."""

    promise: CounterCommitment
    is_late: bool


@dataclass(frozen=True)
class Line:
    """A challenge, who has taken it on, and what is promised back for it."""

    challenge: Challenge
    adopters: list[Adopter]
    promised: list[PromisedBack]

    @property
    def named(self) -> list[Adopter]:
        return self.adopters[:NAMED]

    @property
    def more(self) -> int:
        return max(0, len(self.adopters) - NAMED)


@dataclass(frozen=True)
class Area:
    """A focus area and its challenges."""

    area: FocusArea
    lines: list[Line]


@dataclass(frozen=True)
class Doing:
    """What is done about one challenge: by who has taken it on, and by others."""

    line: Line
    others: list[Measure]


def term() -> CommitmentPeriod | None:
    """The term of today. One query."""
    return CommitmentPeriod.objects.current().first()


def by_area(period: CommitmentPeriod | None, now: datetime) -> list[Area]:
    """The challenges that can be taken on, and those somebody keeps. Three queries."""
    challenges = list(Challenge.objects.select_related("focus_area"))
    adopters = _adopters(period)
    promised = _promised(now)
    areas: dict[FocusArea, list[Line]] = defaultdict(list)
    for one in challenges:
        if one.retired_at is None or adopters[one.pk]:
            areas[one.focus_area].append(Line(one, adopters[one.pk], promised[one.pk]))
    return [Area(area, lines) for area, lines in areas.items()]


def of_one(challenge: Challenge, period: CommitmentPeriod | None, now: datetime) -> Doing:
    """Who has taken *challenge* on, with what is public of what they do for it. Three queries."""
    partners = Organisation.objects.partners().values("pk")
    measures = challenge.measures.published().filter(organisation__in=partners)
    own: dict[int, list[Measure]] = defaultdict(list)
    for measure in measures.select_related("organisation").order_by("title", "pk"):
        own[measure.organisation_id].append(measure)
    adopters = [
        Adopter(one.organisation, one.is_achieved, own.pop(one.organisation.pk, []))
        for one in _adopters(period, challenge)[challenge.pk]
    ]
    line = Line(challenge, adopters, _promised(now, challenge)[challenge.pk])
    return Doing(line, [measure for found in own.values() for measure in found])


def _adopters(
    period: CommitmentPeriod | None, *challenges: Challenge
) -> defaultdict[int, list[Adopter]]:
    """Partners by the challenge they keep in *period*, in the order of their names."""
    found: defaultdict[int, list[Adopter]] = defaultdict(list)
    if period is None:
        return found
    rows = ChallengeAdoption.objects.standing().filter(
        period=period, organisation__in=Organisation.objects.partners().values("pk")
    )
    if challenges:
        rows = rows.filter(challenge__in=challenges)
    for row in rows.select_related("organisation").order_by("organisation__sort_name", "pk"):
        is_achieved = row.state == AdoptionState.ACHIEVED
        found[row.challenge_id].append(Adopter(row.organisation, is_achieved))
    return found


def _promised(now: datetime, *challenges: Challenge) -> defaultdict[int, list[PromisedBack]]:
    rows: Iterable[CounterCommitment] = CounterCommitment.objects.standing()
    if challenges:
        rows = CounterCommitment.objects.standing().filter(challenge__in=challenges)
    found: defaultdict[int, list[PromisedBack]] = defaultdict(list)
    for row in rows:
        found[row.challenge_id].append(PromisedBack(row, row.is_late(now)))
    return found


def kept(now: datetime | None = None) -> list[Area]:
    """All challenges with what is promised back, for who keeps them. Two queries."""
    promised = _promised(now or timezone.now())
    areas: dict[FocusArea, list[Line]] = defaultdict(list)
    for one in Challenge.objects.select_related("focus_area"):
        areas[one.focus_area].append(Line(one, [], promised[one.pk]))
    return [Area(area, lines) for area, lines in areas.items()]
