"""Letters nobody asked for: few, together, in working hours, and once whoever gathers."""

from collections import Counter
from datetime import timedelta

import psycopg
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from partners.models import Message, SwitchedOff, Topic
from partners.post import delivery, gathering, holding
from tests.builders import make_letter, make_person
from tests.partners.post.asked_nothing import here, put_survey
from tests.races import at_once

pytestmark = pytest.mark.django_db
DIGEST = "partners/digest"


@pytest.fixture(autouse=True)
def on_a_thursday(time_machine):
    time_machine.move_to(here("2027-04-08T10:00"), tick=False)


def go_by(seconds=0):
    """The clock comes by: gather, then send."""
    gathering.gather(timezone.now())
    delivery.deliver_all()


def sent_survey(person, when):
    return make_letter(
        person, letter="learning/survey_invitation", state="sent", sent_at=here(when)
    )


def states():
    return sorted(Message.objects.values_list("state", "held"))


def test_one_that_is_due_leaves_as_it_is(ada):
    put_survey(ada)
    go_by()
    assert [letter.subject for letter in mail.outbox] == ["Fyra frågor om Budget"]
    assert states() == [("sent", False)]


def test_nothing_leaves_in_quiet_hours_and_all_of_it_at_nine_in_one(ada, time_machine):
    time_machine.move_to(here("2027-04-09T17:30"), tick=False)  # a Friday
    put_survey(ada, "Budget")
    time_machine.move_to(here("2027-04-11T12:00"), tick=False)
    put_survey(ada, "Resor")
    go_by()
    time_machine.move_to(here("2027-04-12T08:59:59"), tick=False)
    go_by()
    assert mail.outbox == []
    time_machine.move_to(here("2027-04-12T09:00"), tick=False)
    go_by()
    assert [letter.subject for letter in mail.outbox] == ["Fyra frågor om Budget, och 1 till"]


def test_what_is_due_later_in_the_same_hour_goes_along(ada):
    put_survey(ada, "Budget")
    later, _ = put_survey(ada, "Resor")
    Message.objects.filter(pk=later.pk).update(next_try_at=here("2027-04-08T10:59"))
    other, _ = put_survey(ada, "Mat")
    Message.objects.filter(pk=other.pk).update(next_try_at=here("2027-04-08T11:00"))
    go_by()
    (sent,) = mail.outbox
    assert "Resor" in sent.body
    assert "Mat" not in sent.body


def test_a_second_one_waits_for_tomorrow_and_a_third_for_room_in_the_week(ada, time_machine):
    for title in ("Budget", "Resor", "Mat"):
        put_survey(ada, title)
        go_by()
        time_machine.shift(timedelta(hours=1))
    assert len(mail.outbox) == 1
    waits = Message.objects.held().values_list("next_try_at", flat=True)
    assert set(waits) == {here("2027-04-09T09:00")}
    time_machine.move_to(here("2027-04-09T09:00"), tick=False)
    put_survey(ada, "Energi")
    go_by()
    assert mail.outbox[1].subject == "Fyra frågor om Resor, och 2 till"
    put_survey(ada, "Bygg")
    go_by()
    last = Message.objects.held().get(gathered_in=None)
    assert last.next_try_at == here("2027-04-15T09:00"), "seven days after the first"
    time_machine.move_to(here("2027-04-15T09:00"), tick=False)
    go_by()
    assert len(mail.outbox) == 3


def test_the_limits_are_settings(ada, settings):
    settings.UNASKED_A_DAY, settings.UNASKED_A_WEEK = 0, 0
    for title in ("Budget", "Resor", "Mat"):
        put_survey(ada, title)
        go_by()
    assert len(mail.outbox) == 3


def test_what_was_sent_counts_by_the_day_in_umea_and_only_what_nobody_asked_for(ada, bo, cai):
    sent_survey(ada, "2027-04-08T00:10")  # still Wednesday in UTC
    sent_survey(bo, "2027-04-07T23:50")
    make_letter(cai, state="sent", sent_at=here("2027-04-08T09:00"))  # a reminder
    for person in (ada, bo, cai):
        put_survey(person)
    go_by()
    assert {letter.to[0] for letter in mail.outbox} == {bo.email, cai.email}


def test_one_that_is_on_its_way_counts_as_sent(ada):
    put_survey(ada, "Budget")
    gathering.gather(timezone.now())  # and the mail server is down
    put_survey(ada, "Resor")
    go_by()
    assert len(mail.outbox) == 1


def test_a_sweep_that_comes_in_the_evening_lets_nothing_go(ada, time_machine):
    put_survey(ada)
    time_machine.move_to(here("2027-04-08T18:00"), tick=False)
    go_by()
    assert mail.outbox == []
    assert Message.objects.get().next_try_at == here("2027-04-09T09:00")


@pytest.mark.parametrize(
    ("put", "leaves"),
    [
        ("2027-03-27T12:00", "2027-03-30T09:00"),  # the Saturday before summer time
        ("2026-10-24T12:00", "2026-10-26T09:00"),  # and before it ends
    ],
)
def test_it_is_nine_on_the_wall_when_the_clocks_have_changed(ada, time_machine, put, leaves):
    time_machine.move_to(here(put), tick=False)
    put_survey(ada)
    time_machine.move_to(here(leaves) - timedelta(seconds=1), tick=False)
    go_by()
    assert mail.outbox == []
    time_machine.move_to(here(leaves), tick=False)
    go_by()
    assert len(mail.outbox) == 1


def test_what_would_be_of_no_use_by_then_lapses(ada):
    sent_survey(ada, "2027-04-08T09:00")
    lapses, token = put_survey(ada, "Budget", useless_after=here("2027-04-09T09:00"))
    put_survey(ada, "Resor")
    go_by()
    lapses.refresh_from_db()
    assert (lapses.state, lapses.last_error) == ("skipped", holding.TOO_LATE)
    assert token not in lapses.text
    assert Message.objects.held().get().next_try_at == here("2027-04-09T09:00")


def test_a_survey_that_cannot_leave_for_five_working_days_lapses(ada, time_machine):
    letter, _ = put_survey(ada)
    time_machine.move_to(here("2027-04-15T17:00"), tick=False)  # no clock all that time
    go_by()
    letter.refresh_from_db()
    assert (letter.state, mail.outbox) == ("skipped", [])


def test_what_was_put_while_it_was_being_switched_off_is_not_sent(ada, bo):
    put_survey(ada)
    put_survey(bo)
    SwitchedOff.objects.create(person=ada, topic=Topic.ALL)
    SwitchedOff.objects.create(person=bo, topic=Topic.NEWS)
    go_by()
    assert [letter.to for letter in mail.outbox] == [[bo.email]]
    assert ada.messages.get().last_error == holding.UNWANTED


def test_whoever_cannot_be_written_to_is_told_by_the_sender_once(ada):
    put_survey(ada)
    put_survey(ada, "Resor")
    ada.is_active = False
    ada.save()
    for _ in range(3):
        go_by()
    assert set(ada.messages.values_list("state", "last_error")) == {
        ("skipped", "the person may not log in any more")
    }
    assert ada.messages.count() == 2


def test_a_moved_clock_brings_what_was_due_on_the_way(ada, time_machine):
    time_machine.move_to(here("2027-04-09T18:00"), tick=False)
    put_survey(ada)
    time_machine.move_to(here("2027-04-13T10:00"), tick=False)
    go_by()
    assert len(mail.outbox) == 1


def crowd(people, letters):
    """So many people of each fate: one who gets one letter, one a digest, one who must wait, one
    whose letter lapses."""
    for number in range(people):
        sent_survey(waits := make_person(f"Waits {number}"), "2027-04-08T09:00")
        sent_survey(late := make_person(f"Late {number}"), "2027-04-08T09:00")
        put_survey(make_person(f"One {number}"))
        folds = make_person(f"Folds {number}")
        for _ in range(letters):
            put_survey(folds)
            put_survey(waits)
        put_survey(late, useless_after=here("2027-04-08T16:00"))


@pytest.mark.parametrize(("people", "letters"), [(1, 2), (3, 4)])
def test_the_number_of_queries_is_the_same_for_any_number_of_letters(
    django_assert_num_queries, people, letters
):
    crowd(people, letters)
    with django_assert_num_queries(13 + 2):  # and a savepoint
        assert gathering.gather(timezone.now()) == 4 * people
    assert Message.objects.filter(letter=DIGEST).count() == people
    assert Message.objects.due(timezone.now()).count() == 2 * people


def test_nothing_due_costs_six_queries(django_assert_num_queries):
    with django_assert_num_queries(6 + 2):  # and a savepoint
        assert gathering.gather(timezone.now()) == 0


def test_many_are_gathered_turn_by_turn(monkeypatch):
    monkeypatch.setattr(gathering, "MOST", 2)
    for number in range(5):
        put_survey(make_person(f"Number {number}"))
    assert gathering.gather_all(timezone.now(), for_s=30) == 5
    assert not Message.objects.held().exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_gather_at_once_write_one_digest_to_each(time_machine):
    people = [make_person(f"Number {number}") for number in range(5)]
    for person in people:
        put_survey(person, "Budget")
        put_survey(person, "Resor")
    now = timezone.now()

    at_once(*[lambda: gathering.gather(now)] * 4)

    digests = Message.objects.filter(letter=DIGEST)
    assert Counter(digests.values_list("recipient", flat=True)) == {p.pk: 1 for p in people}
    delivery.deliver_all()
    assert len(mail.outbox) == 5


@pytest.mark.django_db(transaction=True)
def test_whoever_holds_a_letter_locked_holds_up_nobody_else(ada, bo):
    locked, _ = put_survey(ada)
    put_survey(bo)
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT 1 FROM partners_message WHERE id = %s FOR UPDATE", [locked.pk])
        go_by()
        assert [letter.to for letter in mail.outbox] == [[bo.email]]
    go_by()
    assert len(mail.outbox) == 2


def test_where_it_is_busy_the_next_sweep_does_it(ada, monkeypatch, caplog):
    put_survey(ada)

    def busy(now):
        raise ValidationError("busy", code="busy")

    with monkeypatch.context() as patched:
        patched.setattr(gathering, "gather", busy)
        assert gathering.gather_all(timezone.now(), for_s=5) == 0
    assert "busy" in caplog.text
    assert gathering.gather_all(timezone.now(), for_s=5) == 1
