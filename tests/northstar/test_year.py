"""A year of a coordinator: 56 partners, of which some cannot be reached, enquiries, mailings, gaps.

She acts for the municipality too, comes to the sessions and reads the news. Whoever raises a number
here says so.
"""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from measures.models import Measure, MeasureReminderRun
from partners.models import ClockGap, Membership, MembershipRole, Message
from partners.post.kinds import Kind
from tests.builders import (
    make_bounced,
    make_enquiry,
    make_measure,
    make_member,
    make_organisation,
)
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

MOST = 40  # unasked letters a year
PARTNERS = 56
UNREACHED = 4  # partners where no e-mail reaches anybody
MEASURES = 2  # of each
GAPS = [date(YEAR, 3, 8), date(YEAR, 9, 20), date(YEAR, 11, 2)]


def the_partnership():
    """Each partner with a contact person, and measures told of at one time or another."""
    measures = []
    for n in range(PARTNERS):
        partner = make_organisation(f"Partner {n:02}")
        contact = make_member(partner, "Kontakt", role=MembershipRole.CONTACT_PERSON)
        if n < UNREACHED:
            make_bounced(contact)
        for m in range(MEASURES):
            told = timezone.now() - timedelta(days=(37 * n + 61 * m) % 175)
            made = make_measure(partner, f"Åtgärd {n}.{m}", published_at=told, created_by=contact)
            measures.append((made.pk, told))
    for pk, told in measures:
        Measure.objects.filter(pk=pk).update(created_at=told, updated_at=told)


def answer(now):
    """All say that nothing is new, a while after they were asked; who is called as well."""
    asked = MeasureReminderRun.objects.done().filter(noted_at__lte=now - timedelta(days=7))
    silent = Measure.objects.filter(updated_at__lt=now - timedelta(days=160))
    silent.filter(pk__in=asked.values("measure")).update(updated_at=now)


def test_a_coordinator_of_56_partners_gets_few_letters_unasked_and_few_reminders(
    kim, lo, time_machine
):
    time_machine.move_to(at(date(YEAR, 1, 1), 12), tick=False)
    the_partnership()
    municipality = make_organisation("Umeå kommun")
    Membership.objects.create(person=kim, organisation=municipality)
    sessions = four_sessions([kim], lo)
    for month in SEASON:
        news(lo, date(YEAR, month, 15), ["partners.without_contact"])
    news(kim, date(YEAR, 3, 16), ["partners.contacts"])
    asked_on = {date(YEAR, month, day) for month in SEASON for day in (3, 10, 24)}

    for moment, is_near in moments(sessions):
        time_machine.move_to(moment, tick=False)
        now, today = timezone.now(), moment.date()
        while asked_on and min(asked_on) <= today:
            asked_on.remove(min(asked_on))
            make_enquiry()
        if today in GAPS and not ClockGap.objects.filter(ended_at__date=today).exists():
            stood = {"began_at": now - timedelta(hours=9), "ended_at": now - timedelta(minutes=5)}
            ClockGap.objects.create(**stood)
        for session in sessions if is_near else ():
            hold(session, [kim], lo)
        go_by(is_near_a_session=is_near)
        if today.weekday() == 0:
            answer(now)

    letters = sent_to(kim)
    counted = by_kind(letters)
    print(counted)
    assert counted["UNASKED"] <= MOST
    assert counted == {"UNASKED": 16, "REMINDER": 48, "OWN": 4}
    assert nobody_is_nagged(letters)
    calls = days_of([one for one in letters if "to_call" in one.letter], Kind.REMINDER)
    assert len(calls) == 8
    assert len(set(calls)) == len(calls)
    assert not Message.objects.filter(state__in=["waiting", "failed"]).exists()
