import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from northstar.login.views import ConfirmCode
from partners.models import Message, User
from tests.builders import make_bounced, make_member, make_person, put_letter
from tests.logging_in import ask, code_in, confirm, sent


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")


def test_a_code_from_the_letter_lets_one_in(client, ada):
    answer = ask(client, ada.email)
    assert answer["Location"] == reverse("account_confirm_login_code")
    page = client.get(answer["Location"])
    assert 'autocomplete="one-time-code"' in page.content.decode()

    answer = confirm(client, code_in(sent()[0]))

    assert answer["Location"] == "/"
    assert client.get("/").wsgi_request.user == ada


def test_a_code_that_arrived_shows_that_the_address_works_again(client, ada):
    mark = make_bounced(ada)
    ask(client, ada.email)
    mark.refresh_from_db()
    assert mark.works_again_at is None  # asked for by anybody
    confirm(client, code_in(sent()[0]))
    mark.refresh_from_db()
    assert (mark.works_again_by, bool(mark.works_again_at)) == (ada, True)


def test_the_code_may_be_pasted_without_its_space_or_with_a_hyphen(client, ada):
    ask(client, ada.email)
    assert confirm(client, f" {code_in(sent()[0]).replace(' ', '-')} ")["Location"] == "/"
    assert client.get("/").wsgi_request.user == ada


def test_the_address_may_be_written_in_capitals(client, ada):
    ask(client, ada.email.upper())
    assert sent()[0].to == [ada.email]


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("sv", "Din inloggningskod", "Den gäller i 10 minuter."),
        ("en", "Your login code", "10 minutes"),
    ],
)
def test_the_letter_is_in_the_language_of_the_person(client, bostaden, language, subject, words):
    person = make_member(bostaden, "Åsa", language=language)
    ask(client, person.email)
    assert sent()[0].subject.startswith(subject)
    assert words in sent()[0].body
    assert code_in(sent()[0]) in sent()[0].body


def test_after_login_the_start_page_is_in_the_language_of_the_person(client, bostaden):
    person = make_member(bostaden, "Ann", language="en")
    ask(client, person.email)
    assert confirm(client, code_in(sent()[0]))["Location"] == "/en/"


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client, ada):
    known, unknown = ask(client, ada.email), ask(Client(), "nobody@people.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in sent()] == [[ada.email]]


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
    code = code_in(sent()[0])
    User.objects.filter(pk=ada.pk).update(is_active=False)
    confirm(client, code)
    assert not client.get("/").wsgi_request.user.is_authenticated
    sent().clear()
    ask(Client(), ada.email)
    assert sent() == []


def test_a_login_in_use_ends_when_the_person_may_no_longer_log_in(as_, ada):
    client = as_(ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    answer = client.get(reverse("profile"))
    assert answer["Location"].startswith(reverse("account_login") + "?")
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_a_former_address_opens_nothing(client, ada):
    former = ada.email
    ask(client, former)
    confirm(client, code_in(sent()[0]))
    User.objects.filter(pk=ada.pk).update(email="new@people.example")
    sent().clear()
    ask(Client(), former)
    assert sent() == []
    ask(Client(), "new@people.example")
    assert len(sent()) == 1


def test_login_leads_to_where_one_was_going(client, ada):
    goal = reverse("organisation_people")
    assert client.get(goal)["Location"] == f"{reverse('account_login')}?next={goal}"
    ask(client, ada.email, next=goal)
    answer = confirm(client, code_in(sent()[0]), next=goal)
    assert answer["Location"] == goal


@pytest.mark.parametrize(
    "goal", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_login_never_leads_to_another_site(client, ada, goal):
    ask(client, ada.email, next=goal)
    assert confirm(client, code_in(sent()[0]), next=goal)["Location"] == "/"


@pytest.mark.parametrize("email", ["", "åsa@people.example", "ada", "a@b\r\nBcc: c@d.example"])
def test_what_is_no_address_is_refused_beside_the_field(client, db, email):
    answer = ask(client, email)
    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.content.decode()
    assert sent() == []


def test_a_wrong_code_says_how_many_tries_are_left_and_the_third_ends_it(client, ada):
    ask(client, ada.email)
    assert "2 försök kvar" in confirm(client, "0000 0000").content.decode()
    assert "1 försök kvar" in confirm(client, "0000 0001").content.decode()
    assert confirm(client, "0000 0002")["Location"] == reverse("account_login")
    assert confirm(client, code_in(sent()[0]))["Location"] == reverse("account_request_login_code")
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_an_empty_code_costs_no_try(client, ada):
    ask(client, ada.email)
    for _ in range(5):
        assert confirm(client, "").status_code == 422
    assert confirm(client, code_in(sent()[0]))["Location"] == "/"


def test_a_new_code_can_be_asked_for_and_the_former_is_dead(client, ada):
    ask(client, ada.email)
    sent()
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    first, second = (code_in(letter) for letter in sent())
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
    assert confirm(client, code_in(sent()[0]))["Location"] == "/"


# These tell the moment, the number of the request, and how long the address is.
CHANGING = {"X-Request-ID", "Expires", "Content-Length", "Last-Modified"}
CHANGING |= {"Content-Security-Policy"}  # the same words in any order


def plain(response):
    """What a stranger sees of an answer, but for the numbers that guard forms and requests."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    headers = {k: v for k, v in response.headers.items() if k not in CHANGING}
    return response.status_code, headers, re.sub(r"[\w.-]+@people\.example", "", text)


def test_known_unknown_and_shut_out_get_the_same_answers(ada, bo):
    User.objects.filter(pk=bo.pk).update(is_active=False)
    seen = []
    for email in (ada.email, "nobody@people.example", bo.email):
        client = Client()
        answers = [ask(client, email), client.get(reverse("account_confirm_login_code"))]
        answers += [client.post(reverse("account_confirm_login_code"), {"action": "resend"})]
        answers += [client.get(reverse("account_confirm_login_code")), confirm(client, "0000 0000")]
        seen.append([plain(answer) for answer in answers])
    for known, unknown, shut_out in zip(*seen, strict=True):
        for other in (unknown, shut_out):
            assert known[:2] == other[:2]
            assert known[2].splitlines() == other[2].splitlines()


def test_known_and_unknown_cost_the_database_the_same(ada):
    asked = []
    for email in (ada.email, "nobody@people.example"):
        with CaptureQueriesContext(connection) as queries:
            ask(Client(), email)
        asked.append([query["sql"].split(" ")[0] for query in queries])
    known, unknown = (Counter(one) for one in asked)
    assert 1 <= known["INSERT"] <= unknown["INSERT"]
    assert 1 <= known["UPDATE"] <= unknown["UPDATE"]


def test_the_page_does_not_wait_for_a_mail_server(client, ada):
    with patch("smtplib.SMTP.connect", side_effect=OSError("down")) as called:
        answer = ask(client, ada.email)
        client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert answer["Location"] == reverse("account_confirm_login_code")
    assert not called.called


def test_a_code_is_first_in_line_and_read_nowhere_once_it_has_left(client, ada, bo, kim, as_):
    put_letter(bo)
    ask(client, ada.email)
    letter = Message.objects.due(timezone.now()).first()
    code = re.search(r"\d{4} \d{4}", letter.text).group()
    page = reverse("outbox_letter", args=[letter.pk])
    assert code not in as_(kim).get(page).content.decode()
    sent()
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert code not in letter.text + letter.html + letter.subject
    assert code in mail.outbox[0].body


def test_a_former_code_that_still_waits_is_not_sent(client, ada):
    ask(client, ada.email)
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert len(sent()) == 1


def test_a_code_that_is_no_longer_good_is_not_sent(client, ada, time_machine):
    ask(client, ada.email)
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    assert sent() == []


@pytest.mark.parametrize(
    "pasted",
    ["{}\u00a0", "\u200b{}", "{}\u2060", "\uff11"],
)
def test_a_code_pasted_with_odd_signs_is_read_or_costs_no_try(client, ada, pasted):
    ask(client, ada.email)
    code = code_in(sent()[0])
    for _ in range(4):
        confirm(client, "abc")
    assert confirm(client, "1234 567").status_code == 422
    if "{}" in pasted:
        assert confirm(client, pasted.format(code.replace(" ", "\u2013")))["Location"] == "/"
    else:
        wide = code.translate({ord(str(n)): 0xFF10 + n for n in range(10)})
        assert confirm(client, wide)["Location"] == "/"


def test_a_post_too_long_to_keep_says_that_nothing_was_saved_and_returns_to_the_page(client, ada):
    answer = client.post(
        reverse("profile"), {"name": "y" * 30_000}, headers={"Referer": "http://testserver/konto/"}
    )
    assert answer["Location"].startswith(reverse("account_login") + "?")
    assert "konto" in answer["Location"]
    assert "sparades inte" in client.get(answer["Location"]).content.decode()


def test_a_post_after_logout_never_returns_to_another_site(client, db):
    for data in ({}, {"name": "y" * 30_000}):
        answer = client.post(reverse("profile"), data, headers={"Referer": "https://evil.example/"})
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
    confirm(client, code_in(sent()[0]))
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_a_code_that_is_too_short_is_told_how_long_it_is(client, ada):
    ask(client, ada.email)
    answer = confirm(client, "111111")
    assert answer.status_code == 422
    assert "Koden har åtta siffror" in answer.text
