"""What an organisation has done, as one line of time."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from measures.models import AdoptionState
from measures.story import events
from tests.builders import (
    make_attendance,
    make_measure,
    make_member,
    make_next_step,
    make_session,
)
from tests.promise_builders import (
    make_adoption,
    make_challenge,
    make_contribution,
    make_letter_of_intent,
    make_period,
    make_shared_report,
)


def told(organisation, user):
    return events.story(organisation, user, timezone.now())


def texts(organisation, user):
    return [event.text for event in told(organisation, user)]


@pytest.fixture
def story(bostaden, ada):
    """One thing of each kind."""
    bostaden.joined_on = date(2022, 12, 1)
    bostaden.save()
    term = make_period()
    make_letter_of_intent(bostaden, term, signed_on=date(2023, 1, 9))
    make_adoption(
        bostaden,
        make_challenge("Återbruk först"),
        term,
        adopted_on=date(2023, 2, 1),
        state=AdoptionState.ACHIEVED,
        changed_at=timezone.now() - timedelta(days=20),
    )
    session = make_session("Få med fler", in_days=-40)
    make_attendance(session, ada)
    make_next_step(session, ada, organisation=bostaden, then_text="byta el")
    make_contribution(bostaden, on=date(2024, 5, 5), line="Talade om återbruk")
    measure = make_measure(bostaden, "Elbilar")
    measure.reports.create(
        status="completed", text="Klart.", reduction_t="12.5", method="measured", created_by=ada
    )
    make_shared_report(bostaden, 2024, title="Hållbarhet 2024")
    return bostaden


def test_everything_is_told_the_newest_first(story, ada):
    found = told(story, ada)
    assert [event.on for event in found] == sorted((e.on for e in found), reverse=True)
    assert {event.kind for event in found} == {
        *("joined", "signed", "took_on", "achieved", "attended", "learned", "promised"),
        *("did", "reported", "shared"),
    }
    assert {event.text for event in found} == {
        "Gick med i klimatfärdplanen",
        f"Undertecknade avsiktsförklaringen för {make_period()}",
        "Antog utmaningen Återbruk först",
        "Uppnådde utmaningen Återbruk först",
        "Var med på Få med fler, 1 person",
        "Klimattoppmötet: Talade om återbruk",
        "Lovade 1 nästa steg",
        "Publicerade åtgärden Elbilar",
        "Elbilar har gett 12,5 ton per år",
        "Delade rapporten för 2024: Hållbarhet 2024",
    }


def test_the_public_learns_of_no_next_step_and_of_sessions_the_number(story, bo):
    for reader in (AnonymousUser(), bo):
        kinds = [event.kind for event in told(story, reader)]
        assert "promised" not in kinds
        assert "byta el" not in str(texts(story, reader))
    assert "Var med på en lärandeträff" in texts(story, AnonymousUser())


def test_what_is_dropped_taken_away_or_a_draft_is_no_story(bostaden, ada):
    make_adoption(bostaden, state=AdoptionState.DROPPED, reason="Vi flyttar")
    make_contribution(bostaden, removed_at=timezone.now())
    make_shared_report(bostaden, removed_at=timezone.now())
    draft = make_measure(bostaden, published_at=None)
    draft.reports.create(status="planned", text="Hemligt.", created_by=ada)
    quiet = make_measure(bostaden, "Elbilar")
    quiet.reports.create(
        status="planned", text="Inget nytt", nothing_new_since=timezone.now(), created_by=ada
    )
    assert texts(bostaden, ada) == ["Publicerade åtgärden Elbilar"]


def test_sessions_a_visitor_may_not_know_are_told_in_one(bostaden):
    person = make_member(bostaden)
    for days in (1, 9, 30):
        make_attendance(make_session(in_days=-days), person)
    (one,) = told(bostaden, AnonymousUser())
    today = timezone.localdate()
    assert (one.sessions, one.text) == (3, "Var med på 3 lärandeträffar")
    assert (one.since, one.on) == (today - timedelta(days=30), today - timedelta(days=1))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_story_costs_the_same(bostaden, ada, rows, django_assert_num_queries):
    for days in range(rows):
        make_attendance(make_session(in_days=-1 - days), make_member(bostaden))
        make_adoption(bostaden)
        make_measure(bostaden).reports.create(status="planned", text="x", created_by=ada)
    with django_assert_num_queries(10):
        texts(bostaden, ada)
