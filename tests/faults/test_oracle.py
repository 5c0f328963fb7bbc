"""The oracle sees: a breach is planted for each of its rules."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.models import Registration
from partners.models import Invitation, Message
from tests.builders import (
    make_invitation,
    make_letter,
    make_member,
    make_organisation,
    make_person,
    make_session,
)
from tests.faults import locks, oracle

FEW = "V7 nobody gets more that they did not ask for than one a day and two a week"


def people_in(session, *states):
    """Places in *session* as the operation makes them, then put into *states* past it."""
    places = []
    for state in states:
        person = make_person("P")
        place = Registration.objects.create(
            session=session, person=person, state=state, created_by=person, seated_at=timezone.now()
        )
        told = {"queued": "place_in_queue", "confirmed": "seat_confirmed"}[state]
        key = f"learning.place:{session.pk}:{place.pk}:{told}"
        make_letter(person, key=key, letter=f"learning/{told}")
        places.append(place)
    return places


def sold_twice():
    people_in(make_session(capacity=1), "confirmed", "confirmed")


def left_empty():
    people_in(make_session(capacity=2), "confirmed", "queued")


def out_of_order():
    people_in(make_session(capacity=1), "queued", "confirmed")


def seated_late():
    session = make_session(capacity=1)
    people_in(session, "confirmed")
    session.starts_at = timezone.now() - timedelta(hours=1)
    session.save()


def said_yes_late():
    asked, _ = make_invitation(
        make_person("Bo"), make_organisation(), by=make_person(), role="member", name="Bo"
    )
    Invitation.objects.update(accepted_at=asked.expires_at)


def not_told():
    people_in(make_session(), "confirmed")
    Message.objects.all().delete()


def told_another_thing():
    people_in(make_session(capacity=0), "queued")
    Message.objects.update(letter="learning/seat_confirmed")


def told_only_of_a_change():
    """The letter about the place is lost, and nobody sees it beside the one about a move."""
    [place] = people_in(make_session(), "confirmed")
    Message.objects.all().delete()
    key = f"learning.session:{place.session_id}:{place.pk}:moved:1"
    make_letter(place.person, key=key, letter="learning/session_moved")


def told_before_and_dropped():
    """The letter about the place was dropped, and the one about the move had gone before it."""
    told_only_of_a_change()
    place = Registration.objects.get()
    key = f"learning.place:{place.session_id}:{place.pk}:seat_confirmed"
    dropped = {"state": "skipped", "last_error": "overtaken by events"}
    make_letter(place.person, key=key, letter="learning/seat_confirmed", **dropped)


def dropped_for_another_reason():
    [place] = people_in(make_session(), "confirmed")
    Message.objects.update(state="skipped", last_error="too late to be of use")
    key = f"learning.session:{place.session_id}:{place.pk}:moved:1"
    make_letter(place.person, key=key, letter="learning/session_moved")


def told_of_the_seat_twice():
    """Twice of the seat, and once of the move."""
    told_only_of_a_change()
    place = Registration.objects.get()
    for letter in ("seat_confirmed", "seat_from_queue"):
        key = f"learning.place:{place.session_id}:{place.pk}:{letter}"
        make_letter(place.person, key=key, letter=f"learning/{letter}")


def needless_and_in_hand_for_ever():
    letter = make_letter(make_member(make_organisation()))
    moment = timezone.now() - timedelta(hours=1)
    claimed = {"claim": letter.message_id, "claimed_until": moment}
    Message.objects.filter(pk=letter.pk).update(state="skipped", **claimed)


def held_too_long():
    letter = make_letter(make_member(make_organisation()))
    moment = timezone.now() - timedelta(hours=1)
    Message.objects.filter(pk=letter.pk).update(claim=letter.message_id, claimed_until=moment)


UNASKED = {"letter": "partners/mailing", "useless_after": timezone.now() + timedelta(days=90)}


def held_for_ever():
    make_letter(make_person(), **UNASKED | {"useless_after": None}, held=True)


def stopped_and_sent():
    now = timezone.now()
    stopped = {"state": "stopped", "decided_by": make_person("Kim"), "decided_at": now}
    make_letter(make_person(), **stopped, sent_at=now + timedelta(minutes=1))


def sent_beside_its_digest():
    ada, now = make_person("Ada"), timezone.now()
    long_ago = now - timedelta(days=20)
    digest = make_letter(ada, letter="partners/digest", state="sent", sent_at=long_ago)
    make_letter(ada, **UNASKED, gathered_in=digest, state="sent", sent_at=now)


def two_a_day():
    ada = make_person("Ada")
    for state in ("sent", "bounced"):  # what came back had left
        moment = {"sent_at": timezone.now(), "bounced_at": timezone.now()}
        make_letter(ada, **UNASKED, state=state, **moment)


def three_a_week():
    ada = make_person("Ada")
    for days in (1, 3, 6):
        make_letter(ada, **UNASKED, state="sent", sent_at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(
    ("breach", "rule"),
    [
        (sold_twice, "V1 seats are sold once"),
        (left_empty, "V1 no seat is empty while somebody waits"),
        (out_of_order, "V3 first come, first served"),
        (seated_late, "V4 no seat is given after the start, and none in a cancelled session"),
        (said_yes_late, "V4 nobody says yes to what is over"),
        (not_told, "V5 whoever has a place is told so, once"),
        (told_another_thing, "V5 whoever has a place is told so, once"),
        (told_only_of_a_change, "V5 whoever has a place is told so, once"),
        (told_before_and_dropped, "V5 whoever has a place is told so, once"),
        (dropped_for_another_reason, "V5 whoever has a place is told so, once"),
        (told_of_the_seat_twice, "V5 whoever has a place is told so, once"),
        (needless_and_in_hand_for_ever, oracle.LEFT),
        (held_too_long, "V6 no letter is held longer than its lease"),
        (held_for_ever, "V6 what is held has its hour, and is of use then"),
        (stopped_and_sent, "V6 what is stopped stays, and says by whom"),
        (
            sent_beside_its_digest,
            "V7 what went along in another letter never leaves by itself",
        ),
        (two_a_day, FEW),
        (three_a_week, FEW),
    ],
)
def test_a_breach_is_seen(breach, rule):
    breach()
    assert list(oracle.broken()) == [rule]


def test_whoever_holds_a_row_too_long_is_seen(monkeypatch):
    rule = "V11 nobody holds or waits too long"
    sooner = oracle.RULES[rule].replace("15 s", "0 s")
    monkeypatch.setitem(oracle.RULES, rule, sooner)
    with locks.held(make_session()):
        assert list(oracle.broken()) == [rule]


def test_a_sender_that_was_killed_leaves_no_more_than_one_batch_in_its_hand():
    needless_and_in_hand_for_ever()
    assert oracle.broken(kills=1) == {}
    needless_and_in_hand_for_ever()
    assert list(oracle.broken(kills=1)) == [oracle.LEFT]


def test_who_was_told_of_the_move_in_place_of_the_seat_is_told():
    [place] = people_in(make_session(), "confirmed")
    Message.objects.update(state="skipped", last_error="overtaken by events")
    for number, state in ((1, "skipped"), (2, "sent")):
        key = f"learning.session:{place.session_id}:{place.pk}:moved:{number}"
        moment = {"sent_at": timezone.now(), "last_error": ""}
        make_letter(place.person, key=key, letter="learning/session_moved", state=state, **moment)
    assert oracle.broken() == {}
