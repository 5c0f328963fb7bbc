"""The page of material: what is there, and telling of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import MaterialTelling
from partners.choices import choosing
from partners.models import Message, Topic
from partners.post import main_stop
from tests.builders import make_attendance, make_bounced, make_link, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_working_day(time_machine):
    time_machine.move_to("2027-04-08T18:00:00+00:00", tick=False)


@pytest.fixture
def held(ada, lo):
    session = make_session(in_days=-1, lead=lo, attendance_taken_at=timezone.now())
    make_attendance(session, ada)
    make_link(session)
    return session


def page(session, name="material_upload"):
    return reverse(name, kwargs={"pk": session.pk})


def test_a_press_tells_and_another_takes_it_back(as_, lo, held):
    browser = as_(lo)
    text = read(browser.get(page(held))).text
    assert "1 material är nytt. 1 person får ett mejl, tidigast fredag 9 april 2027" in text
    answer = browser.post(page(held, "material_tell"), follow=True)
    text = read(answer).text
    assert "1 person får ett mejl, tidigast fredag 9 april 2027 kl. 09.00." in text
    assert "1 mejl väntar, 0 har skickats." in text
    assert "Inget nytt har kommit sedan ni berättade senast." in text
    answer = browser.post(page(held, "material_tell_back"), follow=True)
    assert "1 mejl skickas inte." in read(answer).text
    assert MaterialTelling.objects.get().taken_back_by == lo


def test_who_is_not_reached_is_named_before_and_after(as_, lo, bo, kim, held):
    make_bounced(bo)
    choosing.switch_off(kim, [Topic.NEWS])
    for person in (bo, kim):
        make_attendance(held, person)
    browser = as_(lo)
    text = read(browser.get(page(held))).text
    assert "1 person får ett mejl" in text
    assert f"1 person får det inte: {bo}." in text
    assert "1 har stängt av sådana mejl" in text
    answer = browser.post(page(held, "material_tell"), follow=True)
    text = read(answer).text
    assert "1 mejl väntar, 0 har skickats." in text
    assert f"2 personer får det inte: {bo}, {kim}." in text


def test_while_all_is_stopped_it_says_so(as_, lo, kim, held):
    main_stop.stop("fel länk", by=kim)
    text = read(as_(lo).post(page(held, "material_tell"), follow=True)).text
    assert "Alla mejl är stoppade, så det väntar tills någon släpper på dem." in text
    assert f"{kim} stoppade alla mejl" in text


def test_a_letter_says_who_took_it_back_and_when(as_, lo, kim, held):
    browser = as_(lo)
    browser.post(page(held, "material_tell"))
    browser.post(page(held, "material_tell_back"))
    why = f"{lo} tog tillbaka det torsdag 8 april 2027 kl. 20.00"
    letter = Message.objects.get()
    assert why in read(browser.get(page(held, "session_letters"))).text
    address = reverse("session_letter", kwargs={"pk": held.pk, "letter": letter.pk})
    assert why in read(browser.get(address)).text
    office = as_(kim)
    assert why in read(office.get(reverse("outbox"))).text
    assert why in read(office.get(reverse("outbox_letter", args=[letter.pk]))).text


def test_nothing_is_told_by_itself(as_, lo, held):
    as_(lo).get(page(held))
    as_(lo).get(page(held, "material_tell"))
    assert not Message.objects.exists()


def test_what_cannot_be_is_said_on_the_page(as_, lo, held):
    type(held).objects.update(attendance_taken_at=None)
    browser = as_(lo)
    assert "Notera närvaron först" in read(browser.get(page(held))).text
    answer = browser.post(page(held, "material_tell"), follow=True)
    assert "Notera närvaron först" in read(answer).text
    answer = browser.post(page(held, "material_tell_back"), follow=True)
    assert "Det är för sent: inget mejl väntar längre." in read(answer).text


def test_without_material_there_is_nothing_to_tell(as_, lo):
    session = make_session(in_days=-1, lead=lo)
    assert "Berätta för" not in read(as_(lo).get(page(session))).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_any_number(
    as_, lo, held, number, django_assert_num_queries, time_machine
):
    for n in range(number):
        make_link(held, f"Bild {n}")
    browser = as_(lo)
    browser.post(page(held, "material_tell"))
    Message.objects.update(state="sent", sent_at=timezone.now(), held=False)
    time_machine.shift(timedelta(minutes=1))
    make_link(held, "Anteckningar")
    browser.get(page(held))
    with django_assert_num_queries(16):
        browser.get(page(held))
