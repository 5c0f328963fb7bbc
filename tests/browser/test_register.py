"""Registering, leaving and thinking again by the keyboard, and with JavaScript switched off."""

import re

from partners.models import Message
from tests.browser.hands import link_in, tab_to
from tests.builders import make_session


def test_registering_and_withdrawing_without_javascript(open_page, ada):
    session = make_session(capacity=3)
    page = open_page(f"/traffar/{session.pk}/", ada, width=360, javascript=False)
    page.get_by_role("button", name="Anmäl mig").click()
    assert page.get_by_role("heading", name="Du har en plats").is_visible()
    page.get_by_role("link", name="Avboka min plats").click()
    page.get_by_role("button", name="Avboka platsen").click()
    assert page.get_by_role("heading", name="Din plats är avbokad").is_visible()
    assert [place.is_leaving for place in session.registrations.all()] == [True]
    page.get_by_role("button", name="Ångra").click()
    assert page.get_by_role("heading", name="Du har en plats").is_visible()
    assert [place.is_leaving for place in session.registrations.all()] == [False]


def test_registering_and_withdrawing_by_the_keyboard(open_page, ada):
    session = make_session(capacity=3)
    page = open_page(f"/traffar/{session.pk}/", ada)
    tab_to(page, "Anmäl mig")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Du har en plats").wait_for()
    page.wait_for_function("document.activeElement.id == 'seat-panel-title'")
    tab_to(page, "Avboka min plats")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vill du avboka din plats?").wait_for()
    tab_to(page, "Avboka platsen")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Din plats är avbokad").wait_for()
    tab_to(page, "Ångra")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Du har en plats").wait_for()
    assert page.problems == []


def test_a_visitor_registers_and_cancels_without_an_account_or_javascript(open_page):
    session = make_session("Öppet hus", audience="public", capacity=3)
    page = open_page(f"/traffar/{session.pk}/", None, width=360, javascript=False)
    page.get_by_label("Ditt namn").fill("Vera Vik")
    page.get_by_label("Din e-post").fill("gun@visitors.example")
    page.get_by_role("button", name="Anmäl mig").click()
    assert page.get_by_role("heading", name="Nästan klart").is_visible()
    page.goto(link_in(Message.objects.get(), "/besokare/"))
    page.get_by_role("button", name="Ja, anmäl mig").click()
    assert page.get_by_role("heading", name="Du har en plats").is_visible()
    page.goto(link_in(Message.objects.get(letter="learning/seat_confirmed"), "/avboka/"))
    page.get_by_role("button", name="Avboka min plats").click()
    assert page.get_by_role("button", name="Ångra").is_visible()
    assert page.problems == []


def test_registering_from_the_start_page_is_one_click(open_page, ada):
    session = make_session(capacity=3)
    page = open_page("/", ada)
    page.get_by_role("button", name=re.compile("Anmäl mig")).click()
    assert page.get_by_role("heading", name="Du har en plats").is_visible()
    assert session.registrations.confirmed().get().person == ada
