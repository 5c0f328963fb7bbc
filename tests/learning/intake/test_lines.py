"""What the marks of an attendance list say."""

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.intake import attendance_lists
from learning.intake.words import ATTENDANCE_LIST
from partners.intake import batches
from tests.builders import make_import, make_member, make_organisation

MATRIX = "Namn;E-post;2024-06-05 kl 9-12"


def planned(kim, *rows, headings=MATRIX, **said):
    batch = make_import(kim, "\n".join([headings, *rows, ""]), "attendance")
    batch.decisions = said
    return attendance_lists.plan(batch)


def seen(plan):
    return {(a.person.name, a.status) for a in plan.new_attendances}


def registered(plan):
    return {r.person.name for r in plan.new_registrations}


@pytest.mark.parametrize("mark", ["kanske", "☐", "blå"])
def test_a_mark_nobody_knows_is_asked_about_once(kim, mark):
    rows = [f"Person {n};p{n}@b.example;{mark}" for n in range(3)]
    rows += [f"Annan {n};a{n}@b.example;x" for n in range(9)]
    plan = planned(kim, *rows)
    [ask] = plan.asks
    assert (len(ask.rows), plan.undecided) == (3, 1)
    assert plan.counts()["decision"] == 3

    decided = planned(kim, *rows, asks={ask.key: "excused"})
    assert decided.counts()["decision"] == decided.undecided == 0
    assert ("Person 0", "excused") in seen(decided)
    assert len(seen(planned(kim, *rows, asks={ask.key: "unknown"}))) == 9
    assert planned(kim, *rows, asks={ask.key: "hatten"}).undecided == 1


def test_somebody_who_sent_word_late_sent_word(kim):
    assert seen(planned(kim, "Åsa Berg;a@b.example;sent återbud")) == {("Åsa Berg", "excused")}


def test_who_is_not_among_the_registered_came_without(kim):
    plan = planned(
        kim,
        "Åsa Berg;a@b.example;x;x", "Bo Ek;b@b.example;ja;nej", "Drop In;d@b.example;;x",
        "Eva Al;e@b.example;nej;", "Ida Ek;i@b.example;;",
        headings="Namn;E-post;Anmäld;2024-06-05 kl 9-12",
    )  # fmt: skip
    assert registered(plan) == {"Åsa Berg", "Bo Ek"}
    assert seen(plan) == {("Åsa Berg", "present"), ("Bo Ek", "absent"), ("Drop In", "present")}
    [draft] = plan.sessions.drafts.values()
    assert (draft.counts["registered"], draft.counts["walk_in"]) == (2, 1)


def test_where_nobody_is_said_to_be_registered_all_are(kim):
    plan = planned(kim, "Åsa Berg;a@b.example;;x", headings="Namn;E-post;Anmäld;2024-06-05 kl 9-12")
    assert registered(plan) == {"Åsa Berg"}


def test_a_registration_is_no_attendance(kim):
    plan = planned(
        kim, "Åsa Berg;a@b.example;Ja;2024-06-05 kl 9-12", "Bo Ek;b@b.example;Nej;2024-06-05",
        headings="Namn;E-post;Anmäld;Datum",
    )  # fmt: skip
    assert (registered(plan), seen(plan)) == ({"Åsa Berg"}, set())


def test_two_people_in_a_cell_were_both_there(kim):
    plan = planned(kim, "Åsa Berg och Bo Ek;a@b.example, b@b.example;x")
    assert seen(plan) == {("Åsa Berg", "present"), ("Bo Ek", "present")}


def test_a_mailbox_for_two_is_one_persons_address(kim):
    plan = planned(kim, "Åsa Berg;info@b.example;x", "Ulf Öhrn;info@b.example;nej")
    assert seen(plan) == {("Åsa Berg", "present"), ("Ulf Öhrn", "absent")}
    assert [p.email for p in plan.register.new_people] == ["info@b.example", None]


def test_the_fullest_name_in_most_sheets_is_used(kim):
    rows = ["Essen, Aino;aino@b.example;x", "Aino von Essen;aino@b.example;x"]
    plan = planned(kim, *rows)
    assert [p.name for p in plan.register.new_people] == ["Aino von Essen"]
    assert "Aino Essen" in plan.lines[0].notes[0]


def test_rows_of_a_session_that_is_asked_about_wait_and_are_no_question_each(kim):
    plan = planned(kim, "Åsa Berg;a@b.example;x", "Bo Ek;b@b.example;x",
                   headings="Namn;E-post;2024-06-05")  # fmt: skip
    assert plan.counts() == {"waiting": 2}
    assert plan.undecided == 1
    decided = planned(kim, "Åsa Berg;a@b.example;x", headings="Namn;E-post;2024-06-05",
                      hours={"start": "09:00", "end": "12:00"})  # fmt: skip
    assert decided.undecided == 0
    assert seen(decided) == {("Åsa Berg", "present")}


@pytest.mark.parametrize(("answer", "people"), [("", 1), ("yes", 1), ("no", 2)])
def test_a_namesake_without_an_address_is_asked_about(kim, answer, people):
    rows = ["Åsa Berg;asa@b.example;x", "Åsa Berg;;x"]
    plan = planned(kim, *rows, asks={"namesake:asa@b.example": answer})
    assert len(plan.register.new_people) == people
    assert plan.undecided == (0 if answer else 1)


def test_an_organisation_is_asked_about_once_for_all_its_people(kim, as_):
    rows = [f"Person {n};p{n}@b.example;Okänd förening;x" for n in range(3)]
    batch = make_import(
        kim, "\n".join(["Namn;E-post;Organisation;2024-06-05 kl 9-12", *rows, ""]), "attendance"
    )
    assert attendance_lists.plan(batch).undecided == 1
    page = as_(kim).get(reverse("attendance_import", kwargs={"pk": batch.pk})).text
    assert page.count('name="organisation:okänd förening"') == 1


GROUPED = """Organisation;Namn;E-post;Närvaro
Umeå Energi AB;Åsa Berg;asa.berg@umeaenergi.example;ja
;Jon Lind;;ja
;Maja Ek;maja.ek@gmail.com;nej
Norrlands Bygg AB;Bo Al;bo.al@norrbygg.example;ja
;Siv Grön;siv.gron@umeaenergi.example;ja
"""


def grouped(kim, **asks):
    name = "Lärandeträff 1 2024-02-07 kl 9-12.csv"
    batch = batches.open_batch(ATTENDANCE_LIST, name, GROUPED.encode(), by=kim)
    batch.decisions["organisations"] = {"umeå energi ab": "new", "norrlands bygg ab": "new"}
    batch.decisions["asks"] = asks
    batch.decisions["hours"] = {"start": "09:00", "end": "12:00"}
    return attendance_lists.plan(batch)


def test_rows_beneath_an_organisation_written_once_are_asked_about(kim):
    plan = grouped(kim)
    assert [line.status for line in plan.lines] == ["new", "decision", "decision", "new", "new"]
    [ask] = plan.asks
    assert ask.rows == ["Jon Lind", "Maja Ek"]
    assert "3, 4" in ask.text


def test_a_group_is_read_with_its_organisation_and_that_is_said(kim):
    lines = grouped(kim, **{"group:0": "yes"}).lines
    assert [line.name for line in lines[:3]] == ["Umeå Energi AB"] * 3
    assert lines[1].organisation.name == "Umeå Energi AB"
    assert "Umeå Energi AB" in lines[1].notes[0]


def test_a_group_that_is_none_gives_nobody_an_organisation(kim):
    lines = grouped(kim, **{"group:0": "no"}).lines
    assert [line.organisation for line in lines[1:3]] == [None, None]


def test_whose_address_is_of_another_organisation_is_not_in_the_group(kim):
    siv = grouped(kim, **{"group:0": "yes"}).lines[4]
    assert siv.organisation is None
    assert "Norrlands Bygg AB" in siv.notes[0]
    assert [cell.name for cell in siv.corrections] == [f"{siv.record.key}:organisation"]


def test_who_is_known_to_be_of_another_organisation_is_not_in_the_group(kim):
    make_member(make_organisation("Skogsbolaget AB"), "Maja Ek", email="maja.ek@gmail.com")
    maja = grouped(kim, **{"group:0": "yes"}).lines[2]
    assert maja.organisation.name == "Skogsbolaget AB"
    assert "Umeå Energi AB" in maja.notes[0]


ABOVE = "Namn;E-post;Telefon;Närvaro\n{above};;;\nÅsa Berg;;;ja\nBo Ek;bo.ek@gmail.com;;nej\n"


def beneath(kim, above, **asks):
    name = "Lärandeträff 1 2024-02-07 kl 9-12.csv"
    file = ABOVE.format(above=above).encode()
    batch = batches.open_batch(ATTENDANCE_LIST, name, file, by=kim)
    batch.decisions["organisations"] = {"umeå energi ab": "new", "scouterna": "new"}
    batch.decisions["asks"] = asks
    batch.decisions["hours"] = {"start": "09:00", "end": "12:00"}
    return attendance_lists.plan(batch)


def organisations(plan):
    return {line.title: line.name for line in plan.lines if line.status != "left_out"}


@pytest.mark.parametrize("above", ["Umeå Energi AB", "Region Västerbotten"])
def test_an_organisation_alone_above_its_people_is_asked_about(kim, above):
    make_organisation("Region Västerbotten")
    [ask] = beneath(kim, above).asks
    assert (ask.key, ask.rows) == ("group:0", ["Åsa Berg", "Bo Ek"])
    plan = beneath(kim, above, **{"group:0": "yes"})
    assert organisations(plan) == {"Åsa Berg": above, "Bo Ek": above}
    assert {person.name for person in plan.register.new_people} == {"Åsa Berg", "Bo Ek"}


def test_a_name_alone_that_may_be_an_organisation_is_asked_about(kim):
    [ask] = beneath(kim, "Scouterna").asks
    assert ask.key == "alone:scouterna"

    is_person = beneath(kim, "Scouterna", **{ask.key: "person"})
    assert "Scouterna" in {person.name for person in is_person.register.new_people}

    heads = beneath(kim, "Scouterna", **{ask.key: "organisation", "group:0": "yes"})
    assert organisations(heads) == {"Åsa Berg": "Scouterna", "Bo Ek": "Scouterna"}
    assert heads.lines[0].status == "left_out"
    assert heads.undecided == 0


def test_a_person_alone_in_a_row_is_a_person(kim):
    plan = beneath(kim, "Maja Lind")
    assert not plan.asks
    assert {person.name for person in plan.register.new_people} >= {"Maja Lind", "Åsa Berg"}


ONCE = """Datum;Namn;E-post;Närvaro
2024-02-07;Åsa Berg;asa@granit.example;ja
;Bo Ek;bo@granit.example;nej
2024-02-14;Åsa Berg;asa@granit.example;ja
;Maja Lind;maja@granit.example;ja
"""


def once(kim, **asks):
    batch = batches.open_batch(ATTENDANCE_LIST, "lista.csv", ONCE.encode(), by=kim)
    batch.decisions["asks"] = asks
    batch.decisions["hours"] = {"start": "09:00", "end": "12:00"}
    return attendance_lists.plan(batch)


def test_rows_beneath_a_day_written_once_are_asked_about(kim):
    plan = once(kim)
    [ask] = plan.asks
    assert ask.rows == ["Bo Ek", "Maja Lind"]
    assert "3, 5" in ask.text
    assert plan.counts()["decision"] == 2
    assert len(plan.sessions.drafts) == 2


def test_a_day_written_once_holds_for_the_rows_below_it(kim):
    plan = once(kim, **{"day:0": "yes"})
    there = {(a.person.name, f"{timezone.localtime(a.session.starts_at):%F}", a.status)
             for a in plan.new_attendances}  # fmt: skip
    assert there == {
        ("Åsa Berg", "2024-02-07", "present"), ("Bo Ek", "2024-02-07", "absent"),
        ("Åsa Berg", "2024-02-14", "present"), ("Maja Lind", "2024-02-14", "present"),
    }  # fmt: skip


def test_a_day_that_does_not_hold_below_is_asked_for(kim):
    plan = once(kim, **{"day:0": "no"})
    assert {line.title for line in plan.lines if line.status == "waiting"} == {"Bo Ek", "Maja Lind"}
