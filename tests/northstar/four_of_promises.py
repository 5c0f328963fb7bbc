"""Four at once at promises: challenges, what is promised back, and what organisations take on."""

from measures.challenges import keeping, promising_back
from measures.models import (
    Challenge,
    ChallengeAdoption,
    CounterCommitment,
    OwnTarget,
    SharedReport,
)
from measures.promise import adopting
from partners.models import FocusArea
from tests.northstar.four import Four, now


def a_challenge(world):
    return {
        "focus_area": FocusArea.objects.first().pk,
        "title_sv": "Grön el",
        "title_en": "Green power",
        "version": "1",
    }


def promised_back(world):
    return {"text_sv": "Laddplatser på Ersboda", "owner": "Upab", "state": "ongoing", "version": 1}


def taken_away(world):
    promising_back.remove(world["counter_commitment"], by=world["people"]["coord"])
    return {}


def retired(world):
    keeping.retire(world["challenge"], by=world["people"]["coord"])
    return {}


def dropped(world):
    adopting.drop(world["adoption"], "Såld", by=world["people"]["contact"])
    return {}


FOUR_OF_PROMISES = {
    "challenge_add": Four("coord", a_challenge, {Challenge: 1}),
    "challenge_edit": Four(
        "coord", a_challenge, holds=lambda world: now(world["challenge"]).version == 2
    ),
    "challenge_move": Four(
        "coord", lambda world: {"place": "2"}, holds=lambda world: now(world["challenge"]).position
    ),
    "challenge_retire": Four("coord", holds=lambda world: now(world["challenge"]).retired_at),
    "challenge_retire back": Four(
        "coord",
        lambda world: {"to": "back"},
        state=retired,
        holds=lambda world: now(world["challenge"]).retired_at is None,
    ),
    "counter_commitment_add": Four("coord", promised_back, {CounterCommitment: 1}),
    "counter_commitment_edit": Four(
        "coord",
        promised_back,
        holds=lambda world: now(world["counter_commitment"]).version == 2,
    ),
    "counter_commitment_remove": Four(
        "coord", holds=lambda world: now(world["counter_commitment"]).removed_at
    ),
    "counter_commitment_back": Four(
        "coord",
        state=taken_away,
        holds=lambda world: now(world["counter_commitment"]).removed_at is None,
    ),
    "promise_take_on": Four(
        "contact",
        lambda world: {"challenge": world["other_challenge"].pk},
        {ChallengeAdoption: 1},
    ),
    "promise_drop": Four(
        "contact",
        lambda world: {"reason": "Lagret är sålt."},
        holds=lambda world: now(world["adoption"]).state == "dropped",
    ),
    "promise_achieve": Four(
        "contact",
        lambda world: {"line": "Alla reser med tåg."},
        holds=lambda world: now(world["adoption"]).state == "achieved",
    ),
    "promise_undo": Four(
        "contact",
        state=dropped,
        holds=lambda world: now(world["adoption"]).state == "adopted",
    ),
    "promise_target": Four("contact", lambda world: {"mapped_year": "2024"}, {OwnTarget: 1}),
    "promise_report": Four(
        "contact",
        lambda world: {"year": "2024", "link": "https://bostaden.example/2024.pdf"},
        {SharedReport: 1},
    ),
    "promise_report_remove": Four(
        "contact",
        answers=frozenset({302, 404}),
        holds=lambda world: now(world["shared"]).removed_at,
        why="it is gone: one who comes late finds nothing",
    ),
}
