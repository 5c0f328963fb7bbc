"""Somebody stops all e-mails: nothing leaves but codes, until somebody lets them go."""

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from partners.models import Message, MessageState, PostStop
from partners.post import delivery, stops
from tests.builders import make_letter

pytestmark = pytest.mark.django_db


def test_while_all_are_stopped_only_codes_leave(ada, bo, kim):
    make_letter(ada, subject="Du har en plats")
    make_letter(bo, subject="Din kod", urgent=True)
    assert stops.stop("Fel länk i alla mejl", by=kim)

    assert delivery.deliver_all() == 1
    assert [letter.subject for letter in mail.outbox] == ["Din kod"]

    assert stops.lift(by=kim)
    assert delivery.deliver_all() == 1
    assert not Message.objects.filter(state=MessageState.WAITING).exists()


def test_a_stop_says_who_made_it_and_who_lifted_it(kim, lo):
    assert stops.standing() is None
    assert stops.stop("Fel länk", by=kim)
    assert not stops.stop("En gång till", by=lo)
    assert (stops.standing().stopped_by, stops.standing().why) == (kim, "Fel länk")
    assert stops.lift(by=lo)
    assert not stops.lift(by=lo)
    row = PostStop.objects.get()
    assert row.lifted_by == lo
    assert row.lifted_at
    assert stops.standing() is None


def test_the_database_holds_one_stop_at_a_time(kim):
    PostStop.objects.create(stopped_at=timezone.now(), stopped_by=kim)
    with pytest.raises(IntegrityError):
        PostStop.objects.create(stopped_at=timezone.now(), stopped_by=kim)


def test_nobody_lifts_a_stop_unnamed(kim):
    with pytest.raises(IntegrityError):
        PostStop.objects.create(stopped_at=timezone.now(), stopped_by=kim, lifted_at=timezone.now())
