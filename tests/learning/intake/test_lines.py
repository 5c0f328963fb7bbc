"""What the marks of an attendance list say."""

import pytest
from django.urls import reverse

from learning.intake import attendance_lists
from tests.builders import make_import

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
