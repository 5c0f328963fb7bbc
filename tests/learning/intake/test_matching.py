"""Which session of the portal a session of a list is."""

from datetime import datetime

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from learning.intake import attendance_lists
from learning.intake.words import ATTENDANCE_LIST
from learning.models import Attendance, LearningSession, Series
from partners.intake import batches, plans
from tests.builders import make_import, make_series, make_session
from tests.reading import read

LIST = (
    "Träff;Datum;Namn;E-post;Närvaro\n"
    "{title};{day};Eva Ek;eva@prov.example;ja\n"
    "{title};{day};Bo Al;bo@prov.example;nej\n"
)


def at(day, clock="13:00"):
    return timezone.make_aware(datetime.fromisoformat(f"{day}T{clock}"))


def held(title="Få med fler", day="2025-10-27", clock="13:00", **fields):
    fields.setdefault("series", make_series("Höstens träffar"))
    return make_session(title, starts_at=at(day, clock), hours=2, **fields)


def listed(kim, title="Få med fler", day="2025-10-27"):
    return make_import(kim, LIST.format(title=title, day=day), "attendance")


def only(batch):
    [draft] = attendance_lists.plan(batch).sessions.drafts.values()
    return draft


def answer(batch, value):
    [draft] = attendance_lists.plan(batch).sessions.drafts.values()
    said = QueryDict(mutable=True)
    said[f"ask:session:{draft.key}"] = value
    plans.decide(batch, ATTENDANCE_LIST, said)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Få med fler", "2025-10-27"),
        ("FÅ  MED FLER!", "27 oktober 2025"),
        ("Involve more people", "2025-10-27 kl. 13–15"),
        ("Få med fler", "2025-10-27 kl. 9–11"),
    ],
)
def test_day_and_title_say_which_session_it_is_whatever_the_series(kim, title, day):
    session = held(title_en="Involve more people")
    batch = listed(kim, title, day)
    plan = attendance_lists.plan(batch)

    assert (only(batch).session, only(batch).is_sure) == (session, True)
    assert plan.series == session.series
    assert plan.undecided == 0
    attendance_lists.apply(batch, by=kim)
    assert (LearningSession.objects.count(), Series.objects.count()) == (1, 1)
    assert session.attendances.count() == 2


@pytest.mark.parametrize(
    "title",
    [
        "Få med fler, träff 2",
        "Budget som hjälper klimatet",
        "Den gröna resan",
        "3 marsch mot 2030",
        "Klimat 2.30",
    ],
)
def test_a_title_is_known_by_its_whole_whatever_looks_like_a_day_in_it(kim, title):
    session = held(title)
    assert only(listed(kim, title)).session == session


@pytest.mark.parametrize(
    "text",
    [
        "Få med fler 2025-10-27\n\nNamn;E-post;Närvaro\nEva Ek;eva@prov.example;x\n",
        "Få med fler\n2025-10-27\n\nNamn;E-post;Närvaro\nEva Ek;eva@prov.example;x\n",
        "Namn;E-post;Få med fler 2025-10-27\nEva Ek;eva@prov.example;x\n",
    ],
)
def test_a_title_above_the_list_or_its_column_is_enough(kim, text):
    session = held()
    assert only(make_import(kim, text, "attendance")).session == session


def test_a_title_in_the_name_of_the_file_is_enough(kim):
    session = held()
    text = b"Namn;E-post;N\xc3\xa4rvaro\nEva Ek;eva@prov.example;x\n"
    name = "Få_med_fler_2025-10-27.csv"
    assert only(batches.open_batch(ATTENDANCE_LIST, name, text, by=kim)).session == session


@pytest.mark.parametrize(
    ("title", "day"),
    [("Nya vägar", "2025-10-27"), ("Få med fler", "2025-10-28"), ("Få med fler", "2025-10-21")],
)
def test_what_is_only_likely_is_asked_about_and_waits(kim, title, day):
    session = held()
    batch = listed(kim, title, day)
    plan = attendance_lists.plan(batch)
    assert plan.counts() == {"waiting": 2}
    assert plan.undecided == 1

    attendance_lists.apply(batch, by=kim)
    assert not Attendance.objects.exists()

    answer(batch, str(session.pk))
    attendance_lists.apply(batch, by=kim)
    assert session.attendances.count() == 2
    assert LearningSession.objects.count() == 1


def test_another_session_of_the_same_day_is_added_when_somebody_says_so(kim):
    session = held()
    batch = listed(kim, "Nya vägar", "2025-10-27 kl. 9–11")
    answer(batch, "new")
    attendance_lists.apply(batch, by=kim)
    assert session.attendances.count() == 0
    assert LearningSession.objects.exclude(pk=session.pk).get().title_sv == "Nya vägar"


@pytest.mark.parametrize(
    ("title", "day"),
    [("Nya vägar", "2025-10-28 kl. 9-11"), ("Få med fler", "2025-11-03 kl. 9-11")],
)
def test_another_title_on_another_day_and_next_week_are_new_without_a_question(kim, title, day):
    held()
    draft = only(listed(kim, title, day))
    assert (draft.ask, draft.session.pk, draft.problem) == (None, None, "")


def test_of_two_with_one_title_the_hours_tell(kim):
    held(clock="09:00")
    afternoon = held(clock="13:00")
    assert only(listed(kim, day="2025-10-27 kl. 13–15")).session == afternoon
    assert only(listed(kim)).is_open


def test_a_list_with_two_of_one_title_adds_the_one_the_portal_lacks(kim):
    morning = held(clock="09:00")
    text = (
        "Träff;Datum;Namn;E-post;Närvaro\n"
        "Få med fler;2025-10-27 kl. 9–11;Eva Ek;eva@prov.example;ja\n"
        "Få med fler;2025-10-27 kl. 13–15;Bo Al;bo@prov.example;ja\n"
    )
    plan = attendance_lists.plan(make_import(kim, text, "attendance"))
    first, second = plan.sessions.drafts.values()
    assert (first.session, second.session.pk, second.ask) == (morning, None, None)


def test_a_cancelled_session_is_asked_about(kim):
    held(cancelled_at=timezone.now())
    assert only(listed(kim)).is_open


def test_that_it_is_another_can_be_said_of_one_that_seems_sure(kim):
    held()
    batch = listed(kim, day="2025-10-27 kl. 13–15")
    answer(batch, "new")
    assert only(batch).session.pk is None


def test_a_series_that_is_typed_holds_for_new_sessions_and_not_for_those_the_portal_has(kim):
    session = held()
    batch = listed(kim)
    batch.decisions = {"series": "Något annat"}
    plan = attendance_lists.plan(batch)
    assert plan.sessions.series_title == "Något annat"
    assert only(batch).session == session


def test_the_question_stands_once_on_the_page_and_is_answered_there(as_, kim):
    session = held()
    batch = listed(kim, "Nya vägar")
    client = as_(kim)
    page = client.get(reverse("attendance_import", kwargs={"pk": batch.pk}))
    assert page.text.count("Är det samma träff?") == 1
    assert session.title_sv in page.text
    assert read(page)


@pytest.mark.parametrize("count", [1, 4])
def test_matching_costs_one_query_however_many_sessions(kim, django_assert_num_queries, count):
    series = make_series()
    for number in range(count):
        held(day=f"2025-10-2{number}", series=series, created_by=kim)
    rows = "".join(f"Få med fler;2025-10-2{n};Eva Ek;eva@prov.example;ja\n" for n in range(count))
    batch = make_import(kim, f"Träff;Datum;Namn;E-post;Närvaro\n{rows}", "attendance")
    with django_assert_num_queries(10):
        attendance_lists.plan(batch)


@pytest.mark.parametrize(("series", "is_same"), [("Höstens träffar", True), ("Annat", False)])
def test_a_list_without_any_title_is_of_the_only_session_that_day_in_its_series(
    kim, series, is_same
):
    session = held()
    text = "Namn;E-post;2025-10-27\nEva Ek;eva@prov.example;x\n"
    batch = make_import(kim, text, "attendance")
    batch.decisions = {"series": series, "sessions": {"0:2": {"title": "Träff 2025-10-27"}}}
    draft = only(batch)
    assert (draft.session == session, draft.is_open) == (is_same, not is_same)


def test_the_list_of_a_session_of_the_portal_is_done_and_the_first_who_said_so_is_kept(kim, lo):
    session = held()
    batch = listed(kim)
    attendance_lists.apply(batch, by=kim)
    session.refresh_from_db()
    first = session.attendance_taken_at
    assert (first is not None, session.attendance_taken_by) == (True, kim)

    text = "Träff;Datum;Namn;E-post;Närvaro\nFå med fler;2025-10-27;Per Bo;per@prov.example;ja\n"
    attendance_lists.apply(make_import(kim, text, "attendance"), by=lo)
    session.refresh_from_db()
    assert (session.attendance_taken_at, session.attendance_taken_by) == (first, kim)
    assert session.attendances.count() == 3


def test_a_list_that_notes_nobody_says_nothing_of_the_session(kim):
    session = held()
    text = "Träff;Datum;Namn;E-post;Närvaro\nFå med fler;2025-10-27;Per Bo;per@prov.example;\n"
    attendance_lists.apply(make_import(kim, text, "attendance"), by=kim)
    session.refresh_from_db()
    assert session.attendance_taken_at is None
