"""When each reason holds, and when it does not."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from measures.contact.reasons import Contact, Known, reasons_of
from measures.models import STANDARD_POINTS, CallReason
from measures.standing.card import Card, Facts
from tests.builders import make_person
from tests.promise_builders import make_letter_of_intent, make_period, make_shared_report

NOW = timezone.make_aware(datetime(2026, 11, 30, 8))


def kinds(known, now=NOW):
    return [reason.kind for reason in reasons_of(known, STANDARD_POINTS, now)]


@pytest.fixture
def reached(db):
    return [Contact(make_person("Cai", last_login=NOW), is_dead=False, invited_at=None)]


def known_of(organisation, reached, *, term=None, now=NOW, **fields):
    """One whose promise is kept so far as these reasons ask."""
    facts = Facts(
        latest_at=now - timedelta(days=1),
        report=make_shared_report(organisation, now.year - 1),
        letter=make_letter_of_intent(organisation, term) if term else None,
    )
    return Known(Card(organisation, now.year, 3, term, facts), reached, **fields)


def test_of_who_is_fine_nothing_is_asked(bostaden, reached):
    assert kinds(known_of(bostaden, reached, term=make_period(2025, 2027))) == []


@pytest.mark.parametrize(
    ("days", "asked"), [(181, []), (180, [CallReason.TERM_ENDS]), (1, [CallReason.TERM_ENDS])]
)
def test_a_term_that_ends_is_asked_about_half_a_year_before(bostaden, reached, days, asked):
    term = make_period(2026, 2026)
    now = timezone.make_aware(datetime(2026, 12, 31, 8)) - timedelta(days=days)
    known = known_of(bostaden, reached, term=term, now=now)
    assert kinds(known, now) == asked
    renewed = Known(known.card, reached, is_renewed=True)
    assert kinds(renewed, now) == []


@pytest.mark.parametrize(
    ("day", "asked"), [(date(2026, 1, 31), []), (date(2026, 2, 1), [CallReason.REPORT_LATE])]
)
def test_a_report_is_late_from_february_on(bostaden, reached, day, asked):
    now = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    facts = Facts(latest_at=now - timedelta(days=1))
    assert kinds(Known(Card(bostaden, 2026, 1, None, facts), reached), now) == asked


def test_a_contact_person_is_active_if_one_of_them_can_be_reached(bostaden, reached):
    long_ago, lately = NOW - timedelta(days=31), NOW - timedelta(days=29)
    never = make_person("Nina")
    dead = Contact(make_person("Doris", last_login=NOW), is_dead=True, invited_at=None)

    def texts(*contacts):
        known = known_of(bostaden, list(contacts))
        known.card.facts.report.delete()
        return [reason.text for reason in reasons_of(known, STANDARD_POINTS, NOW)]

    assert texts() == ["Har ingen kontaktperson"]
    assert texts(dead) == ["Mejl till Doris kommer tillbaka"]
    assert texts(dead, *reached) == []
    assert texts(Contact(never, is_dead=False, invited_at=lately)) == []
    waits = Contact(never, is_dead=False, invited_at=long_ago)
    assert texts(waits) == ["Kontaktpersonen har inte svarat på inbjudan"]


def test_a_reason_that_counts_nothing_is_none(bostaden):
    points = {**STANDARD_POINTS, CallReason.NO_CONTACT: 0}
    assert reasons_of(known_of(bostaden, []), points, NOW) == []
