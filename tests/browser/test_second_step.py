"""A second step in a real browser: a passkey with the keys alone, an app without JavaScript."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from partners.models import Message
from tests.browser.hands import fill_in, press, tab_to
from tests.factors import code_of_app

A_TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def needed(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def with_telephone(page):
    """Let the browser have a telephone that keeps passkeys and knows its owner's finger."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": A_TELEPHONE})
    return lambda known: devices.send("WebAuthn.setUserVerified", made | {"isUserVerified": known})


def mailed_code(page, person):
    """Log in as far as a code by mail leads."""
    page.goto("/logga-in/")
    fill_in(page, email=person.email)
    page.locator("main form button").first.click()
    page.wait_for_url("**/logga-in/kod/**")
    letters = Message.objects.filter(recipient=person, letter="northstar/login_code")
    fill_in(page, code=re.search(r"\d{4} \d{4}", letters.latest("pk").text).group())
    page.locator("main form button").first.click()


def test_a_passkey_is_made_and_lets_in_with_the_keys_alone(open_page, needed, kim):
    page = open_page(width=360)
    finger = with_telephone(page)
    mailed_code(page, kim)
    page.get_by_text("Skaffa ett andra steg först").wait_for()
    tab_to(page, "Lägg till en lösennyckel")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Skapa en lösennyckel").wait_for()
    tab_to(page, "Skapa en lösennyckel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/koder/")
    assert Authenticator.objects.filter(user=kim, type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto("/logga-in/")
    page.get_by_role("button", name="Logga in med lösennyckel").wait_for()
    finger(False)
    tab_to(page, "Logga in med lösennyckel")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("Lösennyckeln fungerade inte")
    finger(True)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":[0-9]+/$"))
    page.locator("summary", has_text="Meny").click()
    expect(page.locator(".menu").get_by_role("link", name=kim.name)).to_be_visible()
    assert page.problems == []


def test_an_app_and_then_a_recovery_code_without_javascript(open_page, needed, kim):
    page = open_page(javascript=False)
    mailed_code(page, kim)
    page.get_by_role("link", name="Lägg till en app som visar koder").click()
    secret = page.locator("main strong").first.inner_text()
    fill_in(page, code=code_of_app(re.sub(r"\s", "", secret)))
    press(page, "Använd appen")
    press(page, "Visa mina reservkoder")
    codes = page.locator("main li").all_inner_texts()
    assert len(codes) == 10

    page.context.clear_cookies()
    mailed_code(page, kim)
    fill_in(page, code="000000")
    press(page, "Logga in")
    assert page.get_by_role("heading", name="En sak behöver rättas").is_visible()
    fill_in(page, code=codes[3])
    press(page, "Logga in")
    assert page.get_by_role("link", name="Kim").first.is_visible()
