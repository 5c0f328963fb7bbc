"""Somebody stops all e-mails: nothing leaves but codes, until somebody lets them go."""

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from partners.models import Message, MessageState, PostStop
from partners.post import claims, delivery, main_stop
from tests.builders import make_letter

pytestmark = pytest.mark.django_db


def test_while_all_are_stopped_only_codes_leave(ada, bo, kim):
    make_letter(ada, subject="Du har en plats")
    make_letter(bo, subject="Din kod", urgent=True)
    assert main_stop.stop("Fel länk i alla mejl", by=kim)

    assert delivery.deliver_all() == 1
    assert [letter.subject for letter in mail.outbox] == ["Din kod"]

    assert main_stop.lift(by=kim)
    assert delivery.deliver_all() == 1
    assert not Message.objects.filter(state=MessageState.WAITING).exists()


def test_a_sender_in_the_middle_of_its_batch_sends_what_it_has_in_hand_and_codes(ada, bo, kim):
    in_hand, next_one = make_letter(ada), make_letter(bo)
    code = make_letter(bo)
    mine = claims.claim(timezone.now())
    taken = mine.take(in_hand.pk)
    Message.objects.filter(pk=code.pk).update(urgent=True)

    main_stop.stop("Fel länk i alla mejl", by=kim)

    mine.note_sent(taken)
    assert mine.take(next_one.pk) is None
    assert mine.take(code.pk) is not None
    mine.release()
    states = dict(Message.objects.values_list("pk", "state"))
    assert (states[in_hand.pk], states[next_one.pk]) == ("sent", "waiting")

    main_stop.lift(by=kim)
    assert next_one.pk in claims.claim(timezone.now()).letters


def test_a_stop_says_who_made_it_and_who_lifted_it(kim, lo):
    assert main_stop.standing() is None
    assert main_stop.stop("Fel länk", by=kim)
    assert not main_stop.stop("En gång till", by=lo)
    assert (main_stop.standing().stopped_by, main_stop.standing().why) == (kim, "Fel länk")
    assert main_stop.lift(by=lo)
    assert not main_stop.lift(by=lo)
    row = PostStop.objects.get()
    assert row.lifted_by == lo
    assert row.lifted_at
    assert main_stop.standing() is None


def test_the_database_holds_one_stop_at_a_time(kim):
    PostStop.objects.create(stopped_at=timezone.now(), stopped_by=kim)
    with pytest.raises(IntegrityError):
        PostStop.objects.create(stopped_at=timezone.now(), stopped_by=kim)


def test_nobody_lifts_a_stop_unnamed(kim):
    with pytest.raises(IntegrityError):
        PostStop.objects.create(stopped_at=timezone.now(), stopped_by=kim, lifted_at=timezone.now())
