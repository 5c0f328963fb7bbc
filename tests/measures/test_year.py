"""A year of a contact person: four measures, one of them told of late, and all that members get.

Whoever raises a number here says so.
"""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from measures.models import Measure
from measures.progress import reporting
from partners.models import Message
from partners.post.kinds import Kind
from tests.builders import make_stale
from tests.years import (
    SEASON,
    YEAR,
    at,
    by_kind,
    days_of,
    four_sessions,
    go_by,
    hold,
    moments,
    news,
    nobody_is_nagged,
    sent_to,
)

pytestmark = pytest.mark.django_db

MOST = 18  # unasked letters a year
# Days since they were last told of, on the first day of the year: spread, as people work.
SILENT_FOR = [170, 120, 45, 10]
LATE = timedelta(days=40)  # after it was asked about somebody tells of one


def reminded_of(measure, now):
    """When it was asked about last, in the silence that lasts."""
    asked = measure.reminder_runs.done().filter(told_at=measure.updated_at)
    run = asked.order_by("noted_at").first()
    return None if run is None else now - run.noted_at


def answer(measures, cai, now):
    """One is told of late, of two nothing is new within days, of one nobody ever tells."""
    late, first, second, _never = measures
    for measure, after in ((late, LATE), (first, timedelta(days=2)), (second, timedelta(days=5))):
        measure.refresh_from_db()
        since = reminded_of(measure, now)
        if since is not None and since >= after:
            if measure == late and not measure.reports.exists():
                told = {"status": "in_progress", "text": "Klart till hälften.", "reduction_t": None}
                reporting.report_progress(measure, told | {"method": "not_quantified"}, {}, by=cai)
            else:
                reporting.no_news(measure, by=cai)


def test_a_contact_person_of_four_measures_gets_few_letters_unasked_and_few_reminders(
    bostaden, cai, lo, time_machine
):
    time_machine.move_to(at(date(YEAR, 1, 1), 12), tick=False)
    measures = [
        make_stale(bostaden, f"Åtgärd {days}", days=days, status="in_progress")
        for days in SILENT_FOR
    ]
    sessions = four_sessions([cai], lo)
    for month in SEASON:
        news(lo, date(YEAR, month, 15), ["partners.contacts", "partners.members"])

    for moment, is_near in moments(sessions):
        time_machine.move_to(moment, tick=False)
        for session in sessions if is_near else ():
            hold(session, [cai], lo)
        go_by(is_near_a_session=is_near)
        answer(measures, cai, timezone.now())

    letters = sent_to(cai)
    counted = by_kind(letters)
    print(counted)
    assert counted["UNASKED"] <= MOST
    assert counted == {"UNASKED": 16, "REMINDER": 13, "OWN": 4}
    assert nobody_is_nagged(letters)
    reminders = days_of([one for one in letters if "measures" in one.letter], Kind.REMINDER)
    assert len(reminders) == 9
    assert min(later - first for first, later in zip(reminders, reminders[1:], strict=False)) > (
        timedelta(days=14)
    )
    assert Measure.objects.get(pk=measures[0].pk).reports.count() == 2
    assert not Message.objects.filter(state__in=["waiting", "failed"]).exists()
