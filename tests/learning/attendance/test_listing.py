"""What a page with the list says, and of whom it says nothing."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from learning.attendance import listing, taking
from learning.attendance.listing import Line
from learning.attendance.taking import Part
from learning.models import Attendance, LearningSession
from partners.models import User
from tests.reading import read

ADA, BO = User(pk=1, name="Ada"), User(pk=2, name="Bo")


@pytest.fixture
def lines():
    return [
        Line(ADA, None, "unknown", "unknown", walked_in=False),
        Line(BO, None, "present", "present", walked_in=False),
    ]


def said(lines, **posted):
    query = QueryDict(mutable=True)
    query.update({name.replace("_", "-"): value for name, value in posted.items()})
    return listing.said(lines, query)


def test_what_nobody_touched_is_not_said(lines):
    found = said(lines, person_1="absent", was_1="unknown", person_2="present", was_2="present")
    assert found.changed == {1: "absent"}
    assert found.is_whole


def test_a_page_that_does_not_say_what_it_showed_speaks_of_all_it_marks(lines):
    assert said(lines, person_1="absent", person_2="present").changed == {1: "absent", 2: "present"}


@pytest.mark.parametrize(
    "word", ["", "maybe", "<b>", "part-0", "part-", "part-99999", "part--5", "part-5.5"]
)
def test_a_page_without_a_mark_for_somebody_is_not_whole(lines, word):
    assert not said(lines, person_1=word, was_1="unknown", person_2="present").is_whole


def test_a_part_of_the_time_is_a_mark_with_its_minutes(lines):
    found = said(lines, person_1="part-45", was_1="unknown", person_2="part-30", was_2="part-30")
    assert found.changed == {1: Part(45)}
    assert found.shown == {1: None, 2: Part(30)}
    shown = listing.ticked(lines, found, {})[0]
    assert (shown.status, shown.minutes) == ("part-45", 45)
    assert listing.with_the_rest_present(lines, found) == {1: Part(45)}


def test_quarters_of_the_session_can_be_chosen():
    start = timezone.now()
    session = LearningSession(starts_at=start, ends_at=start + timedelta(minutes=150))
    assert listing.parts(session) == [37, 75, 112]
    session.ends_at = start + timedelta(minutes=2)
    assert listing.parts(session) == [1]


def test_somebody_noted_since_the_page_was_made_is_not_asked_for(lines):
    assert said(lines, person_1="absent", was_1="unknown").is_whole


def test_the_rest_is_whom_neither_the_list_nor_the_page_says_anything_of(lines):
    nothing = said(lines, person_1="unknown", was_1="unknown", person_2="present", was_2="present")
    assert listing.with_the_rest_present(lines, nothing) == {1: "present"}
    absent = said(lines, person_1="absent", was_1="unknown", person_2="present", was_2="present")
    assert listing.with_the_rest_present(lines, absent) == {1: "absent"}


def test_the_rest_is_of_the_page_where_a_list_has_several(lines):
    one = Line(User(pk=3, name="Cy"), None, "unknown", "unknown", walked_in=False)
    page = said(lines, person_1="unknown", was_1="unknown")
    assert listing.with_the_rest_present([*lines, one], page) == {1: "present"}


def test_ticks_stand_beside_what_is_kept_and_what_nobody_touched_is_as_it_is_kept(lines):
    touched = said(lines, person_1="excused", was_1="unknown", person_2="absent", was_2="absent")
    shown = listing.ticked(lines, touched, {})
    assert [(line.status, line.shown) for line in shown] == [
        ("excused", "unknown"),
        ("present", "present"),
    ]


def test_where_nothing_was_kept_a_line_remembers_what_its_page_showed(lines):
    touched = said(lines, person_1="unknown", was_1="unknown", person_2="excused", was_2="unknown")
    refused, asked = listing.ticked(lines, touched, None), listing.ticked(lines, touched, {2: "?"})
    assert [(line.status, line.shown) for line in refused][1] == ("excused", "unknown")
    assert [(line.status, line.shown, line.disputed) for line in asked][1] == (
        "excused",
        "present",
        "?",
    )


@pytest.mark.django_db
def test_the_bar_tells_when_somebody_was_last_noted(as_, held, ada, bo, lo):
    page, address = as_(lo), f"/traffar/{held.pk}/narvaro/"
    taking.take(held, {ada.pk: "present", bo.pk: "absent"}, by=lo)
    early, late = timezone.now() - timedelta(minutes=90), timezone.now() - timedelta(minutes=30)
    LearningSession.objects.filter(pk=held.pk).update(attendance_taken_at=early)
    Attendance.objects.filter(person=ada).update(recorded_at=early)
    Attendance.objects.filter(person=bo).update(recorded_at=late)
    (state,) = read(page.get(address)).all("p", id="attendance-state")
    clock = date_format(timezone.localtime(late), "H.i")
    assert state.text.replace("kl. ", "").endswith(f"Sparat {clock}")
