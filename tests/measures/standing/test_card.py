"""What each line of the card asks for, and what it says is missing."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from learning.models import AttendanceStatus
from measures.models import AdoptionState, Contribution, MeasureStatus, SharedReport
from measures.standing import gathering
from measures.standing.card import Gap, Line, State
from tests.builders import make_attendance, make_measure, make_member, make_session
from tests.promise_builders import (
    make_adoption,
    make_challenge,
    make_contribution,
    make_letter_of_intent,
    make_own_target,
    make_period,
    make_shared_report,
)


def at(year, month, day, hour=12, minute=0):
    return timezone.make_aware(datetime(year, month, day, hour, minute))


NOW = at(2026, 11, 30)


@pytest.fixture
def term(db):
    return make_period(2026, 2028)


def card(organisation, now=NOW):
    return gathering.card_of(organisation, now)


def gaps(found):
    missing = found.missing if isinstance(found, Line) else found
    return [one.gap for one in missing]


def met(organisation, moment, status=AttendanceStatus.PRESENT, **fields):
    session = make_session(starts_at=moment, published_at=at(2020, 1, 1), **fields)
    make_attendance(session, make_member(organisation), status)
    return session


def adopt(organisation, term, number, **fields):
    return [make_adoption(organisation, period=term, **fields) for _ in range(number)]


def under(organisation, adoptions, **fields):
    for one in adoptions:
        make_measure(organisation, challenge=one.challenge, **fields)


def test_who_has_done_nothing_is_told_all_that_is_missing(bostaden, term):
    found = card(bostaden)
    assert gaps(found.missing) == [
        Gap.UNSIGNED,
        Gap.UNSEEN,
        Gap.UNREPORTED,
        Gap.UNMAPPED,
        Gap.UNTARGETED,
        Gap.TOO_FEW,
    ]
    assert [line.state for line in found.lines] == [State.TO_DO] * 3
    assert found.kept == 0
    assert found.missing[-1].n == 5


def test_who_has_done_it_all_is_told_that_nothing_is_left(bostaden, term):
    met(bostaden, at(2026, 3, 4))
    make_shared_report(bostaden, 2025)
    make_own_target(bostaden)
    make_letter_of_intent(bostaden, term)
    under(bostaden, adopt(bostaden, term, 5))
    found = card(bostaden)
    assert (found.missing, found.kept, found.next_line) == ([], 3, None)
    assert (found.emissions.done, found.emissions.whole) == (5, 5)


# Learning


def test_one_session_this_year_is_enough(bostaden, term):
    met(bostaden, at(2026, 3, 4))
    met(bostaden, at(2025, 12, 10))
    make_session(starts_at=at(2026, 5, 5), published_at=at(2026, 1, 1))
    found = card(bostaden)
    assert found.learning == Line("learning", State.KEPT, 1, 2)
    assert found.facts.attended_ever == 2


@pytest.mark.parametrize(
    "fields",
    [{"status": AttendanceStatus.ABSENT}, {"cancelled_at": at(2026, 3, 1)}],
)
def test_who_did_not_come_to_a_session_that_was_held_has_not_learned(bostaden, term, fields):
    met(bostaden, at(2026, 3, 4), **fields)
    assert card(bostaden).learning.state is State.TO_DO


def test_the_year_turns_at_midnight_in_umea(bostaden, term):
    """23:30 UTC on New Year's Eve is half past midnight on New Year's Day."""
    met(bostaden, at(2026, 12, 31, 23, 30))
    assert card(bostaden, at(2026, 12, 31, 23, 59)).learning.is_kept
    new_year = card(bostaden, at(2027, 1, 1, 0, 30))
    assert (new_year.year, new_year.learning.state) == (2027, State.TO_DO)
    met(bostaden, at(2027, 1, 1, 0, 30))
    assert card(bostaden, at(2027, 1, 1, 2, 0)).learning.is_kept
    assert card(bostaden, at(2026, 12, 31, 23, 59)).facts.attended == 1


def test_a_contribution_is_learning_from_its_day_on_and_while_it_stands(bostaden, term):
    given = make_contribution(bostaden, on=date(2026, 11, 30))
    assert card(bostaden).learning.is_kept
    assert not card(bostaden, at(2026, 11, 29)).learning.is_kept
    assert not card(bostaden, at(2027, 1, 1)).learning.is_kept
    Contribution.objects.filter(pk=given.pk).update(removed_at=NOW)
    assert not card(bostaden).learning.is_kept


# Sharing


def test_a_report_of_last_year_is_sharing_and_another_years_is_not(bostaden, term):
    make_shared_report(bostaden, 2024)
    make_shared_report(bostaden, 2026)
    assert card(bostaden).sharing.state is State.TO_DO
    report = make_shared_report(bostaden, 2025)
    assert card(bostaden).sharing == Line("sharing", State.KEPT, 1, 1)
    SharedReport.objects.filter(pk=report.pk).update(removed_at=NOW)
    assert gaps(card(bostaden).sharing) == [Gap.UNREPORTED]


def test_who_joined_in_december_is_not_asked_for_a_year_it_was_not_there(bostaden, term):
    bostaden.joined_on = date(2026, 12, 3)
    bostaden.save()
    found = card(bostaden, at(2026, 12, 20))
    assert found.sharing.state is State.NOT_ASKED
    assert Gap.UNREPORTED not in gaps(found.missing)
    assert gaps(found.learning) == [Gap.UNSEEN]
    assert gaps(card(bostaden, at(2027, 1, 1)).sharing) == [Gap.UNREPORTED]
    make_shared_report(bostaden, 2025)
    assert card(bostaden, at(2026, 12, 20)).sharing.is_kept


# Emissions


def test_mapped_and_a_target_are_asked_for_each_by_itself(bostaden, term):
    target = make_own_target(bostaden, mapped_year=None)
    assert Gap.UNMAPPED in gaps(card(bostaden).emissions)
    assert Gap.UNTARGETED not in gaps(card(bostaden).emissions)
    target.mapped_year, target.reduction_percent, target.target_year = 2025, None, None
    target.save()
    assert gaps(card(bostaden).emissions) == [Gap.UNTARGETED, Gap.TOO_FEW]
    assert card(bostaden).emissions.state is State.BEGUN


def test_a_challenge_counts_with_a_measure_that_everybody_sees_and_is_not_cancelled(bostaden, term):
    make_own_target(bostaden)
    counted, cancelled, drafted, bare, _fifth = adopt(bostaden, term, 5)
    under(bostaden, [counted])
    under(bostaden, [cancelled], status=MeasureStatus.CANCELLED)
    draft = make_measure(bostaden, challenge=drafted.challenge, published_at=None)
    make_measure(make_member(bostaden).memberships.get().organisation)  # under none
    found = card(bostaden).emissions
    assert (found.done, found.whole, found.state) == (1, 5, State.BEGUN)
    assert [(one.challenge, one.draft) for one in found.missing] == [
        (cancelled.challenge, None),
        (drafted.challenge, draft.pk),
        (bare.challenge, None),
        (_fifth.challenge, None),
    ]


def test_others_measures_under_the_challenge_are_not_ones_own(bostaden, norrbyggen, term):
    taken = adopt(bostaden, term, 1)
    under(norrbyggen, taken)
    assert card(bostaden).emissions.done == 0


def test_more_than_was_promised_is_kept_and_the_drawing_is_full(bostaden, term):
    make_own_target(bostaden)
    under(bostaden, adopt(bostaden, term, 6))
    found = card(bostaden).emissions
    assert (found.done, found.whole, found.shown, found.state) == (6, 5, 5, State.KEPT)


def test_a_dropped_challenge_is_none_an_achieved_or_retired_one_stays(bostaden, term):
    make_own_target(bostaden)
    (dropped,) = adopt(bostaden, term, 1, state=AdoptionState.DROPPED, reason="Vi flyttar")
    (achieved,) = adopt(bostaden, term, 1, state=AdoptionState.ACHIEVED)
    retired = make_adoption(bostaden, make_challenge(retired_at=at(2026, 6, 1)), term)
    under(bostaden, [dropped, achieved, retired])
    found = card(bostaden)
    assert [one.challenge for one in found.facts.chosen] == [achieved.challenge, retired.challenge]
    assert [one.is_achieved for one in found.facts.chosen] == [True, False]
    assert (found.emissions.done, found.left_to_choose) == (2, 3)


def test_what_was_signed_goes_before_what_the_term_asks_now(bostaden, norrbyggen, term):
    term.min_challenges = 7
    term.save()
    make_letter_of_intent(bostaden, term, min_challenges=4)
    assert (card(bostaden).asked, card(norrbyggen).asked) == (4, 7)
    assert (card(bostaden).unsigned, gaps(card(norrbyggen).missing)[0]) == (None, Gap.UNSIGNED)


def test_a_term_that_begins_asks_anew_and_says_by_when(bostaden, term):
    make_own_target(bostaden)
    make_letter_of_intent(bostaden, term)
    under(bostaden, adopt(bostaden, term, 5))
    make_period(2029, 2031, challenges_by=date(2029, 6, 30))
    assert card(bostaden, at(2028, 12, 31, 23, 59)).emissions.is_kept
    found = card(bostaden, at(2029, 1, 1, 0, 1))
    assert found.unsigned
    (few,) = found.emissions.missing
    assert (few.gap, few.n, few.by) == (Gap.TOO_FEW, 5, date(2029, 6, 30))


def test_without_a_term_nothing_is_signed_and_the_roadmaps_five_are_asked_for(bostaden):
    make_period(2020, 2022)
    found = card(bostaden)
    assert (found.period, found.unsigned, found.asked) == (None, None, 5)
    assert gaps(found.emissions)[-1] is Gap.TOO_FEW


def test_what_needs_attention_most_is_what_is_least_done(bostaden, term):
    met(bostaden, at(2026, 3, 4))
    make_shared_report(bostaden, 2025)
    assert card(bostaden).next_line.key == "emissions"
