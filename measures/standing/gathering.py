"""The cards of many organisations, gathered in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from learning.models import Attendance, LearningSession
from measures.models import (
    AdoptionState,
    ChallengeAdoption,
    CommitmentPeriod,
    Contribution,
    LetterOfIntent,
    Measure,
    MeasureStatus,
    OwnTarget,
    SharedReport,
)
from measures.standing.card import Card, Chosen, Facts
from partners.models import Organisation


def cards(organisations: Iterable[Organisation], now: datetime) -> list[Card]:
    """A card for each, in their order. Nine queries for however many, beside their own."""
    found = list(organisations)
    pks = [one.pk for one in found]
    today = timezone.localdate(now)
    period = CommitmentPeriod.objects.current(today).first()
    begun = LearningSession.objects.live().filter(starts_at__lte=now)
    held = begun.filter(starts_at__year=today.year).count()
    seen = _seen(pks, now)
    given = _contributions(pks, today)
    reports = _reports(pks, today.year - 1)
    targets = {one.organisation_id: one for one in OwnTarget.objects.filter(organisation__in=pks)}
    of_term = {"period": period, "organisation__in": pks}
    letters = {one.organisation_id: one for one in LetterOfIntent.objects.filter(**of_term)}
    chosen = _chosen(pks, of_term)
    return [
        Card(
            one,
            today.year,
            held,
            period,
            Facts(
                **seen.get(one.pk, {}),
                contributions=tuple(given[one.pk]),
                report=reports.get(one.pk),
                target=targets.get(one.pk),
                letter=letters.get(one.pk),
                chosen=tuple(chosen[one.pk]),
            ),
        )
        for one in found
    ]


def card_of(organisation: Organisation, now: datetime) -> Card:
    """As cards, of one."""
    (card,) = cards([organisation], now)
    return card


def _seen(pks: list[int], now: datetime) -> dict[int, dict[str, Any]]:
    """Who came to sessions that have begun, as the participation report counts: this year, ever."""
    held = Attendance.objects.present().filter(
        organisation__in=pks,
        session__published_at__isnull=False,
        session__cancelled_at=None,
        session__starts_at__lte=now,
    )
    this_year = Q(session__starts_at__year=timezone.localdate(now).year)
    rows = held.order_by().values("organisation")
    counted = rows.annotate(
        attended=Count("session", distinct=True, filter=this_year),
        occasions=Count("pk", filter=this_year),
        people=Count("person", distinct=True, filter=this_year),
        attended_ever=Count("session", distinct=True),
        latest_at=Max("session__starts_at"),
    )
    names = ("attended", "occasions", "people", "attended_ever", "latest_at")
    found = counted.values_list("organisation", *names)
    return {owner: dict(zip(names, figures, strict=True)) for owner, *figures in found}


def _contributions(pks: list[int], today: date) -> dict[int, list[Contribution]]:
    """Of this year, the latest first; what is still to come is none yet."""
    found: dict[int, list[Contribution]] = defaultdict(list)
    of_year = Contribution.objects.standing().filter(
        organisation__in=pks, on__year=today.year, on__lte=today
    )
    for one in of_year:
        found[one.organisation_id].append(one)
    return found


def _reports(pks: list[int], year: int) -> dict[int, SharedReport]:
    """The first that was shared of *year*."""
    shared = SharedReport.objects.standing().filter(organisation__in=pks, year=year)
    return {one.organisation_id: one for one in shared.order_by("-pk")}


def _chosen(pks: list[int], of_term: dict[str, Any]) -> dict[int, list[Chosen]]:
    """The challenges taken on in the term, in the roadmap's order. Two queries."""
    under: dict[tuple[int, int | None], list[tuple[int, bool]]] = defaultdict(list)
    alive = Measure.objects.exclude(status=MeasureStatus.CANCELLED).order_by("pk")
    of_challenges = alive.filter(organisation__in=pks, challenge__isnull=False)
    for owner, challenge, pk, at in of_challenges.values_list(
        "organisation", "challenge", "pk", "published_at"
    ):
        under[owner, challenge].append((pk, at is not None))
    adopted = ChallengeAdoption.objects.standing().filter(**of_term).select_related("challenge")
    found: dict[int, list[Chosen]] = defaultdict(list)
    for one in adopted.order_by(
        "challenge__focus_area__position", "challenge__position", "challenge"
    ):
        measures = under[one.organisation_id, one.challenge_id]
        drafts = (pk for pk, is_public in measures if not is_public)
        public = sum(is_public for _pk, is_public in measures)
        is_achieved = one.state == AdoptionState.ACHIEVED
        draft = None if public else next(drafts, None)
        found[one.organisation_id].append(Chosen(one.challenge, is_achieved, public, draft))
    return found
