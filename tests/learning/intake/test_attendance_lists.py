"""Attendance lists, end to end."""

from pathlib import Path

import pytest
from django.http import QueryDict
from django.utils import timezone

from learning.intake import attendance_lists
from learning.intake.words import ATTENDANCE_LIST
from learning.models import Attendance, LearningSession, Registration, Series
from partners.intake import batches, plans
from partners.intake import partner_lists as partner_imports
from partners.intake.columns import PARTNER_LIST
from partners.models import Message, Organisation, User

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def partnership(kim):
    data = (DATA / "partners.xlsx").read_bytes()
    batch = batches.open_batch(PARTNER_LIST, "partners.xlsx", data, by=kim)
    partner_imports.apply(batch, by=kim)


@pytest.fixture
def batch(kim, partnership):
    data = (DATA / "attendance-spring-2024.xlsx").read_bytes()
    return batches.open_batch(ATTENDANCE_LIST, "attendance-spring-2024.xlsx", data, by=kim)


def read(kim, text, name="lista.csv"):
    return batches.open_batch(ATTENDANCE_LIST, name, text.encode(), by=kim)


def decide(batch, **said):
    form = QueryDict(mutable=True)
    form.update(said)
    plans.decide(batch, ATTENDANCE_LIST, form)


# Counted in the cells: listed, present, absent, excused, not noted, walk-ins
BY_HAND = {
    "Lärandeträff 1": (39, 28, 6, 1, 4, 0),
    "Lärandeträff 2": (40, 23, 6, 7, 5, 1),
    "Lärandeträff 3": (41, 26, 7, 4, 4, 0),
    "Lärandeträff 4": (42, 19, 7, 7, 9, 0),
}


def test_the_spring_of_2024_is_as_counted_by_hand(batch, kim):
    decide(batch, **{"organisation:okänd förening": "new"})

    attendance_lists.apply(batch, by=kim)

    assert Series.objects.get().title_sv == "Leda omställning tillsammans!"
    for session in LearningSession.objects.all():
        seen = session.attendances
        listed = session.registrations.confirmed().count()
        walk_ins = seen.exclude(person__in=session.registrations.values("person")).count()
        present, absent, excused = (
            seen.filter(status=status).count() for status in ("present", "absent", "excused")
        )
        unknown = listed + walk_ins - present - absent - excused
        counted = (listed, present, absent, excused, unknown, walk_ins)
        assert counted == BY_HAND[session.title_sv]
    starts = sorted(
        f"{timezone.localtime(s.starts_at):%F %R}" for s in LearningSession.objects.all()
    )
    assert starts == [
        "2024-02-07 09:00",
        "2024-03-06 09:00",
        "2024-04-10 09:00",
        "2024-05-15 09:00",
    ]
    assert Organisation.objects.get(name="Okänd förening").status == "prospect"


def test_applying_twice_changes_nothing_and_writes_no_letters(batch, kim):
    decide(batch, **{"organisation:okänd förening": "none"})
    attendance_lists.apply(batch, by=kim)
    models = (User, Organisation, Registration, Attendance, LearningSession)
    before = [model.objects.count() for model in models]

    assert attendance_lists.plan(batch, by=kim).changes_nothing
    attendance_lists.apply(batch, by=kim)

    assert [model.objects.count() for model in models] == before
    assert not Message.objects.exists()
    assert not User.objects.filter(email__isnull=True, registrations__isnull=False).exists()


def test_what_nobody_decided_is_left_out(batch, kim):
    plan = attendance_lists.plan(batch, by=kim)
    assert [line.title for line in plan.lines if line.status == "decision"] == ["Siv Grön"]
    attendance_lists.apply(batch, by=kim)
    assert not User.objects.filter(name="Siv Grön").exists()


def test_diets_and_comments_are_never_stored(batch):
    stored = str(batch.table)
    assert "gluten" not in stored
    assert "kom sent" not in stored
    assert batch.table["sheets"][0]["not_read"] == ["Allergi/specialkost", "Kommentar"]


def test_one_column_a_session(kim, partnership):
    batch = read(
        kim,
        "Leda omställning 2023;;;;\n\nFörnamn;Efternamn;Företag;Mejl;7 feb kl. 9-12;"
        "2023-03-06 kl. 13-15\n"
        "Åsa;Berg;Tegs Bygg;asa@tegs.example;x;–\nBo;Ek;Tegs Livs;bo@tegs.example;;sjuk\n",
    )
    plan = attendance_lists.plan(batch, by=kim)
    seen = [(line.title, str(line.draft.day), line.attendance) for line in plan.lines]
    assert seen == [
        ("Åsa Berg", "2023-02-07", "present"),
        ("Åsa Berg", "2023-03-06", "absent"),
        ("Bo Ek", "2023-03-06", "excused"),
    ]
    assert [line.organisation.name for line in plan.lines[:1]] == ["Tegs Bygg AB"]


def test_one_long_list(kim, partnership):
    batch = read(
        kim,
        "Datum,Träff,Namn,Aktör,E-mail,Kom\n"
        "2023-02-07 09:00-12:00,Start,Åsa Berg,Tegs Bygg AB,asa@tegs.example,yes\n"
        "2023-02-08 09:00-12:00,Mitt,Åsa Berg,Tegs Bygg AB,asa@tegs.example,no\n",
    )
    plan = attendance_lists.plan(batch, by=kim)
    assert [(d.title, str(d.day)) for d in plan.sessions.drafts.values()] == [
        ("Start", "2023-02-07"),
        ("Mitt", "2023-02-08"),
    ]
    assert [line.attendance for line in plan.lines] == ["present", "absent"]


def test_a_missing_time_is_asked_about(kim, partnership):
    batch = read(
        kim, "Namn;Organisation;Närvaro\nÅsa Berg;Tegs Bygg AB;x\n", "traff 2023-02-07.csv"
    )
    draft = next(iter(attendance_lists.plan(batch, by=kim).sessions.drafts.values()))
    assert draft.problem
    decide(batch, **{f"session:{draft.key}:start": "9.00", f"session:{draft.key}:end": "12"})
    attendance_lists.apply(batch, by=kim)
    assert Attendance.objects.get().status == "present"


def test_who_was_understood_is_shown_with_the_address(kim):
    text = "Träff 1 2025-01-14 kl 9-11\nNamn;E-post;Närvaro\nBERG, ANNA;mailto:ANNA@b.example;x\n"
    batch = batches.open_batch(ATTENDANCE_LIST, "lista.csv", text.encode(), by=kim)
    [line] = attendance_lists.plan(batch).lines
    assert line.facts() == ["ANNA BERG, anna@b.example"]


@pytest.mark.parametrize("mark", ["", "ja"])
def test_a_row_with_nothing_but_an_address_is_read_and_asked_for_its_name(kim, mark):
    rows = "Eva Ek;Granit AB;a@b.example;ja\nBo Al;Granit AB;b@b.example;ja\n"
    text = f"2024-02-07 kl. 9-12\n\nNamn;Organisation;E-post;Närvaro\n{rows};;c@b.example;{mark}\n"
    *_others, alone = attendance_lists.plan(read(kim, text)).lines
    assert (alone.title, alone.status, set(alone.problems)) == ("c@b.example", "wrong", {"person"})


def test_sessions_below_each_other_in_a_sheet_are_sessions_of_their_own(kim):
    batch = read(
        kim,
        "Leda omställning\n"
        "Träff 1, 7 mars 2024 kl. 9-12\nNamn;Organisation;Närvaro\nEva Ek;Granit AB;ja\n\n"
        "Träff 2, 14 mars 2024 kl. 9-12\nNamn;Organisation;Närvaro\nEva Ek;Granit AB;nej\n"
        "Bo Al;Granit AB;ja\n\n"
        "Drop-in\nFörnamn;Efternamn;Företag\nCia;Dahl;Granit AB\n",
    )
    decide(batch, **{"organisation:granit ab": "new"})
    assert len(attendance_lists.plan(batch).sessions.drafts) == 2
    attendance_lists.apply(batch, by=kim)

    seen = Attendance.objects.values_list("session__title_sv", "person__name", "status")
    assert sorted(seen) == [
        ("Träff 1", "Eva Ek", "present"),
        ("Träff 2", "Bo Al", "present"),
        ("Träff 2", "Cia Dahl", "present"),
        ("Träff 2", "Eva Ek", "absent"),
    ]


@pytest.mark.parametrize(("mark", "kept"), [("ja", ("present", 45)), ("nej", ("absent", None))])
def test_a_list_knows_no_minutes_and_leaves_those_of_who_came(kim, partnership, mark, kept):
    text = "Datum,Träff,Namn,Aktör,E-mail,Kom\n2023-02-07 09:00-12:00,Start,{},{}\n"
    asa = "Åsa Berg,Tegs Bygg AB,asa@tegs.example"
    attendance_lists.apply(read(kim, text.format(asa, "ja")), by=kim)
    Attendance.objects.update(minutes_present=45)
    attendance_lists.apply(read(kim, text.format(asa, mark)), by=kim)
    assert Attendance.objects.values_list("status", "minutes_present").get() == kept
