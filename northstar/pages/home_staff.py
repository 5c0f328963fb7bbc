"""The start pages of those who run the project: what needs them, whom to call, how it goes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.models import Attendance, LearningSession, LearningSessionQuerySet
from learning.surveys import results
from measures.contact import monday
from measures.figures.summary import summary
from northstar.pages.home_member import FEW
from partners.models import (
    BouncedAddress,
    Enquiry,
    EnquiryState,
    Membership,
    Message,
    MessageState,
    Organisation,
    OrganisationQuerySet,
    User,
)
from partners.post import main_stop

MANY = 50  # names that a start page lists at most
SEEN = timedelta(days=365)  # a partner from which nobody came for so long has gone quiet
LATELY = timedelta(days=30)  # most partners have sent somebody since
MATERIAL_WITHIN = timedelta(days=60)  # later than that nobody waits for it
MONTHS = 13  # of a trend: this month, and the same a year ago
WIDTH, HEIGHT = 240, 48  # the box a trend is drawn in

# What the queue is about, for when there is nothing to do about it.
SUBJECTS = {
    "failed_letters": _("e-mails"),
    "bounced": _("addresses that do not work"),
    "unanswered": _("questions and wishes to join"),
    "without_attendance": _("attendance"),
    "not_invited": _("people to invite"),
    "not_logged_in": _("invitations without an answer"),
    "without_contact": _("partners without a contact person"),
}

Context = dict[str, object]


@dataclass(frozen=True)
class Trend:
    """Numbers over time as a line, from nought to the highest."""

    values: list[Decimal]
    line: str  # the line's points, as SVG writes them
    field: str  # and those of the field beneath it
    end: str  # how high the last one stands


@dataclass(frozen=True)
class Month:
    """One month of sessions."""

    first: date
    attendances: int
    partners: int  # with somebody there


def lead(user: User, now: datetime) -> Context:
    """Seven queries."""
    coming = LearningSession.objects.live().with_places().coming(now)
    mine = coming.filter(lead=user).first()
    after = coming.exclude(pk=mine.pk) if mine else coming
    past = LearningSession.objects.live().past(now)
    held_lately = past.filter(ends_at__gt=now - MATERIAL_WITHIN).with_material()
    return {
        "stop": main_stop.standing(),
        "mine": mine,
        "coming": list(after[:FEW]),
        "answered": results.latest_shares(past.asked_about()[:FEW], now),
        "attendance_missing": list(_attendance_missing(now)[:FEW]),
        "material_missing": [one for one in held_lately[:MANY] if not one.material_count][:FEW],
        "drafts": list(_drafts()[:FEW]),
    }


def coordinator(now: datetime) -> Context:
    """Twenty queries at most; two more where a measure has changed."""
    stop = main_stop.standing()
    partners = Organisation.objects.partners()
    missing = _attendance_missing(now)
    new = Enquiry.objects.confirmed().filter(state=EnquiryState.NEW)
    asked = new.aggregate(count=Count("pk"), oldest=Min("confirmed_at"))
    queue = {
        **Membership.objects.contact_persons().how_far(),
        "without_contact": partners.without_contact_person().count(),
        "failed_letters": Message.objects.failed().count(),
        "bounced": BouncedAddress.objects.people().count(),
        "without_attendance": missing.count(),
        "unanswered": asked["count"],
    }
    done = [str(SUBJECTS[name]) for name, count in queue.items() if not count]
    quiet = _quiet(now)
    year = {"start": (now - SEEN).date().isoformat(), "end": now.date().isoformat()}
    return {
        **queue,
        "stop": stop,
        "held": Message.objects.filter(state=MessageState.WAITING).count() if stop else 0,
        "waiting": sum(1 for count in queue.values() if count) + bool(stop),
        "nothing_about": get_text_list(done, gettext("and")),
        "oldest_unanswered": asked["oldest"],
        "attendance_missing": list(missing[:FEW]),
        "calls": monday.calls(now),
        "quiet": quiet[:MANY],
        "quiet_count": len(quiet),
        "year": urlencode(year),
        "coming": list(LearningSession.objects.live().with_places().coming(now)[:FEW]),
        "today": timezone.localdate(now),
        **_trends(partners, len(quiet), now),
    }


def _drafts() -> LearningSessionQuerySet:
    drafts = LearningSession.objects.filter(published_at=None, cancelled_at=None)
    return drafts.order_by("starts_at", "pk")


def _attendance_missing(now: datetime) -> LearningSessionQuerySet:
    return LearningSession.objects.live().filter(attendance_taken_at=None).past(now)


def _quiet(now: datetime) -> list[dict[str, Any]]:
    """Partners from which nobody came for a year, and when somebody last did. One query.

    Most came lately, and are found together; only of the others each is looked for by itself.
    """
    present = Attendance.objects.present().exclude(organisation=None)
    lately = present.filter(session__starts_at__gt=now - LATELY)
    seen = present.filter(organisation=OuterRef("pk"), session__starts_at__gt=now - SEEN)
    ever = Attendance.objects.present().filter(organisation=OuterRef("pk")).order_by()
    last = ever.values("organisation").annotate(at=Max("session__starts_at"))
    partners = Organisation.objects.partners().exclude(pk__in=lately.values("organisation"))
    found = partners.filter(~Exists(seen)).annotate(last_at=Subquery(last.values("at")))
    rows = found.order_by("sort_name", "pk").values("name", "slug", "last_at")
    return [dict(row) for row in rows]


# How it goes


def _trends(partners: OrganisationQuerySet, quiet: int, now: datetime) -> Context:
    """Three queries at most; two more where a measure has changed."""
    months = _months(partners, now)
    this_year = timezone.localdate(now).year
    figures = summary(this_year)
    count = partners.count()
    return {
        "months": months,
        "this_month": months[-1],
        "more": max(0, months[-1].attendances - months[0].attendances),
        "fewer": max(0, months[0].attendances - months[-1].attendances),
        "attendance_trend": trend(Decimal(month.attendances) for month in months),
        "partners_count": count,
        "reached": count - quiet,
        "partners_trend": trend(Decimal(month.partners) for month in months),
        "expected": figures.expected,
        "years": figures.years,
        "years_trend": trend(row.total for row in figures.years),
        "in_force": next(row.total for row in figures.years if row.year == this_year),
    }


def _months(partners: OrganisationQuerySet, now: datetime) -> list[Month]:
    """The last months and this one, the oldest first; also those without a session. One query."""
    firsts = list(_firsts(timezone.localdate(now)))
    start = timezone.make_aware(datetime.combine(firsts[0], time()))
    came = Attendance.objects.present().filter(session__starts_at__range=(start, now))
    is_partner = Q(organisation__in=partners.values("pk"))
    by_month = came.annotate(month=TruncMonth("session__starts_at")).order_by().values("month")
    counted = by_month.annotate(
        n=Count("pk"), partners=Count("organisation", distinct=True, filter=is_partner)
    )
    found = {row["month"].date(): row for row in counted}
    nothing = {"n": 0, "partners": 0}
    return [
        Month(first, row["n"], row["partners"])
        for first in firsts
        for row in [found.get(first, nothing)]
    ]


def _firsts(today: date) -> Iterator[date]:
    for back in range(MONTHS - 1, -1, -1):
        years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        yield date(years, month + 1, 1)


def trend(numbers: Iterable[Decimal]) -> Trend:
    """Where the line of *numbers* goes; flat at the bottom where all are nought."""
    values = list(numbers)
    highest = max(values, default=Decimal(0)) or Decimal(1)
    step = (WIDTH - 8) / max(1, len(values) - 1)
    places = [
        (round(4 + number * step, 1), round(4 + float(1 - value / highest) * (HEIGHT - 8), 1))
        for number, value in enumerate(values)
    ]
    line = " ".join(f"{x:g},{y:g}" for x, y in places)
    field = f"{places[0][0]:g},{HEIGHT} {line} {places[-1][0]:g},{HEIGHT}" if places else ""
    return Trend(values, line, field, f"{places[-1][1]:g}" if places else "")
