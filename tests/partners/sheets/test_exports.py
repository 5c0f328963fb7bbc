"""Reports of who was in a meeting, as Teams and Zoom write them."""

import pytest

from learning.intake.columns import ATTENDANCE
from partners.sheets import exports, headings
from partners.sheets.reader import Grid
from tests.partners.sheets.test_reader import read_here

TEAMS = """1. Summary
Meeting title\tKlimatträff: el, värme
Attended participants\t3
Start time\t11/4/25, 8:58:11 AM
End time\t11/4/25, 10:31:02 AM
Meeting duration\t1h 32m 51s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Maja Ek\t11/4/25, 8:58:11 AM\t11/4/25, 10:31:02 AM\t1h 32m\tm@p.example\tm@p.example\tOrganizer
Åsa Öhrn\t11/4/25, 8:59:31 AM\t11/4/25, 10:30:02 AM\t1h 31m 51s\t\tasa@r.example\tPresenter
Bo Ek (Guest)\t11/4/25, 9:01:31 AM\t11/4/25, 10:30:02 AM\t1h 29m\t\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Åsa Öhrn\t11/4/25, 8:59:31 AM\t11/4/25, 9:30:02 AM\t31m 51s\tasa@r.example\tPresenter
Åsa Öhrn\t11/4/25, 9:40:31 AM\t11/4/25, 10:30:02 AM\t50m\tasa@r.example\tPresenter
"""
SWEDISH = {
    "1. Summary": "1. Sammanfattning",
    "Meeting title": "Mötesrubrik",
    "Attended participants": "Deltagare som närvarade",
    "Start time": "Starttid",
    "End time": "Sluttid",
    "Meeting duration": "Mötets längd",
    "2. Participants": "2. Deltagare",
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole": (
        "Namn\tFörsta anslutning\tSenaste utträde\tTid i mötet\tE-post\tDeltagar-ID (UPN)\tRoll"
    ),
    "3. In-Meeting Activities": "3. Aktiviteter i mötet",
    "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole": (
        "Namn\tAnslutningstid\tUtträdestid\tVaraktighet\tE-post\tRoll"
    ),
    "(Guest)": "(Gäst)",
    "Organizer": "Organisatör",
    "11/4/25, ": "2025-11-04, ",
    " AM": "",
}


def swedish():
    text = TEAMS
    for english, other in SWEDISH.items():
        text = text.replace(english, other)
    return text


def only(text, coding="utf-16"):
    (listing,), skipped = headings.find_all(read_here(text.encode(coding)), ATTENDANCE)
    assert skipped == []
    return listing


@pytest.mark.parametrize("text", [TEAMS, swedish()])
@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_a_report_of_teams_is_one_list_of_those_who_were_there(text, coding):
    listing = only(text, coding)

    assert listing.source == "teams"
    assert listing.report == exports.Report(
        "teams", "Klimatträff: el, värme", "2025-11-04 08:58", "2025-11-04 10:31", sure=True
    )
    assert listing.titles == ["Klimatträff: el, värme", "2025-11-04 kl. 08:58–10:31"]
    assert [column.meaning for column in listing.columns] == ["person", "email", "presence"]
    assert listing.rows == [
        (11, ["Åsa Öhrn", "asa@r.example", "x"], False),
        (12, ["Bo Ek", "", "x"], False),
    ]
    assert [(number, why) for number, _text, why in listing.left_out] == [(10, "organiser")]


def test_the_second_section_holds_the_people_whatever_its_columns_are_called():
    text = swedish()
    for known, other in (
        ("Första anslutning", "Kom in"),
        ("Senaste utträde", "Sista utgång"),
        ("Tid i mötet", "Närvarotid"),
        ("Sluttid", "Slut på mötet"),
        ("Starttid", "Början"),
    ):
        text = text.replace(known, other)
    listing = only(text)
    assert (listing.report.start, listing.report.end) == ("2025-11-04 08:58", "2025-11-04 10:31")
    assert [number for number, _row, _apart in listing.rows] == [11, 12]


def test_the_first_reports_of_teams_name_people_as_often_as_they_come_and_go():
    listing = only(
        "Full Name\tUser Action\tTimestamp\n"
        "Åsa Öhrn\tJoined before\t5/12/2021, 9:02:11 AM\n"
        "Bo Ek\tJoined\t5/12/2021, 9:05:00 AM\n"
        "Åsa Öhrn\tLeft\t5/12/2021, 1:02:11 PM\n"
    )
    assert [row for _number, row, _apart in listing.rows] == [["Åsa Öhrn", "x"], ["Bo Ek", "x"]]
    assert (listing.report.start, listing.report.end) == ("2021-05-12 09:02", "2021-05-12 13:02")


def test_a_day_that_may_be_turned_round_is_not_sure():
    listing = only(
        "Meeting Summary\nMeeting Title\tFrukost\nMeeting Start Time\t04/11/2025, 08:58:11\n"
        "Meeting End Time\t04/11/2025, 10:31:02\n\n"
        "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
        "Åsa Öhrn\t04/11/2025, 08:58:11\t04/11/2025, 10:31:02\t1h\tasa@r.example\tPresenter\n"
    )
    assert (listing.report.title, listing.report.start) == ("Frukost", "2025-11-04 08:58")
    assert not listing.report.sure
    assert listing.titles == ["Frukost", "kl. 08:58–10:31"]


def test_a_report_of_zoom():
    listing = only(
        "Topic,ID,Host,Duration (minutes),Start time,End time,Participants\n"
        "Frukost 2,123 456,Maja Ek,92,11/04/2025 08:58:11 AM,11/04/2025 10:31:02 AM,2\n\n"
        "Name (original name),Email,Total duration (minutes),Guest\n"
        "Åsa Öhrn,asa@r.example,90,No\nBo Ek,,40,Yes\n",
        "utf-8",
    )
    assert (listing.source, listing.report.title) == ("zoom", "Frukost 2")
    assert [row for _number, row, _apart in listing.rows] == [
        ["Åsa Öhrn", "asa@r.example", "x"],
        ["Bo Ek", "", "x"],
    ]


@pytest.mark.parametrize(
    "row",
    [["Namn", "Organisation", "Gick med", "Varaktighet"], ["Namn", "Organisation", "Tidstämpel"]],
)
def test_a_list_with_a_time_or_two_is_no_report(row):
    assert exports.of_meeting(Grid("", [row, ["Åsa", "RISE", "2024", "3"]])) is None


@pytest.mark.parametrize("word", ["Radetiketter", "Row Labels"])
def test_a_pivot_is_known_by_its_labels(word):
    assert exports.is_pivot(Grid("", [[], [word, "Antal av Namn"], ["RISE", "3"]]))
    assert not exports.is_pivot(Grid("", [["Namn", "Antal"]]))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("11/4/25, 8:58:11 AM", "2025-11-04 08:58"),
        ("11/4/2025 12:05 AM", "2025-11-04 00:05"),
        ("13/4/2025 12:05", "2025-04-13 12:05"),
        ("4/13/2025 12:05", "2025-04-13 12:05"),
        ("2025-11-04T08:58:11", "2025-11-04 08:58"),
        ("2025-11-04, 08.58", "2025-11-04 08:58"),
        ("31/2/2025 08:58", ""),
        ("1h 32m", ""),
    ],
)
def test_moments_as_programs_write_them(text, moment):
    found = exports.moment_of(text)
    assert (found.isoformat(" ", "minutes") if found else "") == moment


@pytest.mark.parametrize(
    ("row", "source"),
    [
        (["Tidstämpel", "Namn"], "google_forms"),
        (["Timestamp", "Name"], "google_forms"),
        (["ID", "Starttid", "Slutförandetid", "E-post"], "microsoft_forms"),
        (["Namn", "Starttid"], ""),
    ],
)
def test_the_answers_of_forms_are_known_by_their_stamps(row, source):
    assert exports.source_of(row) == source


def test_a_report_that_tells_of_those_who_registered_says_who_came():
    listing = only(
        "1. Summary\nMeeting title\tKlimatträff\n\n2. Participants\n"
        "Name\tRegistration status\tAttended\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail"
        "\tRole\n"
        "Åsa Öhrn\tRegistered\tYes\t11/4/25, 9:00:00 AM\t11/4/25, 10:00:00 AM\t1h\ta@r.example\t"
        "Attendee\nJon Lind\tRegistered\tNo\t\t\t\tj@r.example\tAttendee\n"
    )
    place = [column.meaning for column in listing.columns].index("presence")
    assert [row[place] for _number, row, _apart in listing.rows] == ["Yes", "No"]
