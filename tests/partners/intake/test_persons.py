"""The people a row names."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from partners.intake.batches import Record
from partners.intake.persons import SAME, Named, Persons, same_person
from partners.intake.plans import Line
from partners.intake.register import Register
from tests.builders import make_bounced, make_organisation, make_person


def row(number=2, sheet=0, **values):
    return Record(f"{sheet}-{number}", sheet, number, values)


def read(record, decisions=None, rows=()):
    line = Line(record)
    persons = Persons(Register(), decisions or {}, "person", [record, *rows])
    return persons, line, persons.read(line)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Aino Essen", "Aino von Essen", True),
        ("A. Berg", "Anna Berg", True),
        ("Anna Berg", "anna  bergh", True),
        ("Berg Anna", "Anna Berg", True),
        ("Anna Berg", "Anna Ek", False),
        ("Anna Berg", "Anna Borg", False),
        ("Per Lind", "Pär Lindh", False),
        ("Eva Al", "Ola Ek", False),
    ],
)
def test_two_names_of_one_address_are_one_persons_or_not(one, other, is_same):
    assert (same_person(one, other) >= SAME) is is_same


@pytest.mark.parametrize(
    ("person", "email", "found"),
    [
        ("Åsa Berg", "a@b.example", [Named("Åsa Berg", "a@b.example")]),
        ("", "a@b.example", [Named("", "a@b.example")]),
        ("", "", []),
        ("saknas", "a@b.example", [Named("", "a@b.example")]),
        ("N.N.", "", []),
        ("-", "", []),
        ("Åsa Berg; Bo Ek", "a@b.example, b@b.example",
         [Named("Åsa Berg", "a@b.example"), Named("Bo Ek", "b@b.example")]),
        ("Jon Lind, Pia Ek", "pia.ek@a.example; jon.lind@a.example",
         [Named("Jon Lind", "jon.lind@a.example"), Named("Pia Ek", "pia.ek@a.example")]),
        ("Anna Berg, Ola Berg", "ola.berg@a.example; berg@a.example",
         [Named("Anna Berg", "berg@a.example"), Named("Ola Berg", "ola.berg@a.example")]),
        ("Ann Li, Bo Ek", "bolaget@a.example; info@a.example",
         [Named("Ann Li", "bolaget@a.example"), Named("Bo Ek", "info@a.example")]),
        ("Åsa Berg & Bo Ek", "", []),
        ("Åsa Berg", "asa (at) b.example", [Named("Åsa Berg", "")]),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_who_is_named(person, email, found):
    assert read(row(person=person, email=email))[2] == found


@pytest.mark.django_db
def test_what_stands_beside_a_name_is_said_to_be_left_out():
    _persons, line, [named] = read(row(person="Karin Lund, VD"))
    assert named.name == "Karin Lund"
    assert "VD" in line.notes[0]


@pytest.mark.parametrize(
    ("person", "own", "known", "found"),
    [
        ("Vakin, Jon Lind", "Vakin AB", "", "Jon Lind"),
        ("Vakin - Jon Lind", "", "Vakin", "Jon Lind"),
        ("Umeå Energi, Jon Lind", "Umeå Energi", "", "Jon Lind"),
        ("Miljöavdelningen, Eva Dal", "Vakin", "", "Eva Dal"),
    ],
)
@pytest.mark.django_db
def test_an_organisation_before_the_name_is_left_out_with_a_word(person, own, known, found):
    if known:
        make_organisation(name=known)
    line = Line(row(person=person, organisation=own))
    [named] = Persons(Register(), {}, "person", [line.record]).read(line)
    assert (named.name, line.problems) == (found, {})
    assert person.split(", ")[0].split(" - ")[0] in line.notes[0]


@pytest.mark.parametrize(
    ("person", "own", "likely"),
    [("Vakin, Jon Lind", "Bostaden", "Jon Lind Vakin"), ("Berg, Åsa", "Berg AB", "Åsa Berg"),
     ("Berg, Åsa Maria", "Granit AB", "Åsa Maria Berg")],
)  # fmt: skip
@pytest.mark.django_db
def test_what_may_be_a_surname_or_an_organisation_is_asked_about(person, own, likely):
    line = Line(row(person=person, organisation=own))
    assert Persons(Register(), {}, "person", [line.record]).read(line) == []
    assert "person" in line.problems
    assert line.proposals == {"person": likely}


@pytest.mark.django_db
def test_the_spelling_of_most_sheets_wins_over_a_longer_one():
    rows = [row(2, sheet, person="Aino von Essen", email="a@b.example") for sheet in (1, 2)]
    persons, line, [named] = read(
        row(3, person="Aino Maria von Essen", email="a@b.example"), rows=rows
    )
    assert persons.own(line, named) == Named("Aino von Essen", "a@b.example")


@pytest.mark.django_db
def test_an_address_of_somebody_else_is_not_taken():
    register = Register()
    register.add_person("Ola Ek", "info@b.example")
    persons = Persons(register, {}, "person", [])
    line = Line(row())
    assert persons.own(line, Named("Eva Al", "info@b.example")) == Named("Eva Al", "")
    assert "Ola Ek" in line.notes[0]


@pytest.mark.django_db
def test_an_address_from_which_e_mails_come_back_is_warned_about():
    asa, bo = make_person("Åsa Berg", "asa@b.example"), make_person("Bo Ek", "bo@b.example")
    make_bounced(asa, bounced_at=datetime(2027, 3, 1, 23, 30, tzinfo=UTC))
    make_bounced(bo, works_again_at=timezone.now(), works_again_by=bo)
    _persons, line, _named = read(row(person="Åsa Berg", email="ASA@b.example"))
    said = "Mejl till asa@b.example har kommit tillbaka sedan 2 mars 2027. Kontrollera adressen."
    assert line.notes == [said]
    _persons, line, _named = read(row(person="Bo Ek", email="bo@b.example"))
    assert line.notes == []
