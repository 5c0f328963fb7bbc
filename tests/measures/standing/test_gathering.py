"""The cards of sixty organisations cost what one does."""

import pytest
from django.utils import timezone

from learning.models import AttendanceStatus
from measures.standing import gathering
from partners.models import Organisation
from tests.builders import (
    make_attendance,
    make_measure,
    make_member,
    make_organisation,
    make_session,
)
from tests.promise_builders import (
    make_adoption,
    make_contribution,
    make_letter_of_intent,
    make_own_target,
    make_shared_report,
)


def furnish(organisation, session):
    make_attendance(session, make_member(organisation))
    adopted = make_adoption(organisation)
    make_measure(organisation, challenge=adopted.challenge)
    make_letter_of_intent(organisation)
    make_own_target(organisation)
    make_contribution(organisation)
    make_shared_report(organisation)


@pytest.mark.parametrize("number", [1, 60])
def test_sixty_cards_cost_what_one_does(db, number, django_assert_num_queries):
    session = make_session(starts_at=timezone.now())
    for place in range(number):
        furnish(make_organisation(f"Partner {place:02}"), session)
    partners = Organisation.objects.partners().in_order()
    with django_assert_num_queries(10):
        found = gathering.cards(partners, timezone.now())
        states = {(card.learning.state, card.sharing.state, card.emissions.done) for card in found}
    assert len(found) == number
    assert [card.organisation.name for card in found] == [f"Partner {n:02}" for n in range(number)]
    assert states == {("kept", "kept", 1)}


def test_of_no_organisation_there_is_no_card(db):
    assert gathering.cards([], timezone.now()) == []


def test_each_has_its_own(bostaden, norrbyggen):
    furnish(bostaden, make_session(starts_at=timezone.now()))
    other, own = gathering.cards([norrbyggen, bostaden], timezone.now())
    assert own.facts.attended == own.facts.occasions == own.facts.people == 1
    assert other.facts == type(other.facts)()


def test_sessions_are_counted_once_and_only_for_those_who_came(bostaden):
    now = timezone.now()
    session = make_session(starts_at=now)
    for _ in range(2):
        make_attendance(session, make_member(bostaden))
    make_attendance(make_session(in_days=-800), make_member(bostaden))
    make_attendance(make_session(starts_at=now), make_member(bostaden), AttendanceStatus.ABSENT)
    make_attendance(make_session(starts_at=now, cancelled_at=now), make_member(bostaden))
    facts = gathering.card_of(bostaden, now).facts
    assert (facts.attended, facts.occasions, facts.people, facts.attended_ever) == (1, 2, 2, 2)
    assert facts.latest_at == session.starts_at
