"""What becomes of a letter as it is put: sent at once, held, or skipped because it is unwanted."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from partners.models import HIDDEN, Message, MessageState, SwitchedOff, Topic
from partners.post import delivery, gathering, holding, outbox
from tests.builders import make_session, put_letter
from tests.partners.post.asked_nothing import here, put_survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_thursday(time_machine):
    time_machine.move_to(here("2027-04-08T10:00"), tick=False)


def put_own(person, key="test:own"):
    about = {"session": make_session(), "title": "Budget", "session_url": outbox.absolute("/")}
    outbox.put(key, person, "learning/session_cancelled", about)
    return Message.objects.get(key=key)


def test_a_letter_nobody_asked_for_is_held_and_no_sender_takes_it(ada):
    letter, _ = put_survey(ada)
    assert (letter.state, letter.held, letter.next_try_at) == ("waiting", True, timezone.now())
    delivery.deliver_all()
    assert mail.outbox == []
    assert not Message.objects.due(timezone.now() + timedelta(days=30)).exists()


def test_in_quiet_hours_it_is_given_nine_the_next_working_day(ada, time_machine):
    time_machine.move_to(here("2027-04-09T18:00"), tick=False)
    letter, _ = put_survey(ada)
    assert letter.next_try_at == here("2027-04-12T09:00")


def test_a_survey_lapses_after_five_working_days_and_sooner_where_it_says_so(ada, bo):
    letter, _ = put_survey(ada, useless_after=here("2027-04-22T10:00"))
    assert letter.useless_after == here("2027-04-15T17:00")
    letter, _ = put_survey(bo, useless_after=here("2027-04-09T10:00"))
    assert letter.useless_after == here("2027-04-09T10:00")


def test_reminders_and_ones_own_letters_leave_at_any_hour(ada, time_machine):
    time_machine.move_to(here("2027-04-10T23:00"), tick=False)
    assert not put_letter(ada).held
    assert not put_own(ada).held
    delivery.deliver_all()
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("topic", [Topic.SURVEYS, Topic.ALL])
def test_what_somebody_has_switched_off_is_a_row_that_says_so_and_opens_nothing(ada, topic):
    SwitchedOff.objects.create(person=ada, topic=topic)
    letter, token = put_survey(ada)
    assert (letter.state, letter.held) == (MessageState.SKIPPED, False)
    assert letter.last_error == holding.UNWANTED
    assert token not in letter.text + letter.html
    assert f"/enkat/{HIDDEN}/" in letter.text
    delivery.deliver_all()
    assert mail.outbox == []


def test_one_topic_that_is_off_leaves_the_others_on(ada, bo):
    SwitchedOff.objects.create(person=ada, topic=Topic.PLACES)
    assert put_survey(ada)[0].state == MessageState.WAITING
    assert put_letter(ada, key="test:ada").state == MessageState.SKIPPED
    assert put_letter(bo, key="test:bo").state == MessageState.WAITING


def test_ones_own_letters_come_whatever_is_switched_off(ada):
    SwitchedOff.objects.bulk_create(SwitchedOff(person=ada, topic=topic) for topic in Topic)
    assert put_own(ada).state == MessageState.WAITING


def test_of_many_only_those_who_want_it_get_it_and_it_is_asked_once(
    ada, bo, cai, django_assert_num_queries
):
    SwitchedOff.objects.create(person=ada, topic=Topic.ALL)
    SwitchedOff.objects.create(person=bo, topic=Topic.NEWS)
    about = {"session": make_session(), "title": "Budget", "session_url": ""}
    copies = [outbox.Copy(f"test:{person.pk}", person) for person in (ada, bo, cai)]
    with django_assert_num_queries(4):
        outbox.put_to_many(copies, "learning/session_reminder", lambda language: about)
    kept = dict(Message.objects.values_list("recipient", "state"))
    assert kept == {ada.pk: "skipped", bo.pk: "waiting", cai.pk: "waiting"}


def test_what_is_overtaken_is_dropped_while_it_is_held(ada):
    letter, token = put_survey(ada, key="test:1:x")
    assert outbox.drop("test:1:") == 1
    letter.refresh_from_db()
    assert (letter.state, letter.held, letter.last_error) == ("skipped", False, outbox.OVERTAKEN)
    assert token not in letter.text


def test_senders_find_what_is_due_by_an_index_that_holds_nothing_else(ada):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'message_due'")
        (made,) = cursor.fetchone()
        # Of a table that is as good as empty any index will do: the others are put aside.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = Message.objects.due(timezone.now()).explain()
    assert "NOT held" in made
    assert "message_due" in plan


def test_the_outbox_says_when_it_leaves_and_in_which_one_it_went_along(as_, kim, ada):
    one, _ = put_survey(ada, "Budget")
    other, _ = put_survey(ada, "Resor")
    client = as_(kim)
    assert "Skickas tidigast" in client.get(reverse("outbox_letter", args=[one.pk])).text
    gathering.gather(timezone.now())
    delivery.deliver_all()
    gathering.gather(timezone.now())
    digest = Message.objects.get(letter="partners/digest")
    page = client.get(reverse("outbox_letter", args=[other.pk])).text
    assert "följde med i ett annat mejl" in page
    assert reverse("outbox_letter", args=[digest.pk]) in page
    SwitchedOff.objects.create(person=ada, topic=Topic.SURVEYS)
    unwanted, _ = put_survey(ada, "Mat")
    page = client.get(reverse("outbox_letter", args=[unwanted.pk])).text
    assert "personen har stängt av mejl om det här" in page
