"""What the clock will do in the days to come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.models import SessionReminder
from learning.reminders import due
from northstar.desk import coming
from tests.builders import make_mailing, make_organisation, make_session, make_stale, queued

pytestmark = pytest.mark.django_db


def test_reminders_and_surveys_stand_in_their_order(time_machine):
    time_machine.move_to("2027-03-08T12:00:00+00:00", tick=False)
    now = timezone.now()
    near = make_session("Elnät", in_days=3)
    make_session("Avblåst", in_days=3, cancelled_at=now)
    make_session("Utkast", in_days=3, published_at=None)
    make_session("Långt fram", in_days=30)
    far = make_session("Om åtta dagar", in_days=7.5)

    found = coming.coming(now)

    (standard,) = SessionReminder.objects.all()
    assert [(one.about, one.at) for one in found] == [
        ("Elnät", due.due_at(standard, near)),
        ("Elnät", near.ends_at + timedelta(hours=1)),
        ("Om åtta dagar", due.due_at(standard, far)),
    ]
    assert len({one.what for one in found}) == 2
    assert found[0].address == f"/traffar/{near.pk}/"


def test_a_mailing_that_waits_for_its_day_stands_there_too(kim):
    day = timedelta(days=1)
    queued(make_mailing(kim, subject_sv="I morgon"), in_minutes=24 * 60)
    queued(make_mailing(kim, subject_sv="Om åtta dagar"), in_minutes=8 * 24 * 60)
    make_mailing(kim, subject_sv="Utkast")
    (found,) = coming.coming(timezone.now())
    assert (found.what, found.about) == ("Utskick", "I morgon")
    assert abs(found.at - timezone.now() - day) < timedelta(minutes=1)


@pytest.mark.parametrize("number", [1, 3])
def test_any_number_of_sessions_and_measures_is_seven_queries(
    number, time_machine, django_assert_num_queries
):
    time_machine.move_to("2027-03-08T12:00:00+00:00", tick=False)
    for at in range(number):
        make_session(f"Träff {at}", in_days=3)
        make_stale(make_organisation(f"Partner {at}"), days=177)
    with django_assert_num_queries(7):
        assert len(coming.coming(timezone.now())) == 3 * number


def test_of_measures_it_says_of_which_partner_and_how_many(time_machine, bostaden):
    time_machine.move_to("2027-03-08T12:00:00+00:00", tick=False)
    for title in ("Byt pump", "Laga tak"):
        make_stale(bostaden, title, days=177)
    make_stale(bostaden, "Långt fram", days=100)
    (found,) = coming.coming(timezone.now())
    assert (found.what, found.about) == ("Påminnelse om 2 åtgärder", "Bostaden")
    assert found.address == f"/partner/{bostaden.slug}/"
