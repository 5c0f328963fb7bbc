"""Noting who came, on a phone: few presses, nothing lost, with JavaScript and without."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from learning.models import Attendance
from tests.builders import make_member, make_organisation, make_registration, make_session


@pytest.fixture
def full_house(db):
    """A session of yesterday with 24 people."""
    organisation = make_organisation("Bostaden")
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    session = make_session(starts_at=noon - timedelta(days=1))
    for number in range(24):
        make_registration(session, make_member(organisation, f"Gäst {number:02}"))
    return session


class Presses:
    """Counts what a person presses."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def on(self, goal):
        self.count += 1
        goal.click()


def marks(session):
    return sorted(session.attendances.values_list("person__name", "status"))


@pytest.mark.parametrize("javascript", [True, False])
def test_twenty_four_who_all_came_take_at_most_four_presses(open_page, full_house, lo, javascript):
    page = open_page("/", lo, width=360, javascript=javascript)
    press = Presses(page)
    press.on(page.locator("main a[href$='/narvaro/']").first)
    press.on(page.get_by_role("button", name="Sätt resten till Kom"))
    page.get_by_text("Närvaron är sparad.").first.wait_for()
    assert press.count <= 4
    assert {status for _, status in marks(full_house)} == {"present"}
    full_house.refresh_from_db()
    assert full_house.attendance_taken_at is not None


@pytest.mark.parametrize("javascript", [True, False])
def test_an_exception_takes_one_press_more_and_word_sent_two(open_page, full_house, lo, javascript):
    page = open_page(f"/traffar/{full_house.pk}/narvaro/", lo, width=360, javascript=javascript)
    press = Presses(page)
    row = page.locator(".attendee").nth(3)
    press.on(row.get_by_text("Kom inte", exact=True))
    assert press.count == 1
    other = page.locator(".attendee").nth(5)
    press.on(other.locator("summary"))
    press.on(other.get_by_text("anmälde förhinder"))
    assert press.count == 3
    press.on(page.get_by_role("button", name="Sätt resten till Kom"))
    page.get_by_text("Närvaron är sparad.").first.wait_for()
    found = dict(marks(full_house))
    assert found.pop("Gäst 03") == "absent"
    assert found.pop("Gäst 05") == "excused"
    assert set(found.values()) == {"present"}


@pytest.mark.parametrize("javascript", [True, False])
def test_who_came_later_or_left_earlier_takes_two_presses(open_page, full_house, lo, javascript):
    page = open_page(f"/traffar/{full_house.pk}/narvaro/", lo, width=360, javascript=javascript)
    press = Presses(page)
    row = page.locator(".attendee").nth(2)
    press.on(row.locator("summary"))
    press.on(row.get_by_text("var med").first)
    assert press.count == 2
    if javascript:
        page.get_by_text("1 av 24 noterade").wait_for()
        assert marks(full_house) == [("Gäst 02", "present")]
    press.on(page.get_by_role("button", name="Sätt resten till Kom"))
    page.get_by_text("Närvaron är sparad.").first.wait_for()
    part = full_house.attendances.get(minutes_present__isnull=False)
    quarter = (full_house.ends_at - full_house.starts_at).total_seconds() // 60 // 4
    assert (part.person.name, part.minutes_present) == ("Gäst 02", quarter)
    assert full_house.attendances.present().count() == 24


def test_a_tick_is_kept_without_saving_and_can_be_changed(open_page, full_house, lo):
    page = open_page(f"/traffar/{full_house.pk}/narvaro/", lo, width=360)
    row = page.locator(".attendee").first
    row.get_by_text("Kom", exact=True).click()
    page.get_by_text("1 av 24 noterade").wait_for()
    assert marks(full_house) == [("Gäst 00", "present")]
    row.get_by_text("Kom inte", exact=True).click()
    expect(page.locator("[name^=was-]").first).to_have_value("absent")
    assert marks(full_house) == [("Gäst 00", "absent")]
    assert page.problems == []


def test_the_list_narrows_while_a_name_is_written_and_the_ticks_stay(open_page, full_house, lo):
    page = open_page(f"/traffar/{full_house.pk}/narvaro/", lo, width=360)
    page.locator(".attendee").nth(1).get_by_text("Kom", exact=True).click()
    page.get_by_label("Namn eller organisation").fill("gäst 07")
    assert page.locator(".attendee:visible").count() == 1
    page.locator(".attendee:visible").get_by_text("Kom", exact=True).click()
    page.get_by_text("2 av 24 noterade").wait_for()
    page.get_by_label("Namn eller organisation").fill("")
    assert page.locator(".attendee:visible").count() == 24
    assert [name for name, _ in marks(full_house)] == ["Gäst 01", "Gäst 07"]


def test_four_people_and_the_button_stand_on_the_first_screen(open_page, full_house, lo):
    page = open_page(f"/traffar/{full_house.pk}/narvaro/", lo, width=360)
    page.set_viewport_size({"width": 360, "height": 740})
    bar = page.locator(".save-bar").bounding_box()
    above = [
        box["y"]
        for row in page.locator(".attendee").all()
        if (box := row.bounding_box()) and box["y"] + 40 < bar["y"]
    ]
    assert len(above) >= 4
    assert bar["y"] + bar["height"] <= 741


def test_a_person_is_noted_by_the_keyboard_alone(open_page, full_house, lo):
    page = open_page(f"/traffar/{full_house.pk}/narvaro/", lo)
    page.locator(".attendee").first.locator("input[value=present]").focus()
    page.keyboard.press("Space")
    page.get_by_text("1 av 24 noterade").wait_for()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name^=was-]").first).to_have_value("absent")
    assert Attendance.objects.get().status == "absent"
