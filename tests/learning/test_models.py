"""Who sees sessions, places and material: the QuerySets themselves, without a page before them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from learning.models import Intention, LearningSession, Material, Registration, SessionAudience
from learning.permissions import may_register
from tests.builders import make_link, make_registration, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def sessions():
    """One session of each kind, by name."""
    now = timezone.now()
    public = {"audience": SessionAudience.PUBLIC}
    return {
        "open": make_session(**public),
        "open, a draft": make_session(published_at=None, **public),
        "open, cancelled": make_session(cancelled_at=now, **public),
        "partners": make_session(audience=SessionAudience.PARTNERS),
        "partners, a draft": make_session(audience=SessionAudience.PARTNERS, published_at=None),
    }


def seen(queryset, sessions):
    visible = set(queryset)
    return {name for name, session in sessions.items() if session in visible}


def test_outsiders_see_open_sessions_members_what_is_published_and_staff_all(sessions, ada, lo):
    def seen_by(user):
        return seen(LearningSession.objects.visible_to(user), sessions)

    assert seen_by(AnonymousUser()) == {"open", "open, cancelled"}
    assert seen_by(ada) == {"open", "open, cancelled", "partners"}
    assert seen_by(lo) == set(sessions)
    ada.is_active = False
    assert seen_by(ada) == {"open", "open, cancelled"}


def test_nobody_asks_for_a_seat_in_a_draft_or_without_a_login(sessions, ada):
    assert may_register(ada, sessions["partners"])
    assert not may_register(ada, sessions["partners, a draft"])
    assert not may_register(AnonymousUser(), sessions["partners"])
    ada.is_active = False
    assert not may_register(ada, sessions["partners"])


def test_a_place_is_seen_by_its_person_their_colleagues_and_staff(ada, cai, bo, lo):
    session = make_session()
    own = make_registration(session, ada, organisation=None)
    colleague = make_registration(session, cai)

    assert set(Registration.objects.visible_to(ada)) == {own, colleague}
    assert set(Registration.objects.visible_to(cai)) == {colleague}
    assert list(Registration.objects.visible_to(bo)) == []
    assert set(Registration.objects.visible_to(lo)) == {own, colleague}
    assert list(Registration.objects.visible_to(AnonymousUser())) == []


def test_who_was_shut_out_reads_nothing(ada):
    material = make_link(make_session(), audience="partners")
    assert list(Material.objects.visible_to(ada)) == [material]
    ada.is_active = False
    assert list(Material.objects.visible_to(ada)) == []
    assert list(Material.objects.visible_to(AnonymousUser())) == []


@pytest.mark.parametrize(
    ("when", "then", "said"),
    [
        ("budgeten sätts", "mäta", ("budgeten sätts", "mäta")),
        ("När budgeten sätts,", "ska vi mäta.", ("budgeten sätts", "mäta")),
        ("närmaste mötet hålls", "så kommer vi att mäta..", ("närmaste mötet hålls", "mäta")),
        ("when spring comes", "Then we will plant.", ("spring comes", "plant")),
        ("it rains", "we'll wait etc.", ("it rains", "wait etc")),
        ("våren kommer", "vi ska skala upp", ("våren kommer", "skala upp")),
        ("när", "ska vi", ("när", "ska vi")),
        ("våren", "skapa vi-känsla!", ("våren", "skapa vi-känsla!")),
    ],
)
def test_what_the_sentence_of_a_next_step_says_itself_is_not_said_twice(when, then, said):
    step = Intention(when_text=when, then_text=then)
    assert (step.when_said, step.then_said) == said
    assert str(step) == then
