from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from northstar.pages import partner_figures
from tests.builders import make_attendance, make_member, make_organisation, make_session


def test_a_story_is_bounded(bostaden, monkeypatch):
    monkeypatch.setattr(partner_figures, "TOLD", 2)
    person = make_member(bostaden)
    for days in (1, 2, 3):
        make_attendance(make_session(in_days=-days), person)
    told = partner_figures.story(bostaden, person)
    assert [event.on for event in told] == [
        timezone.localdate() - timedelta(days=days) for days in (1, 2)
    ]


def test_small_and_large_letters_are_one(db):
    for name in ("åsen", "Ålidhem", "Berg"):
        make_organisation(name)
    found = partner_figures.letters(partner_figures.Organisation.objects.partners(), 1)
    assert [(one.letter, one.page) for one in found] == [("B", 1), ("Å", 2)]


def test_sessions_a_visitor_may_not_know_are_told_in_one(bostaden):
    person = make_member(bostaden)
    for days in (1, 9, 30):
        make_attendance(make_session(in_days=-days), person)
    (told,) = partner_figures.story(bostaden, AnonymousUser())
    today = timezone.localdate()
    assert told.sessions == 3
    assert (told.since, told.on) == (today - timedelta(days=30), today - timedelta(days=1))
