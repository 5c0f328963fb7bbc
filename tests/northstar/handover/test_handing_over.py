"""Somebody leaves and a colleague takes over: seen before, done whole, once, and told to two."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.models import Intention, Registration
from northstar.handover import handing_over
from northstar.handover.plan import plan
from partners.models import Membership, Message
from partners.people import membership
from tests.builders import (
    make_leaving,
    make_measure,
    make_member,
    make_next_step,
    make_person,
    make_registration,
    make_session,
    make_survey,
)
from tests.races import at_once
from tests.reading import read

pytestmark = pytest.mark.django_db

CONTACT = "contact_person"


def of(person):
    return person.memberships.get()


def hand_over(leaver, successor, by=None):
    """As whoever has looked just now."""
    seen = plan(of(leaver), of(successor), timezone.now()).seal
    return handing_over.hand_over(of(leaver), of(successor), seal=seen, by=by or leaver)


def test_all_that_somebody_answers_for_goes_to_the_other_in_one_act(bostaden, cai, ada):
    seat = make_registration(make_session(capacity=1), cai)
    waits = make_registration(make_session(capacity=0), cai, "queued")
    step = make_next_step(make_session(in_days=-3), cai)
    make_measure(bostaden, created_by=cai)

    found = hand_over(cai, ada)

    assert (len(found.seats), len(found.steps), found.measures) == (2, 1, 1)
    for row in (seat, waits, step):
        row.refresh_from_db()
        assert row.person == ada
    assert (seat.state, waits.state, seat.created_by) == ("confirmed", "queued", cai)
    assert of(ada).role == CONTACT
    assert (of(cai).ended_by, of(cai).ended_at is None) == (cai, False)


def test_both_get_a_letter_and_nobody_else_does(bostaden, cai, ada, kim, bo):
    dag = make_member(bostaden, "Dag")
    session = make_session("Budget", capacity=1)
    make_registration(session, cai)
    make_registration(session, bo, "queued")
    hand_over(cai, ada, by=kim)
    letters = Message.objects.order_by("pk").values_list("recipient", "letter")
    assert sorted(letters) == sorted(
        [
            (ada.pk, "learning/registered_by_colleague"),
            (ada.pk, "northstar/taken_over"),
            (cai.pk, "northstar/handed_over"),
        ]
    )
    assert not dag.messages.exists()
    text = Message.objects.get(letter="northstar/taken_over").text
    assert "Budget" in text
    assert "Du är kontaktperson nu" in text
    assert Message.objects.get(letter="learning/registered_by_colleague").calendar


def test_a_seat_is_given_back_where_the_other_comes_already(bostaden, cai, ada, bo):
    session = make_session(capacity=2)
    seat = make_registration(session, cai)
    make_registration(session, ada)
    waits = make_registration(session, bo, "queued")
    found = hand_over(cai, ada)
    assert (found.seats, found.given_back) == ([], [seat])
    seat.refresh_from_db()
    waits.refresh_from_db()
    assert (seat.state, waits.state) == ("withdrawn", "confirmed")


def test_what_is_being_left_is_given_back_and_what_is_over_stays(bostaden, cai, ada):
    left = make_leaving(make_registration(make_session(), cai))
    held = make_registration(make_session(in_days=-1), cai)
    cancelled = make_registration(make_session(cancelled_at=timezone.now()), cai)
    hand_over(cai, ada)
    left.refresh_from_db()
    assert left.state == "withdrawn"
    for place in (held, cancelled):
        place.refresh_from_db()
        assert (place.person, place.state) == (cai, "confirmed")


def test_what_belongs_to_another_organisation_stays(bostaden, norrbyggen, cai, ada):
    Membership.objects.create(person=cai, organisation=norrbyggen)
    other = make_registration(make_session(), cai, organisation=norrbyggen)
    step = make_next_step(make_session(in_days=-3), cai, organisation=norrbyggen)
    mine = cai.memberships.get(organisation=bostaden)
    found = plan(mine, of(ada), timezone.now())
    handing_over.hand_over(mine, of(ada), seal=found.seal, by=cai)
    for row in (other, step):
        row.refresh_from_db()
        assert row.person == cai
    assert cai.memberships.current().get().organisation == norrbyggen


def test_a_next_step_stays_where_the_other_has_one_and_surveys_are_personal(bostaden, cai, ada):
    held = make_session(in_days=-3)
    step = make_next_step(held, cai)
    make_next_step(held, ada)
    done = make_next_step(make_session(in_days=-9), cai, status="done")
    _, survey = make_survey(held, cai)
    found = hand_over(cai, ada)
    assert (found.steps, found.steps_kept, found.surveys) == ([], [step], 1)
    assert set(Intention.objects.filter(person=cai)) == {step, done}
    survey.refresh_from_db()
    assert survey.person == cai


def test_what_has_changed_since_it_was_looked_at_is_not_done(bostaden, cai, ada):
    seen = plan(of(cai), of(ada), timezone.now()).seal
    place = make_registration(make_session(), cai)
    with pytest.raises(ValidationError) as refusal:
        handing_over.hand_over(of(cai), of(ada), seal=seen, by=cai)
    assert refusal.value.code == "changed"
    place.refresh_from_db()
    assert (place.person, of(cai).ended_at) == (cai, None)
    assert not Message.objects.exists()


def test_the_pages_say_what_moves_and_do_it_once(as_, bostaden, cai, ada):
    make_registration(make_session("Budget som hjälper"), cai)
    client, address = as_(cai), reverse("hand_over", args=[of(cai).pk])
    assert address in client.get(reverse("organisation_people")).content.decode()
    assert "Ada Åström, medlem" in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    page = client.get(address, {"to": of(ada).pk})
    words = read(page).text
    for said in ("Rollen som kontaktperson går till Ada", "1 plats går till Ada", "Budget som"):
        assert said in words, said
    asked = {"to": of(ada).pk, "seen": read(page).value("seen")}
    assert client.post(address, asked | {"seen": "x"}).status_code == 422
    for _ in range(2):
        done = client.post(address, asked)
        assert done["Location"] == reverse("organisation_people")
    assert Message.objects.count() == 3


def test_who_is_alone_is_told_that_somebody_must_come_first(as_, bostaden, cai):
    page = as_(cai).get(reverse("hand_over", args=[of(cai).pk]))
    assert "Ingen kan ta över än." in page.content.decode()


def test_a_coordinator_does_it_for_another_and_a_colleague_does_not(as_, bostaden, cai, ada, kim):
    address = reverse("hand_over", args=[of(ada).pk])
    assert as_(cai).get(address).status_code == 403
    client = as_(kim)
    page = client.get(address, {"to": of(cai).pk})
    done = client.post(address, {"to": of(cai).pk, "seen": read(page).value("seen")})
    assert done["Location"] == reverse("partner_people", args=[bostaden.slug])
    assert of(ada).ended_by == kim
    assert of(cai).role == CONTACT


@pytest.mark.parametrize("number", [1, 3])
def test_looking_costs_the_same_for_one_and_three(as_, bostaden, cai, ada, number):
    for _ in range(number):
        make_registration(make_session(), cai)
        make_next_step(make_session(in_days=-3), cai)
    client = as_(cai)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("hand_over", args=[of(cai).pk]), {"to": of(ada).pk})
    assert len(queries) == 12


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_over_to_each_other_at_once_come_to_one_outcome(bostaden, cai):
    dag = make_member(bostaden, "Dag", role=CONTACT)
    for person in (cai, dag):
        for _ in range(3):
            make_registration(make_session(capacity=5), person)
    results = at_once(lambda: hand_over(cai, dag), lambda: hand_over(dag, cai))
    refused = [one for one in results if isinstance(one, ValidationError)]
    assert [one.code for one in refused] == ["successor"], results
    left = [person for person in (cai, dag) if of(person).ended_at]
    stayed = dag if left == [cai] else cai
    assert len(left) == 1
    assert Registration.objects.filter(person=stayed).count() == 6
    assert Message.objects.filter(letter="northstar/handed_over").count() == 1


@pytest.mark.django_db(transaction=True)
def test_handing_over_while_somebody_ends_the_membership_has_one_outcome(bostaden, cai, ada, kim):
    seen = plan(of(cai), of(ada), timezone.now()).seal
    first, _ = at_once(
        lambda: handing_over.hand_over(of(cai), of(ada), seal=seen, by=cai),
        lambda: membership.end(of(ada), by=kim),
    )
    assert of(ada).ended_at
    done = not isinstance(first, Exception)
    assert done or first.code == "successor"
    assert bool(of(cai).ended_at) is done


def test_a_person_of_no_organisation_has_nothing_to_hand_over(as_, bostaden, cai):
    stranger = make_person("Xenia")
    assert as_(stranger).get(reverse("hand_over", args=[of(cai).pk])).status_code == 404
    ended = timezone.now() - timedelta(days=1)
    Membership.objects.update(ended_at=ended)
    assert as_(cai).get(reverse("hand_over", args=[of(cai).pk])).status_code == 404
