"""What coordinators read about reminders of measures: what comes, what was done or missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import (
    Measure,
    MeasureReminder,
    MeasureReminderRun,
    MeasureReminderRunState,
)
from measures.reminders import due, mails, words
from measures.reminders.due import Due
from partners.models import Organisation, User

AHEAD = timedelta(days=30)
MOST_RUNS = 200  # that are read for what was done and missed lately
MOST_SHOWN = 20  # partners and days of each


@dataclass(frozen=True)
class Line:
    """A rule: what it says, how much it did so far."""

    rule: MeasureReminder
    words: str
    done: int  # measures
    missed: int


@dataclass(frozen=True)
class Coming:
    """Measures of a partner of which it will be reminded on a day."""

    at: datetime
    organisation: Organisation
    number: int


@dataclass(frozen=True)
class Became:
    """Measures of a partner, and what became of a reminder of them."""

    on: date
    organisation: Organisation
    number: int
    run: MeasureReminderRun  # one of them: they say the same

    @property
    def is_done(self) -> bool:
        return self.run.state == MeasureReminderRunState.DONE


@dataclass(frozen=True)
class Outlook:
    """All there is to read."""

    lines: list[Line]
    coming: list[Coming]
    done: list[Became]
    missed: list[Became]


def overview(now: datetime) -> Outlook:
    """The rules at *now*, and what they do. Four queries."""
    lines = _lines()
    runs = MeasureReminderRun.objects.select_related("measure__organisation")
    became = _became(runs.order_by("-noted_at", "-pk")[:MOST_RUNS])
    return Outlook(
        lines,
        coming(now, now + AHEAD, [line.rule for line in lines]),
        [one for one in became if one.is_done][:MOST_SHOWN],
        [one for one in became if not one.is_done][:MOST_SHOWN],
    )


def longest_silent() -> list[Measure]:
    """The measures of the partner that told of one of them longest ago, in that order. One query.

    What the e-mails are shown with; none where nothing is awaited.
    """
    awaited = Measure.objects.awaited().order_by("updated_at", "pk")
    theirs = awaited.filter(organisation=awaited.values("organisation")[:1])
    return list(theirs.select_related("organisation")[: mails.MOST_NAMED])


def previews(person: User) -> list[tuple[str, str]]:
    """Both e-mails, with what they are called, as *person* would read them. One query."""
    measures = longest_silent()
    if not measures:
        return []
    names = [_("To the partner’s people"), _("To the coordinators, when nobody is reached there")]
    return list(zip(names, mails.preview(measures[0].organisation, measures, person), strict=True))


def coming(
    now: datetime, until: datetime, rules: list[MeasureReminder] | None = None
) -> list[Coming]:
    """What *rules*, or all, will do after *now* and up to *until*, the next first.

    As the clock does it: what is due soon goes along. Three queries.
    """
    rules = due.rules() if rules is None else rules
    last = until + due.TOGETHER
    done = due.runs_since(now)
    to_come = due.of_days(rules, due.measures(rules, now, last), now, last)
    by_partner: dict[int, list[Due]] = {}
    for one in sorted(to_come, key=lambda one: one.at):
        if not due.is_done(done.get(one.occasion)):
            by_partner.setdefault(one.measure.organisation_id, []).append(one)
    found = [
        Coming(turn[0].at, turn[0].measure.organisation, len({one.measure.pk for one in turn}))
        for theirs in by_partner.values()
        for turn in _turns(theirs)
        if turn[0].at <= until
    ]
    return sorted(found, key=lambda one: (one.at, one.organisation.sort_name))


def _turns(theirs: list[Due]) -> list[list[Due]]:
    """What is due at one partner, in its order: the first of a turn takes along what is soon."""
    turns: list[list[Due]] = []
    for one in theirs:
        if turns and one.at <= turns[-1][0].at + due.TOGETHER:
            turns[-1].append(one)
        else:
            turns.append([one])
    return turns


def _lines() -> list[Line]:
    is_done = Q(runs__state=MeasureReminderRunState.DONE)
    counted = MeasureReminder.objects.standing().annotate(
        done=Count("runs", filter=is_done), missed=Count("runs", filter=~is_done)
    )
    return [Line(rule, words.in_words(rule), rule.done, rule.missed) for rule in counted]


def _became(runs: Iterable[MeasureReminderRun]) -> list[Became]:
    """By day, partner and outcome, in the order of *runs*."""
    found: dict[tuple[date, int, str, str], list[MeasureReminderRun]] = {}
    for run in runs:
        on = timezone.localdate(run.noted_at)
        key = (on, run.measure.organisation_id, run.state, run.because)
        found.setdefault(key, []).append(run)
    return [
        Became(key[0], these[0].measure.organisation, len(these), these[0])
        for key, these in found.items()
    ]
