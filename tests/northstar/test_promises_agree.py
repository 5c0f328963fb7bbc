"""Card, table, partner's page, start page, story and participation report say the same."""

import random
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import AttendanceStatus
from learning.participation.report import By, report
from learning.participation.rows import Period
from measures.standing import files, gathering, panel, table
from measures.story import events
from partners.models import MembershipRole, Organisation
from tests.builders import (
    make_attendance,
    make_measure,
    make_member,
    make_organisation,
    make_session,
)
from tests.promise_builders import (
    make_adoption,
    make_challenge,
    make_contribution,
    make_letter_of_intent,
    make_own_target,
    make_period,
    make_shared_report,
)
from tests.reading import read

SEED = 20261130


@pytest.fixture
def partners(db):
    """Eight partners, each with other parts of its promise."""
    chance = random.Random(SEED)
    term = make_period()
    challenges = [make_challenge(f"Utmaning {n}") for n in range(6)]
    now = timezone.now()
    new_year = timezone.localtime(now).replace(month=1, day=1, hour=0, minute=0, second=0)
    held = [make_session(f"Träff {n}", starts_at=new_year, hours=0.01) for n in range(4)]
    held += [
        make_session("Inställd", starts_at=new_year, hours=0.01, cancelled_at=now),
        make_session("I fjol", in_days=-400),
        make_session("Pågår", starts_at=now),
    ]
    return [_partner(number, chance, term, challenges, held) for number in range(8)]


def _partner(number, chance, term, challenges, held):
    one = make_organisation(f"Partner {number}")
    people = [make_member(one, f"Kontakt {number}", role=MembershipRole.CONTACT_PERSON)]
    people += [make_member(one, f"Medlem {number}")]
    for session in chance.sample(held, number % len(held)):
        for person in people[: chance.randint(1, 2)]:
            status = chance.choice([AttendanceStatus.PRESENT] * 3 + [AttendanceStatus.ABSENT])
            make_attendance(session, person, status)
    for challenge in challenges[:number]:
        make_adoption(one, challenge, term)
        if chance.random() < 0.7:
            make_measure(one, challenge=challenge)
    if number % 2:
        make_letter_of_intent(one, term, min_challenges=number)
        make_shared_report(one)
    if number % 3:
        make_own_target(one)
    if number == 4:
        make_contribution(one)
    return one


def test_every_figure_is_the_same_wherever_it_stands(client, kim, partners):
    now, year = timezone.now(), timezone.localdate().year
    cards = gathering.cards(Organisation.objects.partners().in_order(), now)
    rows = {row.organisation.pk: row for row in table.rows({}, "name", now)}
    of_year = Period(date(year, 1, 1), date(year, 12, 31))
    told = report(of_year, By.ORGANISATION, kim, now)
    occasions = {row.key: row.attended for row in told.rows}
    unseen = {one.organisation.pk for one in told.unseen}
    assert len(told.sessions) == cards[0].held
    assert {card.facts.attended > 0 for card in cards} == {True, False}
    for card in cards:
        own = card.organisation
        assert rows[own.pk].card == card
        assert occasions.get(str(own.pk), 0) == card.facts.occasions
        assert (own.pk in unseen) == (card.facts.attended == 0)
        story = events.story(own, kim, now)
        assert events.sessions_of(story, year) == card.facts.attended
        _pages_say(client, card, kim)


def _pages_say(client, card, kim):
    """The start page of its contact person, its own page, and its row in table and file."""
    own, shown = card.organisation, panel.panels(card, is_own=True, writes=True)
    figures = [(one.line.state, one.line.done, one.line.whole) for one in shown]
    contact = own.memberships.get(role=MembershipRole.CONTACT_PERSON).person
    client.force_login(contact)
    start = client.get(reverse("home"))
    page = client.get(reverse("partner_detail", args=[own.slug]))
    for answer in (start, page):
        panels = answer.context["panels"]
        assert [(o.line.state, o.line.done, o.line.whole) for o in panels] == figures
        for one in shown:
            assert str(one.sentence) in read(answer).text
    client.force_login(kim)
    asked = client.get(reverse("partner_cards"), {"q": own.name})
    (row,) = read(asked).rows()
    for one, cell in zip(shown, row[2:5], strict=True):
        assert cell.startswith(str(one.state))
        if one.line.key != "sharing":
            assert f"{one.line.done} av {one.line.whole}" in cell
    (cells,) = files.rows([table.Row(card)])
    assert (cells[3], cells[9], cells[10]) == (
        card.facts.attended,
        card.emissions.done,
        card.emissions.whole,
    )
