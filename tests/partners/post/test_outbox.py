"""A letter is a row, put in the transaction of what it tells of."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from partners.models import HIDDEN, Message, MessageState
from partners.post import delivery, outbox
from tests.builders import make_letter, make_person, make_session, put_letter

pytestmark = pytest.mark.django_db


def test_an_occasion_has_one_letter_and_the_transaction_lives_on(ada):
    with transaction.atomic():
        first = put_letter(ada, title="Budget")
        second = put_letter(ada, title="Återbruk")
        assert (second.pk, second.subject) == (first.pk, first.subject)
        assert Message.objects.count() == 1


def test_who_has_no_address_gets_no_letter(ada):
    ada.email = None
    assert put_letter(ada) is None


def test_putting_costs_two_queries_and_one_more_where_it_may_be_switched_off(
    ada, django_assert_num_queries
):
    session = make_session()
    about = {"session": session, "title": "Budget", "session_url": ""}
    with django_assert_num_queries(2):  # what it says, and the row
        outbox.put("test:1", ada, "learning/session_cancelled", about)
    with django_assert_num_queries(3):
        outbox.put("test:2", ada, "learning/session_reminder", about)


def test_a_letter_to_many_is_written_once_a_language_and_kept_together(
    ada, bo, django_assert_num_queries
):
    nobody = make_person("Cy")
    nobody.email = None
    eve = make_person("Eve", language="en")
    copies = [
        outbox.Copy(f"test:{person.pk}", person, calendar=f"BEGIN:{person.pk}")
        for person in (ada, bo, nobody, eve)
    ]
    soon = timezone.now() + timedelta(hours=1)
    session = make_session()
    about = {
        language: {"session": session, "title": f"Titel {language}", "session_url": ""}
        for language in ("sv", "en")
    }
    outbox.put("test:taken", ada, "learning/session_cancelled", about["sv"])
    with django_assert_num_queries(2 * 2):  # what it says in each language, and for whom
        outbox.put_to_many(
            [outbox.Copy("test:taken", ada), *copies],
            "learning/session_cancelled",
            about.get,
            useless_after=soon,
        )
    kept = Message.objects.exclude(key="test:taken").order_by("pk")
    assert [(m.recipient, m.language, m.calendar, m.useless_after) for m in kept] == [
        (person, person.language, f"BEGIN:{person.pk}", soon) for person in (ada, bo, eve)
    ]
    assert [m.subject.split(",")[0] for m in kept] == [
        "Inställd: Titel sv",
        "Inställd: Titel sv",
        "Cancelled: Titel en",
    ]


def test_only_what_was_given_up_can_be_tried_again_and_what_left_is_never_dropped(ada, bo):
    sent, waiting = put_letter(ada, key="test:1:"), put_letter(bo, key="test:2:")
    Message.objects.filter(pk=sent.pk).update(state="sent", sent_at=timezone.now())
    assert not outbox.try_again(sent)
    assert not outbox.try_again(waiting)
    assert outbox.drop("test:") == 1
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_trying_one_letter_again_leaves_the_others_given_up(ada, bo):
    later = timezone.now() + timedelta(days=1)
    given_up = {"state": MessageState.FAILED, "next_try_at": later}
    one, other = make_letter(ada, **given_up), make_letter(bo, **given_up)
    assert outbox.try_again(one)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == (MessageState.WAITING, MessageState.FAILED)
    assert one.next_try_at <= timezone.now() < other.next_try_at


def test_an_urgent_letter_leaves_before_those_that_waited_longer(ada, bo):
    put_letter(ada, key="test:1:")
    later = timezone.now() + timedelta(minutes=10)
    context = {"session": make_session(), "title": "Budget", "session_url": outbox.absolute("/")}
    outbox.put_first("test:2:", bo, "learning/session_reminder", context, useless_after=later)
    first, second = Message.objects.due(timezone.now())
    assert (first.key, first.urgent, first.secret) == ("test:2:", True, True)
    assert (second.key, second.urgent, second.secret) == ("test:1:", False, False)


TOKEN = "DR2jov_q2mvPUVY7pJUZia9TE6O_NiYq3o4TLSdjdC4"
TEAMS = (
    "https://teams.microsoft.example/l/meetup-join/19meeting_MjY4ZTQ3YzAtNDI0ZS00ZmE3LTk2YjEtODk0/0"
)


@pytest.mark.parametrize("ends", ["sent", "skipped"])
def test_a_letter_that_has_left_keeps_all_but_what_opens_something(ada, ends):
    said = f"Svara: https://portal.example/enkat/{TOKEN}/?usefulness=x eller {TEAMS}"
    letter = make_letter(ada, key="test:1:", text=said, html=f"<p>{said}</p>", secret=True)
    if ends == "sent":
        delivery.deliver_all()
    else:
        outbox.drop("test:1:")
    letter.refresh_from_db()
    assert letter.state == ends
    left = f"Svara: https://portal.example/enkat/{HIDDEN}/?usefulness=x eller {TEAMS}"
    assert (letter.text, letter.html) == (left, f"<p>{left}</p>")


def test_a_letter_that_opens_nothing_keeps_its_figures(ada):
    said = "Vi bygger 2026 2027. Ring 0901 2345."
    letter = make_letter(ada, text=said, html=said)
    delivery.deliver_all()
    letter.refresh_from_db()
    assert letter.text == letter.html == outbox.shown(letter) == said


def test_a_letter_that_failed_can_be_sent_again_until_its_secrets_are_forgotten(ada):
    now = timezone.now()
    link = f"https://portal.example/enkat/{TOKEN}/"
    letter = make_letter(ada, text=link, secret=True, state="failed", next_try_at=now)
    assert outbox.forget_secrets(before=now) == 0
    assert list(Message.objects.to_send_again()) == [letter]
    assert outbox.forget_secrets(before=now + timedelta(seconds=1)) == 1
    assert outbox.forget_secrets(before=now + timedelta(seconds=1)) == 0, "it has forgotten them"
    assert outbox.try_all_again() == 0
    letter.refresh_from_db()
    assert TOKEN not in letter.text


def test_all_that_failed_are_sent_again_and_no_others(ada):
    for state in ("failed", "failed", "skipped"):
        make_letter(ada, state=state, attempts=3)
    assert outbox.try_all_again() == 2
    again = Message.objects.filter(state="waiting")
    assert set(again.values_list("attempts", "last_error")) == {(0, "")}


def test_a_letter_to_a_stranger_leaves_to_the_address_and_may_be_forgotten(db):
    stranger = outbox.Stranger("stina@strangers.example", "sv")
    context = {"wants_to_join": False, "link": "", "expires_at": timezone.now()}
    outbox.put_to_stranger("test:1", stranger, "partners/confirm_address", context)
    outbox.put_to_stranger("test:1", stranger, "partners/confirm_address", context)
    letter = Message.objects.get()
    assert (letter.recipient, letter.sent_to) == (None, "stina@strangers.example")
    assert outbox.forget(["test:1", "test:2"]) == 1
    assert not Message.objects.exists()


def test_a_letter_to_a_person_is_not_forgotten_with_those_to_strangers(ada):
    put_letter(ada, "test:1")
    assert outbox.forget(["test:1"]) == 0
