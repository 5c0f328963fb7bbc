"""Which sessions a list is about."""

import pytest
from django.utils import translation

from learning.intake.sessions import Sessions, _without_date
from learning.intake.words import ATTENDANCE_LIST
from partners.intake import batches


def drafts(kim, text, name="lista.csv", **typed):
    batch = batches.open_batch(ATTENDANCE_LIST, name, text.encode(), by=kim)
    batch.decisions = {"sessions": typed} if typed else {}
    sessions = Sessions(batch)
    for record in batches.records(batch, ATTENDANCE_LIST):
        list(sessions.of(record))
    sessions.settle()
    return sessions


def only(sessions):
    [draft] = sessions.drafts.values()
    return draft


ROWS = "Namn;E-post;Närvaro\nÅsa Berg;a@b.example;x\n"


def test_a_report_whose_day_may_be_turned_round_keeps_its_hours_and_is_asked_for_the_day(kim):
    text = (
        "1. Summary\nMeeting title\tFrukost\nStart time\t05/04/2024, 08:58:11\n"
        "End time\t05/04/2024, 10:31:02\n\n2. Participants\n"
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\n"
        "Åsa Berg\t05/04/2024, 08:58:11\t05/04/2024, 10:31:02\t1h\ta@b.example\n"
    )
    draft = only(drafts(kim, text, "report.csv"))
    assert (draft.day, draft.start, draft.end) == (None, "08:58", "10:31")
    assert draft.problem


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
        ("2099-02-07 kl. 9-12", "has not taken place yet"),
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


def test_one_title_and_day_in_a_long_list_is_one_session_with_the_hours_of_any_row(kim):
    text = (
        "Datum;Träff;Namn\n12 mars 2025 kl 9-11;Frukost 2;Åsa Berg\n45728;Frukost 2;Bo Ek\n"
        "2025-03-12;Frukost 2;Eva Al\n2025-03-12 kl 13-15;Frukost 2;Ida Ek\n"
    )
    found = [(d.title, str(d.day), d.start, d.end) for d in drafts(kim, text).drafts.values()]
    assert found == [
        ("Frukost 2", "2025-03-12", "09:00", "11:00"),
        ("Frukost 2", "2025-03-12", "13:00", "15:00"),
    ]


def test_hours_for_all_are_those_of_sessions_without_any(kim):
    text = "Namn;E-post;2024-02-07 kl 9-12;2024-03-06\nÅsa Berg;a@b.example;x;x\n"
    sessions = drafts(kim, text)
    usual = sessions.usual_hours
    assert (usual["start"].value, usual["end"].value) == ("09:00", "12:00")
    assert sessions.misses_hours
    batch = batches.open_batch(ATTENDANCE_LIST, "lista.csv", text.encode(), by=kim)
    batch.decisions = {"hours": {"start": "13:00", "end": "15:00"}}
    sessions = Sessions(batch)
    for record in batches.records(batch, ATTENDANCE_LIST):
        list(sessions.of(record))
    sessions.settle()
    assert [d.start for d in sessions.drafts.values()] == ["09:00", "13:00"]


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("", ("10:00", "12:00")),
        (" kl 11", ("11:00", "12:00")),
        (" kl 13", ("13:00", "")),
        (" kl 9-11", ("09:00", "11:00")),
    ],
)
def test_an_hour_for_all_holds_where_it_fits_what_a_session_has(kim, said, hours):
    text = f"Namn;E-post;2024-02-07{said}\nÅsa Berg;a@b.example;x\n"
    batch = batches.open_batch(ATTENDANCE_LIST, "lista.csv", text.encode(), by=kim)
    batch.decisions = {"hours": {"start": "10", "end": "12"}}
    sessions = Sessions(batch)
    for record in batches.records(batch, ATTENDANCE_LIST):
        list(sessions.of(record))
    sessions.settle()
    draft = only(sessions)
    assert (draft.start, draft.end) == hours


def test_a_session_is_known_by_the_heading_of_its_column(kim):
    text = "Namn;E-post;14 jan 2025;11 feb 2025\nÅsa Berg;a@b.example;x;x\n"
    assert [d.said for d in drafts(kim, text).drafts.values()] == ["14 jan 2025", "11 feb 2025"]


def test_days_beside_their_weekdays_and_weeks_are_a_session_each(kim):
    text = "Träffar 2025\nNamn;Organisation;tis 14/1;tis 11/2;v. 12\nÅsa Berg;RISE;x;s;förm\n"
    found = [(d.said, str(d.day)) for d in drafts(kim, text).drafts.values()]
    assert found == [
        ("tis 14/1", "2025-01-14"), ("tis 11/2", "2025-02-11"), ("v. 12", "None")
    ]  # fmt: skip


def test_a_title_with_two_years_gives_no_day_its_year(kim):
    text = "Lärandeserie 2024/25\nNamn;Organisation;14 nov;16 jan\nÅsa Berg;RISE;x;x\n"
    found = drafts(kim, text)
    assert [d.day for d in found.drafts.values()] == [None, None]
    assert found.series_title == "Lärandeserie 2024/25"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Budget som hjälper klimatet 2026-11-27 09:00-12:00", "Budget som hjälper klimatet"),
        ("Vår klimatlunch kl. 9-11", "Vår klimatlunch"),
        ("Så når vi målen 2030-2035", "Så når vi målen 2030-2035"),
        ("Frukost 2 12 mars 9-11", "Frukost 2"),
    ],
)
def test_of_a_heading_the_title_is_what_is_no_time(heading, title):
    assert _without_date(heading) == title


@pytest.mark.parametrize("title", ["Budget som hjälper klimatet", "Den gröna resan"])
def test_a_title_keeps_its_words(kim, title):
    text = f"Träff;Datum;Namn\n{title};2025-03-12 kl 9-11;Åsa Berg\n"
    assert only(drafts(kim, text)).title == title
