"""What the card says, and to whom."""

from datetime import date

import pytest

from measures.standing import panel
from measures.standing.card import Card, Chosen, Facts, Gap, Missing
from tests.promise_builders import (
    make_challenge,
    make_contribution,
    make_own_target,
    make_period,
    make_shared_report,
)


def told(card, *, is_own=True):
    return {one.line.key: one for one in panel.panels(card, is_own=is_own, writes=is_own)}


def test_green_is_only_what_is_kept(bostaden):
    facts = Facts(attended=1, target=make_own_target(bostaden, mapped_year=None))
    tags = {key: one.tag for key, one in told(Card(bostaden, 2026, 3, None, facts)).items()}
    assert tags == {"learning": "ok", "sharing": "warn", "emissions": "info"}


def test_each_line_says_what_was_done(bostaden):
    facts = Facts(
        attended=4,
        contributions=(make_contribution(bostaden, line="Ledde gruppen för bygg"),),
        report=make_shared_report(bostaden, 2025),
        target=make_own_target(bostaden),
    )
    found = told(Card(bostaden, 2026, 6, None, facts))
    assert found["learning"].sentence == "Med på 4 av 6 träffar i år. Ledde gruppen för bygg"
    assert found["sharing"].sentence.startswith("Rapporten för 2025 delades ")
    assert found["emissions"].sentence == (
        "0 av minst 5 utmaningar har en åtgärd. Kartlagda för 2025. "
        "Målet är 50 procent lägre till 2030."
    )
    assert [way.text for way in found["emissions"].missing] == ["5 utmaningar återstår att anta."]


def test_by_when_is_said_where_a_term_runs(bostaden):
    term = make_period(2026, 2028, challenges_by=date(2027, 3, 31))
    (*_, few) = told(Card(bostaden, 2026, 6, term))["emissions"].missing
    assert few.text == "5 utmaningar återstår att anta. Till och med 31 mars 2027."
    assert panel.unsigned(Card(bostaden, 2026, 6, term)).text == (
        "Avsiktsförklaringen för 2026–2028 saknas."
    )
    assert panel.unsigned(Card(bostaden, 2026, 6, None)) is None


def test_a_draft_is_told_to_its_own_people_alone(bostaden):
    chosen = Chosen(make_challenge("Återbruk"), is_achieved=False, measures=0, draft=7)
    card = Card(bostaden, 2026, 6, None, Facts(chosen=(chosen,)))
    own = told(card)["emissions"].missing[-1]
    others = told(card, is_own=False)["emissions"].missing[-1]
    assert (own.address, others.address) == ("/atgarder/7/", "/atgarder/ny/")
    assert "utkast" in own.text
    assert others.text == "Återbruk har ingen åtgärd än."


def test_who_is_new_is_told_from_when_a_report_is_awaited(bostaden):
    bostaden.joined_on = date(2026, 12, 3)
    found = told(Card(bostaden, 2026, 6, None))["sharing"]
    assert (found.sentence, found.missing, found.tag) == ("Väntas från och med 2027.", [], "plain")


@pytest.mark.parametrize(
    ("missing", "where"),
    [
        (Missing(Gap.UNSEEN), "/traffar/"),
        (Missing(Gap.WITHOUT_MEASURE), "/atgarder/ny/"),
        (Missing(Gap.WITHOUT_MEASURE, draft=7), "/atgarder/7/"),
    ],
)
def test_what_is_missing_has_a_place_where_it_is_done(bostaden, missing, where):
    assert panel.address(bostaden, missing, writes=False) == where
    assert panel.address(bostaden, missing, writes=True) == where


@pytest.mark.parametrize(
    ("gap", "form", "doing"),
    [
        (Gap.UNREPORTED, "rapport/", "Dela er rapport"),
        (Gap.UNMAPPED, "mal/", "Skriv vad som är kartlagt"),
        (Gap.UNTARGETED, "mal/", "Sätt ett mål"),
        (Gap.TOO_FEW, "#take-on", "Välj en utmaning"),
    ],
)
def test_who_writes_is_led_to_the_form_and_others_to_the_letter_of_intent(
    bostaden, gap, form, doing
):
    card, missing = Card(bostaden, 2026, 6, None), Missing(gap, n=1)
    letter = f"/avsiktsforklaring/{bostaden.slug}/"
    writing, reading = (panel.way(card, missing, writes=writes) for writes in (True, False))
    assert (writing.address, writing.doing) == (letter + form, doing)
    assert (reading.address, reading.doing) == (letter, "Se avsiktsförklaringen")


@pytest.mark.parametrize("gap", list(Gap))
def test_every_kind_has_a_way_that_opens_for_who_may_go_it(as_, ada, cai, bostaden, gap):
    for person, writes in ((cai, True), (ada, False)):
        where = panel.address(bostaden, Missing(gap), writes=writes)
        assert as_(person).get(where).status_code == 200
