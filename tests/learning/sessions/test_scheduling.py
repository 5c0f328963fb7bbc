import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.models import LearningSession, Series
from learning.places.registration import register
from learning.sessions import scheduling
from partners.models import Message
from tests.builders import make_letter, make_person, make_registration, make_session
from tests.races import at_once, neck_and_neck
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(ada, bo):
    """A session with one seat: Ada has it, Bo waits."""
    session = make_session(capacity=1)
    register(session, ada, by=ada)
    register(session, bo, by=bo)
    return LearningSession.objects.get(pk=session.pk)


def noon():
    """Of today: a session of some hours begins and ends on one day, whenever this is run."""
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


def save(session, by, **changes):
    """Save the plan of *session* with *changes*, by somebody who sees it as it is now."""
    session.refresh_from_db()
    plan = scheduling.plan_of(session) | changes
    return scheduling.save(session, plan, version=session.version, by=by)


def kinds(person, **which):
    letters = Message.objects.filter(recipient=person, **which).order_by("pk")
    return [message.letter.removeprefix("learning/") for message in letters]


def test_a_new_session_is_a_draft_led_by_who_made_it(lo):
    made = scheduling.create(scheduling.plan_of(make_session(published_at=None)), by=lo)
    assert (made.published_at, made.lead, made.created_by) == (None, lo, lo)


def test_a_new_series_begins_with_its_first_session_and_goes_on_with_the_next(lo):
    plan = scheduling.plan_of(make_session()) | {"series": "Våren"}
    first, second = (scheduling.create(plan, by=lo).series for _ in range(2))
    assert first == second == Series.objects.get(title_sv="Våren")


def test_more_seats_go_to_the_queue(full, bo, lo):
    save(full, lo, capacity=2)
    assert full.registrations.get(person=bo).state == "confirmed"
    assert kinds(bo)[-1] == "seat_from_queue"


def test_unlimited_seats_empty_the_queue(full, lo):
    save(full, lo, capacity=None)
    assert full.registrations.queued().count() == 0


def test_with_fewer_seats_nobody_loses_theirs(full, lo):
    save(full, lo, capacity=2)
    save(full, lo, capacity=1)
    assert full.registrations.confirmed().count() == 2


def test_another_time_is_told_to_all_with_a_place_and_updates_calendars(full, ada, bo, lo):
    week = timedelta(days=7)
    save(full, lo, starts_at=full.starts_at + week, ends_at=full.ends_at + week)

    assert kinds(ada, state="waiting") == ["session_moved"]
    assert kinds(bo, state="waiting") == ["session_moved"]
    told = Message.objects.get(recipient=ada, state="waiting")
    assert told.subject.startswith("Ny tid: ")
    assert (told.calendar_method, "SEQUENCE:10" in told.calendar) == ("REQUEST", True)
    assert Message.objects.get(recipient=bo, state="waiting").calendar == ""


def test_who_waits_is_not_told_the_meeting_link(full, ada, bo, lo):
    save(full, lo, mode="hybrid", meeting_url="https://meet.example/hemlig")
    assert "hemlig" in Message.objects.get(recipient=ada, state="waiting").text
    assert "hemlig" not in Message.objects.get(recipient=bo, state="waiting").text


CHANGES = ["learning/session_moved", "learning/session_changed"]


def test_another_title_writes_to_nobody(full, lo):
    save(full, lo, title_sv="Budget")
    assert not Message.objects.filter(letter__in=CHANGES).exists()


@pytest.mark.parametrize("name", ["title_sv", "title_en", "summary_sv", "summary_en", "venue"])
def test_whatever_the_entry_says_makes_the_next_one_newer(full, lo, name):
    before = full.ical_sequence
    assert save(full, lo, **{name: "Annat"}).ical_sequence == before + 1


def test_seats_are_nothing_to_a_calendar(full, lo):
    before = full.ical_sequence
    assert save(full, lo, capacity=9).ical_sequence == before


def test_cancelling_tells_everybody_why_and_clears_their_calendars(full, ada, bo, lo):
    scheduling.cancel(full, text="Föreläsaren är sjuk.", by=lo)
    scheduling.cancel(full, by=lo)

    assert kinds(ada, state="waiting") == kinds(bo, state="waiting") == ["session_cancelled"]
    told = Message.objects.get(recipient=ada, state="waiting")
    assert "Föreläsaren är sjuk." in told.text
    assert (told.calendar_method, "METHOD:CANCEL" in told.calendar) == ("CANCEL", True)


@pytest.mark.parametrize("people", [1, 3, 30])
def test_cancelling_costs_the_same_for_any_number_of_people(people, lo, django_assert_num_queries):
    session = make_session(capacity=20)
    for number in range(people):
        make_registration(session, make_person(f"Person {number}"), seated_at=timezone.now())
    with django_assert_num_queries(12):
        scheduling.cancel(session, by=lo)
    assert Message.objects.filter(letter="learning/session_cancelled").count() == people


def test_a_session_that_is_over_is_not_cancelled(lo):
    with pytest.raises(ValidationError) as refusal:
        scheduling.cancel(make_session(in_days=-2), by=lo)
    assert refusal.value.code == "past"


def test_publishing_twice_keeps_the_first_moment_and_who_did_it(lo, kim):
    session = scheduling.publish(make_session(published_at=None), by=lo)
    again = scheduling.publish(session, by=kim)
    assert again.published_at == session.published_at <= timezone.now()
    assert again.published_by == lo


def test_a_cancelled_session_is_not_published(lo):
    session = make_session(published_at=None, cancelled_at=timezone.now())
    with pytest.raises(ValidationError):
        scheduling.publish(session, by=lo)


def test_who_changed_and_who_cancelled_is_kept(full, lo, kim):
    save(full, lo, title_sv="Budget")
    scheduling.cancel(full, by=kim)
    scheduling.cancel(full, by=lo)
    full.refresh_from_db()
    assert (full.updated_by, full.version, full.cancelled_by) == (lo, 2, kim)


def test_the_second_who_saves_does_not_take_back_what_the_first_changed(full, lo, kim):
    seen = scheduling.plan_of(full)
    scheduling.save(full, seen | {"venue": "Rådhuset"}, version=1, by=kim)
    with pytest.raises(ValidationError) as refusal:
        scheduling.save(full, seen | {"title_sv": "Budget"}, version=1, by=lo)
    assert refusal.value.code == "changed"
    assert "Kim Krans" in refusal.value.messages[0]
    full.refresh_from_db()
    assert (full.venue, full.title_sv) == ("Rådhuset", seen["title_sv"])


def test_a_second_click_is_no_quarrel_and_writes_no_second_letter(full, ada, lo):
    plan = scheduling.plan_of(full) | {"venue": "Rådhuset"}
    scheduling.save(full, plan, version=1, by=lo)
    assert scheduling.save(full, plan, version=1, by=lo).version == 2
    assert kinds(ada).count("session_changed") == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_saved_and_the_other_told(lo):
    session = make_session()
    plan = scheduling.plan_of(session)

    results = at_once(
        lambda: scheduling.save(session, plan | {"venue": "Här"}, version=1, by=lo),
        lambda: scheduling.save(session, plan | {"venue": "Där"}, version=1, by=lo),
    )

    refused = [result for result in results if isinstance(result, ValidationError)]
    assert [refusal.code for refusal in refused] == ["changed"]
    session.refresh_from_db()
    assert session.version == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_cancel_at_once_one_writes_the_letter(ada, lo, kim):
    session = make_session()
    register(session, ada, by=ada)

    results = at_once(
        lambda: scheduling.cancel(session, text="Sjuk.", by=lo),
        lambda: scheduling.cancel(session, text="Sjuk.", by=kim),
    )

    assert all(isinstance(result, LearningSession) for result in results)
    assert len({result.cancelled_by for result in results}) == 1
    assert kinds(ada).count("session_cancelled") == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_and_a_cancellation_at_once_end_cancelled(ada, lo, kim):
    session = make_session()
    register(session, ada, by=ada)
    plan = scheduling.plan_of(session) | {"venue": "Här"}

    results = at_once(
        lambda: scheduling.save(session, plan, version=1, by=lo),
        lambda: scheduling.cancel(session, by=kim),
    )

    assert all(isinstance(result, LearningSession) for result in results)
    session.refresh_from_db()
    assert (session.venue, session.cancelled_by) == ("Här", kim)
    assert kinds(ada, state="waiting") == ["session_cancelled"]


def test_people_are_told_what_differs_from_what_they_were_told(full, ada, bo, lo):
    """Nobody reads of a change that is taken back while the letters about it wait."""
    Message.objects.filter(recipient=bo).update(state="sent", sent_at=timezone.now())
    start, end, week = full.starts_at, full.ends_at, timedelta(days=7)
    save(full, lo, starts_at=start + week, ends_at=end + week)
    save(full, lo, venue="Rådhuset")
    told = Message.objects.get(recipient=ada, state="waiting")
    assert told.subject.startswith("Ny tid: ")
    assert "Rådhuset" in told.text

    save(full, lo, starts_at=start, ends_at=end, venue="Väven, plan 4")
    assert kinds(bo, state="waiting") == []
    assert kinds(ada, state="waiting") == ["session_changed"], "their first letter never left"


def test_a_change_that_was_read_and_is_taken_back_is_told(full, ada, bo, lo):
    start, end, week = full.starts_at, full.ends_at, timedelta(days=7)
    Message.objects.update(state="sent", sent_at=timezone.now())
    save(full, lo, starts_at=start + week, ends_at=end + week)
    Message.objects.filter(state="waiting").update(state="sent", sent_at=timezone.now())
    save(full, lo, starts_at=start, ends_at=end)
    for person in (ada, bo):
        assert Message.objects.get(recipient=person, state="waiting").subject.startswith("Ny tid: ")

    save(full, lo, starts_at=start + week, ends_at=end + week)
    for person in (ada, bo):
        assert kinds(person, state="waiting") == [], "they read of this time already"


def test_a_letter_in_hand_may_have_been_read(full, ada, lo):
    Message.objects.update(state="sent", sent_at=timezone.now())
    save(full, lo, venue="Rådhuset")
    Message.objects.filter(recipient=ada, state="waiting").update(claim=uuid.uuid4())
    save(full, lo, venue="Väven, plan 4")
    assert "Väven" in Message.objects.get(recipient=ada, state="waiting").text


def test_another_meeting_link_is_told_to_those_who_know_the_link(full, ada, bo, lo):
    Message.objects.update(state="sent", sent_at=timezone.now())
    save(full, lo, meeting_url="https://meet.example/b")
    assert kinds(ada, state="waiting") == ["session_changed"]
    assert kinds(bo, state="waiting") == []


@pytest.mark.parametrize("people", [1, 3, 30])
def test_moving_costs_the_same_for_any_number_of_people(people, lo, django_assert_num_queries):
    session = make_session(capacity=40)
    for number in range(people):
        place = make_registration(session, make_person(f"P {number}"), seated_at=timezone.now())
        make_letter(place.person, key=f"learning.place:{session.pk}:{place.pk}:seat_confirmed")
    plan = scheduling.plan_of(session) | {"venue": "Rådhuset"}
    with django_assert_num_queries(17):
        scheduling.save(session, plan, version=session.version, by=lo)
    assert Message.objects.filter(letter="learning/session_changed").count() == people


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_the_same_series_at_once_begin_one(lo, kim):
    plan = scheduling.plan_of(make_session()) | {"series": "Resor"}
    made = neck_and_neck(
        lambda: scheduling.create(plan | {"title_sv": "Ett"}, by=lo),
        lambda: scheduling.create(plan | {"title_sv": "Två"}, by=kim),
    )
    assert made[0].series == made[1].series
    assert Series.objects.filter(title_sv="Resor").count() == 1


@pytest.mark.parametrize(
    ("in_days", "is_published", "status"),
    [(7, True, 422), (7, False, 302), (-2, True, 302)],
    ids=["people wait for it", "a draft", "held, on another day than was written"],
)
def test_what_people_wait_for_is_not_moved_into_the_past(as_, lo, in_days, is_published, status):
    session = make_session(starts_at=noon() + timedelta(days=in_days))
    if not is_published:
        LearningSession.objects.filter(pk=session.pk).update(published_at=None)
    edit = f"/traffar/{session.pk}/andra/"
    typed = read(as_(lo).get(edit)).values() | {"day": "2020-04-08"}
    answer = as_(lo).post(edit, typed)
    assert answer.status_code == status
    has_been = "Den dagen har varit. En träff som går att anmäla sig till flyttas till en kommande"
    assert (has_been in answer.content.decode()) == (status == 422)
    assert ('value="2020-04-08"' in answer.content.decode()) == (status == 422)
    session.refresh_from_db()
    assert (session.starts_at.year == 2020) == (status == 302)


def test_a_day_that_has_been_is_all_that_is_wrong_with_it(as_, lo):
    opened = timezone.now() - timedelta(days=1)
    session = make_session(starts_at=noon() + timedelta(days=7), registration_opens_at=opened)
    edit = f"/traffar/{session.pk}/andra/"
    typed = read(as_(lo).get(edit)).values() | {"day": "2020-04-08"}
    assert read(as_(lo).post(edit, typed)).faulty() == ["day"]
