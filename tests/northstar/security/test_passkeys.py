"""A passkey is made, is a second step, and lets in alone; what pretends to be one is refused."""

import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import reverse
from fido2.utils import websafe_encode

from partners.models import Message
from tests.builders import make_bounced
from tests.factors import SoftPasskey, make_app, show
from tests.logging_in import ask, code_in, confirm, sent

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")


@pytest.fixture
def options(client, ada):
    """What the page hands the browser to make a passkey from."""
    client.force_login(ada)
    show(client, ada)
    page = client.get(reverse("factor_passkey"))
    return json.loads(json.dumps(page.context["js_data"]["creation_options"], default=dict))


def make(client, credential):
    return client.post(
        reverse("factor_passkey"), {"credential": credential}, headers={"User-Agent": CHROME}
    )


@pytest.fixture
def passkey(client, options):
    made = SoftPasskey()
    assert make(client, made.made(options))["Location"] == reverse("recovery_codes")
    return made


def asked(browser):
    said = browser.get(reverse("login_passkey"), headers={"Accept": "application/json"})
    return said.json()["request_options"]


def log_in(browser, credential, **more):
    return browser.post(reverse("login_passkey"), {"credential": credential, **more})


def is_in(browser):
    return browser.get(reverse("about")).wsgi_request.user.is_authenticated


def test_it_is_kept_under_the_browser_it_was_made_in_and_told_by_a_letter(passkey):
    row = Authenticator.objects.get(type="webauthn")
    assert row.data["name"] == "Chrome, Windows"
    assert Message.objects.get().letter == "northstar/factor_added"
    assert "En lösennyckel" in Message.objects.get().text


def test_it_must_be_kept_by_the_device_and_opened_by_its_owner(options):
    chosen = options["publicKey"]["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")


def test_alone_it_lets_in_and_leads_where_one_was_going(passkey, ada, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    ada.is_superuser = True
    ada.save(update_fields=["is_superuser"])
    mark = make_bounced(ada)
    browser = Client()
    answer = log_in(browser, passkey.shown(asked(browser)), next="/traffar/")
    assert answer["Location"] == "/traffar/"
    assert browser.get("/traffar/").wsgi_request.user == ada
    mark.refresh_from_db()
    assert mark.works_again_at is None, "no letter came, so nothing is known of the address"


def test_it_is_a_second_step_after_the_code(passkey, ada):
    browser = Client()
    ask(browser, ada.email)
    code = code_in([letter for letter in sent() if "kod" in letter.subject][-1])
    assert confirm(browser, code)["Location"] == reverse("mfa_authenticate")
    page = browser.get(reverse("mfa_authenticate"))
    options = json.loads(json.dumps(page.context["js_data"]["request_options"], default=dict))
    assert not is_in(browser)
    answer = browser.post(reverse("mfa_authenticate"), {"credential": passkey.shown(options)})
    assert answer["Location"] == "/"
    assert is_in(browser)


def test_it_proves_once_more_who_one_is(passkey, ada):
    browser = Client()
    browser.force_login(ada)
    page = browser.get(reverse("prove"))
    options = json.loads(json.dumps(page.context["js_data"]["request_options"], default=dict))
    answer = browser.post(reverse("prove"), {"credential": passkey.shown(options)})
    assert answer["Location"] == reverse("security")
    assert browser.get(reverse("factor_app")).status_code == 200


def refused(browser, credential):
    answer = log_in(browser, credential)
    return answer["Location"] == reverse("account_login") and not is_in(browser)


def test_an_answer_works_once(passkey):
    browser, other = Client(), Client()
    said = passkey.shown(asked(browser))
    asked(other)
    assert refused(other, said), "it was asked of another browser"
    log_in(browser, said)
    assert is_in(browser)
    browser.logout()
    assert refused(browser, said)


def test_a_page_that_is_not_the_portal_cannot_use_it(passkey):
    browser = Client()
    passkey.origin = "https://testserver.evil.example"
    assert refused(browser, passkey.shown(asked(browser)))


def test_nobody_logs_in_as_another_with_it(passkey, kim):
    make_app(kim)
    browser = Client()
    options = asked(browser)
    assert refused(browser, passkey.shown(options, user="bm9ib2R5"))

    handle = websafe_encode(user_pk_to_url_str(kim).encode())
    assert refused(browser, passkey.shown(asked(browser), user=handle))


def test_it_must_be_opened_by_finger_face_or_pin(passkey):
    browser = Client()
    assert refused(browser, passkey.shown(asked(browser), flags=0x01))


def test_one_that_was_removed_opens_nothing(passkey):
    Authenticator.objects.all().delete()
    browser = Client()
    assert refused(browser, passkey.shown(asked(browser)))


def test_who_was_shut_out_does_not_get_in(passkey, ada):
    ada.is_active = False
    ada.save(update_fields=["is_active"])
    browser = Client()
    assert refused(browser, passkey.shown(asked(browser)))


def test_a_passkey_made_unseen_or_elsewhere_is_not_kept(client, options):
    assert make(client, SoftPasskey().made(options, flags=0x41)).status_code == 422
    elsewhere = SoftPasskey()
    elsewhere.origin = "https://evil.example"
    page = client.get(reverse("factor_passkey"))
    fresh = json.loads(json.dumps(page.context["js_data"]["creation_options"], default=dict))
    assert make(client, elsewhere.made(fresh)).status_code == 422
    assert not Authenticator.objects.exists()


def test_the_same_answer_twice_is_one_passkey(client, options):
    said = SoftPasskey().made(options)
    assert make(client, said).status_code == 302
    assert make(client, said).status_code == 422
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_asking_again_and_again_is_refused(client, settings):
    settings.LOGIN_REQUESTS_A_NETWORK = 2
    accept = {"Accept": "application/json"}
    answers = [client.get(reverse("login_passkey"), headers=accept) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
