"""Registering and withdrawing by the keyboard, and with JavaScript switched off."""

from tests.browser.hands import tab_to
from tests.builders import make_session


def test_registering_and_withdrawing_without_javascript(open_page, ada):
    session = make_session(capacity=3)
    page = open_page(f"/traffar/{session.pk}/", ada, width=360, javascript=False)
    page.get_by_role("button", name="Anmäl mig").click()
    assert page.get_by_role("heading", name="Du har en plats").is_visible()
    page.get_by_role("link", name="Jag kan inte komma").click()
    page.get_by_role("button", name="Lämna platsen").click()
    assert page.get_by_role("button", name="Anmäl mig").is_visible()
    assert [place.state for place in session.registrations.all()] == ["withdrawn"]


def test_registering_and_withdrawing_by_the_keyboard(open_page, ada):
    session = make_session(capacity=3)
    page = open_page(f"/traffar/{session.pk}/", ada)
    tab_to(page, "Anmäl mig")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Du har en plats").wait_for()
    tab_to(page, "Jag kan inte komma")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Lämna platsen").wait_for()
    tab_to(page, "Lämna platsen")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Anmäl mig").wait_for()
    assert page.problems == []
