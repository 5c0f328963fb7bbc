"""Whole ways through the product with JavaScript switched off: forms post, pages answer.

Others stand beside their subject: places and visitors in test_register, attendance, measures and
pasted emissions in the files named after them.
"""

import re

from partners.models import Enquiry, Mailing, Message
from tests.browser.hands import fill_in, link_in, press
from tests.builders import (
    make_leader,
    make_measure,
    make_page,
    make_registration,
    make_session,
)


def test_logging_in_with_a_mailed_code(open_page, ada):
    page = open_page("/logga-in/", javascript=False)
    fill_in(page, email=ada.email)
    page.locator("main form button").first.click()
    code = re.search(r"\d{4} \d{4}", Message.objects.get(recipient=ada).text).group()
    fill_in(page, code=code)
    page.locator("main form button").first.click()
    assert page.get_by_role("link", name="Ada Åström").first.is_visible()


def test_a_form_with_faults_says_what_and_keeps_what_was_typed(open_page):
    page = open_page("/logga-in/", javascript=False)
    fill_in(page, email="inte en adress")
    page.locator("main form button").first.click()
    assert page.get_by_role("heading", name="En sak behöver rättas").is_visible()
    assert page.locator("main [name='email']").input_value() == "inte en adress"


def test_the_menu_of_a_phone_leads_to_ones_own_page_where_one_logs_out(open_page, ada):
    page = open_page("/om/", ada, width=360, javascript=False)
    page.locator("summary", has_text="Meny").click()
    page.locator(".menu").get_by_role("link", name="Ada Åström").click()
    page.locator("main").get_by_role("button", name="Logga ut").click()
    assert page.locator("main").get_by_role("button").count() == 0
    page.locator("summary", has_text="Meny").click()
    assert page.locator(".menu").get_by_role("link", name="Logga in").is_visible()


def confirm(page, button):
    """Follow the mailed link of what was just sent, and press the button there."""
    page.goto(link_in(Message.objects.get(), "/bekrafta/"))
    press(page, button)
    return page.locator("h1").inner_text()


def test_a_question_is_asked_and_confirmed_by_the_mailed_link(open_page, kim):
    make_leader(kim, email="karin@leaders.example")
    page = open_page("/fraga/", javascript=False)
    fill_in(page, name="Stina Strand", email="stina@strangers.example", text="Vad kostar det?")
    page.get_by_label("Karin Lund").check()
    press(page, "Skicka frågan")
    assert not Enquiry.objects.get().confirmed_at
    assert confirm(page, "Skicka frågan") == "Tack, vi har fått det"
    assert Enquiry.objects.get().confirmed_at
    assert page.problems == []


def test_an_organisation_asks_to_join(open_page):
    page = open_page("/bli-partner/", javascript=False)
    fill_in(page, name="Stina Strand", email="stina@strangers.example", organisation="Brf Strand")
    fill_in(page, text="Vi vill lära oss av andra.")
    press(page, "Skicka intresseanmälan")
    assert confirm(page, "Skicka intresseanmälan") == "Tack, vi har fått det"
    assert Enquiry.objects.get().organisation == "Brf Strand"
    assert page.problems == []


def test_a_search_finds_what_was_misspelt(open_page, bostaden):
    measure = make_measure(bostaden, "Samåkning till jobbet")
    page = open_page("/", javascript=False, width=360)
    page.locator(".search-link").click()
    page.get_by_label("Vad letar du efter?").fill("samåkningg")
    press(page, "Sök")
    page.locator("main").get_by_role("link", name=measure.title).click()
    assert page.locator("h1").inner_text() == measure.title


def test_a_page_is_looked_at_before_it_is_saved(open_page, kim):
    about = make_page("about")
    page = open_page("/samordna/sidor/about/", kim, javascript=False)
    fill_in(page, body_sv="## Så här gör vi\n\nVi **ses** varje månad.")
    press(page, "Förhandsgranska")
    assert page.locator("#preview strong", has_text="ses").is_visible()
    assert about.versions.count() == 1
    press(page, "Spara sidan")
    assert about.versions.count() == 2
    page.goto("/om/")
    assert page.get_by_role("heading", name="Så här gör vi").is_visible()


def test_a_lead_writes_to_those_with_a_seat_and_regrets_it(open_page, lo, ada):
    session = make_session("Budget", lead=lo)
    make_registration(session, ada)
    page = open_page(f"/traffar/{session.pk}/deltagare/", lo, javascript=False)
    page.get_by_role("link", name="Skriv till…").click()
    page.get_by_label("Har en plats (1)").check()
    fill_in(page, subject_sv="Ny lokal", text_sv="Vi ses i Väven.")
    press(page, "Spara och förhandsgranska")
    letter = page.frame_locator("iframe.mail-shown")
    assert letter.get_by_text("Hej Ada!").is_visible()
    press(page, "Skicka utskicket")
    press(page, "Ångra utskicket")
    assert page.get_by_text("Utskicket är ett utkast igen.").is_visible()
    assert page.get_by_role("button", name="Skicka utskicket").is_visible()
    assert Mailing.objects.get().state == "draft"
    assert page.problems == []
