"""Letters in hand: whose they are, and what is written down of them and when."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from partners.models import Message, User
from partners.post import claims
from tests.builders import make_letter
from tests.faults.conftest import wait_until
from tests.faults.locks import waiting

pytestmark = pytest.mark.django_db


def state_of(letter):
    return Message.objects.values_list("state", "attempts", "sent_to").get(pk=letter.pk)


def test_one_statement_takes_a_letter_and_says_that_the_last_one_has_left(
    ada, bo, django_assert_num_queries
):
    first, second = make_letter(ada), make_letter(bo)
    mine = claims.claim(timezone.now())
    assert mine.letters == [first.pk, second.pk]
    mine.note_sent(mine.take(first.pk))
    assert state_of(first) == ("waiting", 1, "")
    with django_assert_num_queries(1):
        taken = mine.take(second.pk)
    assert state_of(first) == ("sent", 1, ada.email)
    assert (taken.letter, taken.address, taken.letter.attempts) == (second, bo.email, 1)
    mine.note_sent(taken)
    mine.release()
    assert state_of(second) == ("sent", 1, bo.email)
    assert not Message.objects.exclude(claim=None).exists()


def test_a_secret_is_forgotten_as_soon_as_it_has_left(ada):
    letter = make_letter(ada, text="Koden är 1234 5678.", secret=True)
    mine = claims.claim(timezone.now())
    mine.note_sent(mine.take(letter.pk))
    letter.refresh_from_db()
    assert (letter.state, letter.text) == ("sent", "Koden är •••.")


def test_what_is_let_go_can_be_claimed_at_once(ada):
    letter = make_letter(ada)
    claims.claim(timezone.now()).release()
    assert claims.claim(timezone.now()).letters == [letter.pk]
    assert claims.claim(timezone.now()).letters == []


def test_row_32_the_reader_is_who_they_are_when_the_letter_is_taken(ada):
    letter = make_letter(ada)
    mine = claims.claim(timezone.now())
    User.objects.filter(pk=ada.pk).update(email="ny@umea.example", is_active=False)
    taken = mine.take(letter.pk)
    assert (taken.address, taken.reader_is_active) == ("ny@umea.example", False)


def test_a_letter_for_an_address_of_its_own_goes_there(ada):
    letter = make_letter(ada, sent_to="egen@umea.example")
    assert claims.claim(timezone.now()).take(letter.pk).address == "egen@umea.example"


def test_a_sender_that_slept_neither_takes_nor_marks_what_is_another_s(ada):
    letter = make_letter(ada)
    slept = claims.claim(timezone.now())
    taken = slept.take(letter.pk)
    Message.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    awake = claims.claim(timezone.now())
    awake.take(letter.pk)
    assert slept.take(letter.pk) is None
    slept.note_sent(taken)
    slept.release()
    assert state_of(letter) == ("waiting", 2, "")
    assert Message.objects.get(pk=letter.pk).claim == awake.key


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_letter_that_is_being_dropped(ada):
    letter = make_letter(ada)
    mine = claims.claim(timezone.now())
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT 1 FROM partners_message WHERE id = %s FOR UPDATE", [letter.pk])
        assert mine.take(letter.pk) is None
    assert state_of(letter) == ("waiting", 0, "")


def rows_changed_in_place():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables"
            " WHERE relname = 'partners_message'"
        )
        return cursor.fetchone()


def test_claiming_and_taking_a_letter_writes_to_no_index(ada):
    letter = make_letter(ada)
    updates, in_place = rows_changed_in_place()
    mine = claims.claim(timezone.now())
    mine.take(letter.pk)
    mine.release()
    assert rows_changed_in_place() == (updates + 3, in_place + 3)


def test_each_letter_has_room_beside_it_to_be_changed_in():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'partners_message'")
        assert cursor.fetchone() == (["fillfactor=60"],)


def test_no_minute_has_more_letters_than_the_cap(ada, settings):
    settings.MAIL_PER_MINUTE = 3
    first, second, third, *others = [make_letter(ada) for _ in range(5)]
    now = timezone.now()
    mine = claims.claim(now)
    assert mine.letters == [first.pk, second.pk, third.pk]
    assert claims.claim(now).letters == [], "those in hand of another count"
    mine.note_sent(mine.take(first.pk))
    mine.note_sent(mine.take(second.pk))
    mine.release()
    code = make_letter(ada, urgent=True, next_try_at=now)
    mine = claims.claim(now)
    assert mine.letters == [code.pk], "it takes the room of the third"
    mine.note_sent(mine.take(code.pk))
    mine.release()
    assert claims.claim(now).letters == []
    again = now + timedelta(seconds=61)
    assert claims.claim(again).letters == [third.pk, *(other.pk for other in others)]


def test_codes_leave_when_the_minute_is_full(ada, settings):
    settings.MAIL_PER_MINUTE = 1
    make_letter(ada)
    codes = [make_letter(ada, urgent=True).pk for _ in range(3)]
    assert claims.claim(timezone.now()).letters == codes


def test_without_a_cap_nothing_is_counted(ada, settings, django_assert_num_queries):
    assert settings.MAIL_PER_MINUTE == 0
    make_letter(ada)
    with django_assert_num_queries(2 + 2):  # and a savepoint
        claims.claim(timezone.now())


@pytest.mark.django_db(transaction=True)
def test_of_two_senders_that_look_at_once_the_second_sees_what_the_first_has_claimed(ada, settings):
    settings.MAIL_PER_MINUTE = 3
    letters = [make_letter(ada).pk for _ in range(5)]
    second = []

    def look():
        second.extend(claims.claim(timezone.now()).letters)
        connection.close()

    other = threading.Thread(target=look)
    with transaction.atomic():
        assert claims.claim(timezone.now()).letters == letters[:3]
        other.start()
        assert wait_until(waiting, seconds=2)
    other.join()
    assert second == []
