import re
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPException
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from northstar.login.views import ConfirmCode
from partners.models import User
from tests.builders import make_member, make_person


def code_in(letter):
    return re.search(r"\d{4} \d{4}", letter.subject).group()


def ask(client, email, **query):
    return client.post(reverse("account_login", query=query or None), {"email": email})


def confirm(client, code, **data):
    return client.post(reverse("account_confirm_login_code"), {"code": code, **data})


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")


def test_a_code_from_the_letter_lets_one_in(client, ada):
    answer = ask(client, ada.email)
    assert answer["Location"] == reverse("account_confirm_login_code")
    page = client.get(answer["Location"])
    assert 'autocomplete="one-time-code"' in page.content.decode()

    answer = confirm(client, code_in(mail.outbox[0]))

    assert answer["Location"] == "/"
    assert client.get("/").wsgi_request.user == ada


def test_the_code_may_be_pasted_without_its_space_or_with_a_hyphen(client, ada):
    ask(client, ada.email)
    assert confirm(client, f" {code_in(mail.outbox[0]).replace(' ', '-')} ")["Location"] == "/"
    assert client.get("/").wsgi_request.user == ada


def test_the_address_may_be_written_in_capitals(client, ada):
    ask(client, ada.email.upper())
    assert mail.outbox[0].to == [ada.email]


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [("sv", "Inloggningskod", "Den gäller i 10 minuter."), ("en", "Login code", "10 minutes")],
)
def test_the_letter_is_in_the_language_of_the_person(client, bostaden, language, subject, words):
    person = make_member(bostaden, "Åsa", language=language)
    ask(client, person.email)
    assert mail.outbox[0].subject.startswith(subject)
    assert words in mail.outbox[0].body
    assert code_in(mail.outbox[0]) in mail.outbox[0].body


def test_after_login_the_start_page_is_in_the_language_of_the_person(client, bostaden):
    person = make_member(bostaden, "Ann", language="en")
    ask(client, person.email)
    assert confirm(client, code_in(mail.outbox[0]))["Location"] == "/en/"


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client, ada):
    known, unknown = ask(client, ada.email), ask(Client(), "nobody@people.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [[ada.email]]


def test_an_unknown_address_sees_the_same_page(client, ada):
    def page(email):
        visitor = Client()
        ask(visitor, email)
        text = visitor.get(reverse("account_confirm_login_code")).content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text).replace(email, "")

    assert page(ada.email) == page("nobody@people.example")


def test_no_code_lets_an_unknown_address_in(client, db):
    ask(client, "nobody@people.example")
    assert confirm(client, "").status_code == 422
    assert confirm(client, "1234 5678").status_code == 422
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_nobody_gets_in_who_may_no_longer_log_in(client, ada):
    ask(client, ada.email)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    confirm(client, code_in(mail.outbox[0]))
    assert not client.get("/").wsgi_request.user.is_authenticated
    mail.outbox.clear()
    ask(Client(), ada.email)
    assert mail.outbox == []


def test_a_login_in_use_ends_when_the_person_may_no_longer_log_in(as_, ada):
    client = as_(ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    answer = client.get(reverse("profile"))
    assert answer["Location"].startswith(reverse("account_login") + "?")
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_a_former_address_opens_nothing(client, ada):
    former = ada.email
    ask(client, former)
    confirm(client, code_in(mail.outbox[0]))
    User.objects.filter(pk=ada.pk).update(email="new@people.example")
    mail.outbox.clear()
    ask(Client(), former)
    assert mail.outbox == []
    ask(Client(), "new@people.example")
    assert len(mail.outbox) == 1


def test_login_leads_to_where_one_was_going(client, ada):
    goal = reverse("organisation_people")
    assert client.get(goal)["Location"] == f"{reverse('account_login')}?next={goal}"
    ask(client, ada.email, next=goal)
    answer = confirm(client, code_in(mail.outbox[0]), next=goal)
    assert answer["Location"] == goal


@pytest.mark.parametrize(
    "goal", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_login_never_leads_to_another_site(client, ada, goal):
    ask(client, ada.email, next=goal)
    assert confirm(client, code_in(mail.outbox[0]), next=goal)["Location"] == "/"


@pytest.mark.parametrize("email", ["", "åsa@people.example", "ada", "a@b\r\nBcc: c@d.example"])
def test_what_is_no_address_is_refused_beside_the_field(client, db, email):
    answer = ask(client, email)
    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.content.decode()
    assert mail.outbox == []


def test_a_wrong_code_says_how_many_tries_are_left_and_the_third_ends_it(client, ada):
    ask(client, ada.email)
    assert "2 försök kvar" in confirm(client, "0000 0000").content.decode()
    assert "1 försök kvar" in confirm(client, "0000 0001").content.decode()
    assert confirm(client, "0000 0002")["Location"] == reverse("account_login")
    assert confirm(client, code_in(mail.outbox[0]))["Location"] == reverse(
        "account_request_login_code"
    )
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_an_empty_code_costs_no_try(client, ada):
    ask(client, ada.email)
    for _ in range(5):
        assert confirm(client, "").status_code == 422
    assert confirm(client, code_in(mail.outbox[0]))["Location"] == "/"


def test_a_new_code_can_be_asked_for_and_the_former_is_dead(client, ada):
    ask(client, ada.email)
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    first, second = (code_in(letter) for letter in mail.outbox)
    assert confirm(client, first).status_code == 422
    assert confirm(client, second)["Location"] == "/"


def test_a_new_code_gives_no_new_guesses(client, ada):
    ask(client, ada.email)
    confirm(client, "0000 0000")
    confirm(client, "0000 0001")
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert confirm(client, "0000 0002")["Location"] == reverse("account_login")


def test_a_mistyped_address_can_be_written_again(client, ada):
    ask(client, "adda@people.example")
    assert client.get(reverse("account_login")).status_code == 200
    ask(client, ada.email)
    assert confirm(client, code_in(mail.outbox[0]))["Location"] == "/"


def test_asking_again_and_again_is_stopped(client, ada):
    answers = [ask(Client(), ada.email).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 422, 422]
    assert len(mail.outbox) == 3


def test_a_mail_server_that_is_down_is_said(client, ada):
    with patch("django.core.mail.EmailMessage.send", side_effect=SMTPException("down")):
        answer = ask(client, ada.email)
    assert "gick inte att skicka" in client.get(answer["Location"]).content.decode()


def test_a_post_after_logout_says_that_nothing_was_saved_and_returns_to_the_page(client, ada):
    answer = client.post(
        reverse("profile"), {"name": "Ny"}, headers={"Referer": "http://testserver/konto/"}
    )
    assert answer["Location"].startswith(reverse("account_login") + "?")
    assert "konto" in answer["Location"]
    assert "sparades inte" in client.get(answer["Location"]).content.decode()


def test_a_post_after_logout_never_returns_to_another_site(client, db):
    answer = client.post(reverse("profile"), headers={"Referer": "https://evil.example/"})
    assert "evil" not in answer["Location"]


def test_there_is_no_password_page_and_no_signup(client, db):
    for path in ["signup", "password/reset", "password/change", "email", "registrera"]:
        answer = client.get(f"/logga-in/{path}/")
        assert answer.status_code == 404
        assert "Sidan finns inte" in answer.text


def test_the_workshop_asks_for_the_same_login_and_takes_only_its_own(client, ada):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    client.force_login(ada)
    assert client.get("/admin/", follow=True).status_code == 403
    client.force_login(make_person("Root", is_staff=True, is_superuser=True))
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_twenty_guesses_at_once_three_are_judged():
    person = make_person("Ada")
    first = Client()
    ask(first, person.email)
    cookie = first.cookies["sid"].value
    allowed = []
    count_guess = ConfirmCode._count_guess

    def counted(view):
        allowed.append(count_guess(view))
        return allowed[-1]

    def guess(number):
        client = Client()
        client.cookies["sid"] = cookie
        try:
            confirm(client, f"0000 00{number:02}")
        finally:
            connection.close()

    with (
        patch.object(ConfirmCode, "_count_guess", counted),
        ThreadPoolExecutor(8) as threads,
    ):
        list(threads.map(guess, range(20)))
    assert sum(allowed) <= 3

    # Whatever the login session says, the right code is refused after three wrong ones.
    client = Client()
    client.cookies["sid"] = cookie
    confirm(client, code_in(mail.outbox[0]))
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_no_answer_comes_sooner_than_another(client, ada, settings):
    settings.LOGIN_CODE_SECONDS = 3600
    with patch("northstar.login.views.time.sleep") as sleep:
        ask(client, ada.email)
        ask(Client(), "nobody@people.example")
    for (slept,), _ in sleep.call_args_list:
        assert 3500 < slept < 3600
    assert sleep.call_count == 2
