"""What the page says of the answers: its titles, its bars and what a reader without eyes hears."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from learning.models import SurveyTally
from learning.surveys import findings
from learning.surveys.results import BarrierRow, Results, Row
from learning.templatetags.leading import answers_bar
from tests.builders import make_next_step, make_person, make_survey


def results(useful, safe):
    def rows(counts):
        total = sum(counts)
        return [Row(f"step {n}", one, round(100 * one / total)) for n, one in enumerate(counts)]

    return Results(31, sum(useful), sum(useful), True, None, rows(useful), rows(safe), [], [])


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ((12, 3, 0, 0), "Useful for everybody"),
        ((9, 11, 3, 1), "Useful for nearly everybody"),
        ((9, 6, 4, 1), "Useful for most"),
        ((5, 5, 10, 0), "Useful for half"),
        ((1, 2, 10, 3), "Useful for fewer than half"),
        ((0, 0, 6), "Useful for nobody yet"),
    ],
)
def test_the_title_of_the_first_question_is_what_was_found(counts, title):
    with override("en"):
        found = findings.of(results(counts, (5, 0, 0)))[0]
    assert found.title == title
    assert found.sentence == f"{counts[0] + counts[1]} of {sum(counts)} can use it."


@pytest.mark.parametrize(
    ("counts", "title", "sentence"),
    [
        ((10, 8, 5, 1), "At ease, but not everybody", "6 people were only partly or not at ease."),
        ((3, 3, 0), "At ease, everybody", ""),
        ((5, 4, 1, 0), "At ease, but not everybody", "One person was only partly or not at ease."),
        ((3, 0, 3), "Half were at ease", "3 people were only partly or not at ease."),
        ((1, 0, 5), "Fewer than half were at ease", "5 people were only partly or not at ease."),
        ((0, 0, 5), "Nobody was at ease", "5 people were only partly or not at ease."),
    ],
)
def test_the_title_of_the_second_question_does_not_hide_who_was_not_at_ease(
    counts, title, sentence
):
    with override("en"):
        found = findings.of(results((5, 0, 0), counts))[1]
    assert (found.title, found.sentence) == (title, sentence)


def test_what_is_most_in_the_way_stands_in_the_title_unless_it_is_shared():
    habits, lock_in = BarrierRow("habits", 4, []), BarrierRow("budgets", 2, [])
    with override("en"):
        assert findings.of_barriers([]) == "What stands in the way"
        assert findings.of_barriers([habits, lock_in]) == "Most often in the way: habits"
        assert "Several" in findings.of_barriers([habits, BarrierRow("rules", 4, [])])


def test_the_parts_of_a_bar_lie_side_by_side_by_their_number():
    drawn = answers_bar("How?", results((9, 11, 3, 1), (5, 0, 0)).usefulness)
    assert [(part["left"], part["width"]) for part in drawn["parts"]] == [
        (0.0, 37.5),
        (37.5, 45.83),
        (83.33, 12.5),
        (95.83, 4.17),
    ]
    assert [part["has_room"] for part in drawn["parts"]] == [True, True, True, False]


def test_one_among_hundreds_can_still_be_seen_and_the_bar_grows_no_longer():
    parts = answers_bar("How?", [Row("a", 400, 100), Row("b", 0, 0), Row("c", 1, 0)])["parts"]
    assert parts[2]["width"] > 1.1
    assert parts[1]["width"] == 0
    assert round(parts[2]["left"] + parts[2]["width"], 1) == 100


@pytest.mark.django_db
def test_the_page_says_in_words_and_in_a_table_what_it_draws(as_, lo, held):
    for _ in range(31):
        make_survey(held, make_person())
    shared = make_next_step(held, make_person("Eva"), sharing="group", status="doing")
    SurveyTally.objects.create(
        session=held,
        answered=24,
        usefulness={"at_once": 9, "with_support": 11, "unclear": 3, "not_now": 1},
        safety={"fully": 10, "mostly": 8, "partly": 5, "not": 1},
        barriers=[["behaviour_change", "Bilen är vanan."], ["behaviour_change", ""]],
        next_steps=[[shared.pk, shared.when_text, shared.then_text]],
    )
    page = as_(lo).get(reverse("survey_results", args=[held.pk])).text
    assert "Användbart för nästan alla" in page
    assert "Tryggt, men inte för alla" in page
    assert "20 av 24 kan använda det." in page
    (useful, _safe) = re.findall(r'role="img" aria-label="([^"]+)"', page)
    assert useful.startswith("Hur användbar var träffen?")
    assert re.findall(r": (\d+)", useful) == ["9", "11", "3", "1"]
    assert page.count("<table") == 2
    assert "38\N{NO-BREAK SPACE}%" in page
    assert "”Bilen är vanan.”" in page
    assert "2 personer" in page
    assert "Ett delat nästa steg" in page
    assert "Eva" in page
    assert " style=" not in page.partition("<main")[2]
