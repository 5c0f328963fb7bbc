"""Links that switch letters off: signed for one person and what the letter is about."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail, signing
from django.utils import timezone

from partners.models import HIDDEN, Message, Topic
from partners.post import delivery, digests, mime, outbox, unsubscribing
from tests.builders import make_letter, make_person, make_session, put_letter
from tests.partners.post.asked_nothing import put_survey

pytestmark = pytest.mark.django_db


def token_in(address):
    return address.rstrip("/").rpartition("/")[2]


def headers_of(letter):
    """As the mail server gets them."""
    return message_from_bytes(
        mime.mail_of(letter, "a@b.example").message().as_bytes(), policy=default
    )


def test_a_link_says_whose_it_is_and_what_it_is_about(ada):
    token = unsubscribing.token_of(ada.pk, [Topic.SURVEYS, Topic.NEWS])
    assert unsubscribing.opened_by(token) == (ada, [Topic.NEWS, Topic.SURVEYS])


def test_a_link_that_was_changed_opens_nothing(ada, bo):
    token = unsubscribing.token_of(ada.pk, [Topic.SURVEYS])
    body, _, seal = token.partition(":")
    other = unsubscribing.token_of(bo.pk, [Topic.SURVEYS]).partition(":")[0]
    wrong = [body, f"{other}:{seal}", f"{body}:{seal[:-1]}", f"{body}x:{seal}", "", "x:y", ":", "å"]
    assert [unsubscribing.opened_by(one) for one in wrong] == [None] * len(wrong)


def test_what_was_signed_for_something_else_opens_nothing(ada):
    assert unsubscribing.opened_by(signing.Signer().sign_object([ada.pk, "surveys"])) is None
    assert unsubscribing.opened_by(signing.dumps([ada.pk, "surveys"])) is None


def test_a_link_of_nobody_or_of_a_topic_that_is_gone_opens_nothing(ada):
    assert unsubscribing.opened_by(unsubscribing.token_of(ada.pk + 1000, [Topic.NEWS])) is None
    signer = signing.Signer(salt=unsubscribing._SALT)
    assert unsubscribing.opened_by(signer.sign_object([ada.pk, "gone"])) is None
    assert unsubscribing.opened_by(signer.sign_object([ada.pk])) is None


def test_a_link_still_works_when_the_key_has_been_changed(ada, settings):
    token = unsubscribing.token_of(ada.pk, [Topic.NEWS])
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert unsubscribing.opened_by(token) == (ada, [Topic.NEWS])


@pytest.mark.parametrize(("language", "page"), [("sv", "/mejl/av/"), ("en", "/en/e-mail/off/")])
def test_reminders_and_unasked_letters_have_the_headers_of_one_click(language, page, settings):
    settings.SITE_URL = "https://portal.example"
    person = make_person("Eve", language=language)
    for letter, topic in ((put_letter(person), "places"), (put_survey(person)[0], "surveys")):
        found = headers_of(letter)
        assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = re.fullmatch("<(https://[^>]+)>", found["List-Unsubscribe"].strip())[1]
        assert address.startswith(f"https://portal.example{page}")
        assert unsubscribing.opened_by(token_in(address)) == (person, [Topic(topic)])


def test_ones_own_letters_have_none(ada):
    for number, name in enumerate(["learning/session_cancelled", "northstar/login_code"]):
        found = headers_of(make_letter(ada, letter=name, key=f"test:{number}"))
        assert found["List-Unsubscribe"] is None
        assert found["List-Unsubscribe-Post"] is None


def test_the_header_is_what_the_mail_server_gets(ada):
    put_letter(ada)
    delivery.deliver_all()
    assert "/mejl/av/" in mail.outbox[0].message()["List-Unsubscribe"]


def test_a_letter_of_several_switches_off_what_they_are_about(ada, django_assert_num_queries):
    parts = [put_survey(ada)[0], put_letter(ada)]
    digest = digests.fold(parts, timezone.now())
    digest.save()
    Message.objects.exclude(pk=digest.pk).update(gathered_in=digest)
    with django_assert_num_queries(1):
        assert unsubscribing.topics_of(digest) == [Topic.PLACES, Topic.SURVEYS]
    own = re.search(r"http://localhost:8000/mejl/av/\S+", digest.text)[0]
    assert unsubscribing.opened_by(token_in(own)) == (ada, [Topic.PLACES, Topic.SURVEYS])


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Välj vilka mejl du får"), ("en", "Choose which e-mail you get")],
)
def test_what_can_be_switched_off_ends_with_a_link_of_its_readers_own(language, words):
    one, other = (make_person(name, language=language) for name in ("Eve", "Lia"))
    for person in (one, other):
        letter = put_letter(person, key=f"test:{person.pk}")
        last = letter.text.strip().rpartition("\n\n")[2]
        assert last.startswith(f"{words}: http://localhost:8000/")
        assert unsubscribing.opened_by(token_in(last)) == (person, [Topic.PLACES])
        assert f'{token_in(last)}/"' in letter.html
        assert f">{words}</a>" in letter.html


def test_of_many_each_has_their_own_link(ada, bo):
    about = {"session": make_session(), "title": "Budget", "session_url": ""}
    copies = [outbox.Copy(f"test:{person.pk}", person) for person in (ada, bo)]
    outbox.put_to_many(copies, "learning/session_reminder", lambda language: about)
    for letter in Message.objects.select_related("recipient"):
        last = letter.text.strip().rpartition("\n\n")[2]
        assert unsubscribing.opened_by(token_in(last))[0] == letter.recipient


def test_a_letter_of_ones_own_has_no_such_line(ada):
    about = {"session": make_session(), "title": "Budget", "session_url": ""}
    outbox.put("test:own", ada, "learning/session_cancelled", about)
    assert "Välj vilka" not in Message.objects.get().text


def test_the_outbox_shows_the_letter_without_the_link(ada):
    shown = outbox.shown(put_letter(ada))
    assert f"Välj vilka mejl du får: http://localhost:8000/mejl/av/{HIDDEN}/" in shown
