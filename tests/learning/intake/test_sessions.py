"""Which sessions a list is about."""

import pytest
from django.utils import translation

from learning.intake.sessions import Sessions
from learning.intake.words import ATTENDANCE_LIST
from partners.intake import batches


def drafts(kim, text, name="lista.csv", **typed):
    batch = batches.open_batch(ATTENDANCE_LIST, name, text.encode(), by=kim)
    batch.decisions = {"sessions": typed} if typed else {}
    sessions = Sessions(batch)
    for record in batches.records(batch, ATTENDANCE_LIST):
        list(sessions.of(record))
    return sessions


def only(sessions):
    [draft] = sessions.drafts.values()
    return draft


ROWS = "Namn;E-post;Närvaro\nÅsa Berg;a@b.example;x\n"


def test_a_title_above_the_list_tells_of_its_session(kim):
    text = f"Leda omställning\nLärandeträff 1\n2024-02-07 kl. 09.00–12.00, Umeå\n\n{ROWS}"
    sessions = drafts(kim, text)
    draft = only(sessions)
    assert sessions.series_title == "Leda omställning"
    assert (draft.title, str(draft.day), draft.start, draft.end, draft.venue, draft.problem) == (
        "Lärandeträff 1",
        "2024-02-07",
        "09:00",
        "12:00",
        "Umeå",
        "",
    )


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ("kl. 9-12", "which day"),
        ("2024-02-07", "from when to when"),
        ("2024-02-07 kl. 12-9", "end is before"),
        ("2099-02-07 kl. 9-12", "has not been yet"),
    ],
)
def test_what_the_list_does_not_say_is_asked(kim, title, problem):
    with translation.override("en"):
        draft = only(drafts(kim, f"{title}\n\n{ROWS}"))
    assert problem in draft.problem


def test_what_was_typed_wins_and_a_date_without_a_year_is_of_the_lists_year(kim):
    typed = {"0": {"title": "Start", "date": "8 feb", "start": "9", "end": "12.30", "venue": ""}}
    draft = only(drafts(kim, f"2024-02-07 kl. 13-15, Umeå\n\n{ROWS}", **typed))
    assert (draft.title, str(draft.day), draft.venue) == ("Start", "2024-02-08", "")
    assert (draft.start, draft.end, draft.problem) == ("09:00", "12:30", "")


def test_a_file_says_what_its_list_does_not(kim):
    sessions = drafts(kim, ROWS, "energi_traff 2024-02-07.csv")
    assert str(only(sessions).day) == "2024-02-07"
    assert sessions.year == 2024
