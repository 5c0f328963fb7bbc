"""A second factor is asked for after the code, and nobody who works for the portal lacks one."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from northstar.login import factors
from northstar.security import keeping
from partners.models import Message, StaffRole
from tests.builders import make_bounced, make_person
from tests.factors import SECRET, code_of_app, make_app, make_passkey_row, show, unsealed
from tests.logging_in import ask, code_in, confirm, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")


@pytest.fixture
def needed(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def logged_in(client):
    return client.get(reverse("about")).wsgi_request.user.is_authenticated


def begin(client, person, **query):
    """Log in as far as the code from the letter lets one."""
    ask(client, person.email, **query)
    mine = [letter for letter in sent() if person.email in letter.to and "kod" in letter.subject]
    return confirm(client, code_in(mine[-1]), **query)


def give(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_the_code_of_the_letter_alone_does_not_let_in_who_has_an_app(client, ada):
    make_app(ada)
    answer = begin(client, ada)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not logged_in(client)
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert ada.email not in page.text

    assert give(client, code_of_app())["Location"] == "/"

    assert client.get("/").wsgi_request.user == ada
    assert Authenticator.objects.get(type="totp").last_used_at is not None


def test_the_page_that_was_asked_for_comes_after_the_second_step(client, ada):
    make_app(ada)
    begin(client, ada, next="/traffar/")
    assert give(client, code_of_app())["Location"] == "/traffar/"


def test_a_code_may_be_pasted_with_its_space_and_from_a_clock_that_is_late(client, ada):
    make_app(ada)
    begin(client, ada)
    late = code_of_app(steps=-1)
    assert give(client, f" {late[:3]} {late[3:]} ").status_code == 302
    assert logged_in(client)


@pytest.mark.parametrize("wrong", ["000000", "12", "abc", "", "٣٤٥٦٧٨"])
def test_a_wrong_code_is_told_beside_the_field_and_lets_nobody_in(client, ada, wrong):
    make_app(ada)
    begin(client, ada)
    answer = give(client, wrong)
    assert answer.status_code == 422
    assert not logged_in(client)


def test_too_many_wrong_codes_close_the_door_for_the_right_one_too(client, ada, settings):
    make_app(ada)
    begin(client, ada)
    answers = {give(client, "000000").status_code for _ in range(settings.FACTOR_TRIES)}
    assert answers == {422}
    answer = give(client, code_of_app())
    assert answer.status_code == 422
    assert "många försök" in answer.text
    assert not logged_in(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert give(client, code_of_app()).status_code == 302


def test_a_code_works_once_also_after_its_half_minute(ada):
    make_app(ada)
    code = code_of_app(steps=1)  # good for longest
    assert factors.right(ada, code)
    assert factors.right(ada, code) is None
    with time_machine.travel(timezone.now() + timedelta(seconds=40)):
        assert factors.right(ada, code) is None


def test_a_recovery_code_lets_in_once_whoever_shows_it(client, ada):
    make_app(ada)
    spare = keeping.new_codes(ada)[3]
    begin(client, ada)
    assert give(client, f"{spare[:4]} {spare[4:]}").status_code == 302
    assert logged_in(client)
    assert keeping.of(ada).codes_left == 9

    other = Client()
    begin(other, ada)
    assert give(other, spare).status_code == 422
    assert not logged_in(other)


def test_a_second_click_with_the_same_code_keeps_the_login(client, ada):
    make_app(ada)
    begin(client, ada)
    late = Client()
    late.cookies.load(client.cookies.output(header="", sep=";"))
    code = code_of_app()
    assert give(client, code).status_code == 302
    assert give(late, code)["Location"] == "/"
    assert logged_in(client)
    assert logged_in(late)


def test_what_one_browser_gave_lets_no_other_in(client, ada):
    make_app(ada)
    begin(client, ada)
    other = Client()
    begin(other, ada)
    code = code_of_app()
    assert give(client, code).status_code == 302
    assert give(other, code).status_code == 422
    assert not logged_in(other)


def test_a_code_of_somebody_else_is_wrong(client, ada, kim):
    make_app(ada)
    make_app(kim, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    begin(client, ada)
    assert give(client, code_of_app("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")).status_code == 422


def test_an_address_changed_meanwhile_ends_the_login(client, ada):
    make_app(ada)
    begin(client, ada)
    ada.email = "ada.ny@people.example"
    ada.save(update_fields=["email"])
    assert give(client, code_of_app())["Location"] == reverse("account_login")
    assert not logged_in(client)


def test_who_was_shut_out_meanwhile_does_not_get_in(client, ada):
    make_app(ada)
    begin(client, ada)
    ada.is_active = False
    ada.save(update_fields=["is_active"])
    give(client, code_of_app())
    assert not logged_in(client)


def test_a_secret_that_cannot_be_read_is_a_wrong_code_and_is_logged(client, ada, caplog):
    row = make_app(ada)
    assert unsealed(row) == SECRET
    row.data = {"secret": "sealed with another key"}
    row.save()
    begin(client, ada)
    assert give(client, code_of_app()).status_code == 422
    assert "cannot be read" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "said",
    ["", "[]", "5", "null", '"x"', "{", "{}", '{"id": "a", "rawId": "a", "response": {}}'],
)
def test_a_made_up_passkey_is_refused_in_words(client, ada, said):
    address = reverse("login_passkey")
    client.get(address, headers={"Accept": "application/json"})
    assert client.post(address, {"credential": said})["Location"] == reverse("account_login")
    assert "Lösennyckeln fungerade inte" in client.get(reverse("account_login")).text
    make_app(ada)
    begin(client, ada)
    answer = client.post(reverse("mfa_authenticate"), {"credential": said})
    assert answer.status_code == 422
    assert not logged_in(client)


def test_a_passkey_alone_shows_no_address_that_works(client, kim):
    """Only the letter with a code does."""
    mark = make_bounced(kim)
    client.force_login(kim)
    mark.refresh_from_db()
    assert mark.works_again_at is None


# Who must have one


@pytest.mark.parametrize(
    ("role", "more"),
    [
        (StaffRole.COORDINATOR, {}),
        (StaffRole.PROJECT_LEAD, {}),
        (StaffRole.NONE, {"is_superuser": True}),
        (StaffRole.NONE, {"is_staff": True}),
    ],
)
def test_who_works_for_the_portal_gets_no_further_without_one(client, needed, role, more):
    person = make_person(staff_role=role, **more)
    begin(client, person)
    for name in ("home", "session_list", "people_list", "profile", "admin:index", "outbox"):
        answer = client.get(reverse(name))
        assert answer["Location"].startswith(reverse("security")), name
    assert client.post(reverse("profile"), {"name": "X"})["Location"] == reverse("security")
    htmx = client.get(reverse("session_list"), headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx["HX-Redirect"]) == (204, reverse("security"))
    for name in ("security", "help_lead", "privacy", "account_logout", "factor_app"):
        assert client.get(reverse(name)).status_code == 200, name
    assert "Skaffa ett andra steg först" in client.get(reverse("security")).text
    assert client.get("/en/login/security/").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_when_it_is_set_up_one_goes_on_to_where_one_was_going(client, needed, kim):
    begin(client, kim)
    for way in ("https://elsewhere.example/", "", "/personer/"):
        client.get(reverse("security", query={"next": way}))
    secret = client.get(reverse("factor_app")).context["secret"].replace(" ", "")
    answer = client.post(reverse("factor_app"), {"code": code_of_app(secret)})
    assert 'href="/personer/"' in client.get(answer["Location"]).text
    page = client.post(answer["Location"])
    assert page.context["way"] == "/personer/"
    assert 'href="/personer/"' in page.text
    client.get(reverse("security"))
    assert client.get(answer["Location"]).context["way"] == reverse("security"), "only once"


def test_a_partner_may_do_without(client, needed, ada):
    begin(client, ada)
    assert client.get(reverse("session_list")).status_code == 200


def test_with_it_the_portal_opens_and_stays_open(client, needed, kim):
    make_app(kim)
    begin(client, kim)
    give(client, code_of_app())
    assert client.get(reverse("people_list")).status_code == 200


def test_a_login_from_before_shows_the_factor_first(client, needed, kim):
    make_app(kim)
    client.force_login(kim)
    answer = client.get(reverse("people_list"))
    assert answer["Location"] == f"{reverse('prove')}?next={reverse('people_list')}"
    answer = client.post(reverse("prove"), {"code": code_of_app(), "next": reverse("people_list")})
    assert answer["Location"] == reverse("people_list")
    assert client.get(answer["Location"]).status_code == 200


def test_what_is_asked_of_whom_costs_no_page_a_query(client, needed, kim, ada):
    counts = []
    for is_needed in (True, False):
        for person in (kim, ada):
            client.force_login(person)
            show(client, person)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(factors, "must_have", lambda user, n=is_needed: n)
                client.get(reverse("privacy"))
                with CaptureQueriesContext(connection) as queries:
                    client.get(reverse("email_choices"))
            counts.append(len(queries))
    assert len(set(counts)) == 1


def test_the_demos_exemption_is_refused_outside_the_demo(settings):
    def refused():
        return [one.id for one in run_checks() if one.id == "northstar.E001"]

    settings.TESTING, settings.SECOND_FACTOR_REQUIRED = False, False
    assert refused() == ["northstar.E001"]
    settings.DEMO = True
    assert refused() == []
    settings.DEMO, settings.SECOND_FACTOR_REQUIRED = False, True
    assert refused() == []


# Showing once more who one is


def test_an_app_that_is_wrong_does_not_prove(client, ada):
    make_app(ada)
    client.force_login(ada)
    assert client.post(reverse("prove"), {"code": "000000"}).status_code == 422
    assert client.get(reverse("recovery_codes"))["Location"].startswith(reverse("prove"))


def test_who_has_no_factor_proves_by_a_new_code(client, ada):
    client.force_login(ada)
    way = reverse("factor_app")
    assert client.get(way)["Location"] == reverse("prove", query={"next": way})
    assert client.get(reverse("prove"), {"next": way}).status_code == 200
    answer = client.post(reverse("prove"), {"next": way})
    assert not logged_in(client)
    assert answer["Location"].startswith(reverse("account_confirm_login_code"))
    assert confirm(client, code_in(sent()[-1]), next=way)["Location"] == way
    assert client.get(way).status_code == 200


def test_what_was_proven_is_fresh_for_a_quarter_of_an_hour(client, ada):
    begin(client, ada)
    assert client.get(reverse("factor_app")).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(reverse("factor_app")).status_code == 302


def test_a_code_by_mail_is_not_enough_to_change_what_an_app_guards(client, ada):
    begin(client, ada)
    make_app(ada)  # in another browser
    assert client.get(reverse("recovery_codes"))["Location"].startswith(reverse("prove"))


@pytest.mark.parametrize("way", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_nobody_is_led_away_from_the_portal(client, ada, way):
    make_app(ada)
    client.force_login(ada)
    answer = client.post(reverse("prove"), {"code": code_of_app(), "next": way})
    assert answer["Location"] == reverse("security")


def test_the_limit_of_codes_by_mail_holds_here_too(client, ada, settings):
    for _ in range(settings.LOGIN_CODES_AN_ADDRESS):
        ask(Client(), ada.email)
    before = Message.objects.count()
    client.force_login(ada)
    assert client.post(reverse("prove"))["Location"].startswith(reverse("prove"))
    assert logged_in(client)
    assert Message.objects.count() == before


def test_a_row_of_a_passkey_is_a_factor(ada):
    assert not factors.has_any(ada)
    make_passkey_row(ada)
    assert factors.has_any(ada)
