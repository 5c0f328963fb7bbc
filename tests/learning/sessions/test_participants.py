import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.sessions import participants
from tests.builders import (
    make_attendance,
    make_member,
    make_organisation,
    make_person,
    make_registration,
    make_session,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """Eva of Backens Byggvaror and Frida of the Bakery have seats; Örjan waits."""
    made = make_session(capacity=2)
    for name, organisation in (
        ("Eva Brännström", "Backens Byggvaror"),
        ("Frida Boman", "Bageriet"),
    ):
        make_registration(made, make_member(make_organisation(organisation), name))
    make_registration(made, make_person("Örjan Ek"), "queued")
    return made


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ["Eva Brännström", "Frida Boman", "Örjan Ek"]),
        ("frida", ["Frida Boman"]),
        ("byggvaror", ["Eva Brännström"]),
        ("boman bageri", ["Frida Boman"]),
        ("brennström", ["Eva Brännström"]),  # misspelt
        ("bygvaror", ["Eva Brännström"]),
        ("xyzzy", []),
        ("\0", ["Eva Brännström", "Frida Boman", "Örjan Ek"]),
    ],
)
def test_people_are_found_by_name_and_organisation_also_misspelt(session, words, names):
    found = participants.named(participants.places(session), words)
    assert [str(place.person) for place in found] == names


def test_organisations_are_counted_the_largest_first(session, bostaden):
    for _ in range(2):
        make_registration(session, make_member(bostaden))
    make_registration(session, make_person())
    counted = participants.by_organisation(session)
    assert counted == [("Bostaden", 2), ("Backens Byggvaror", 1), ("Bageriet", 1), ("", 1)]


def test_the_page_says_the_sum_and_what_was_looked_for(as_, lo, session):
    address = reverse("participants", args=[session.pk])
    page = read(as_(lo).get(address))
    assert "2 av 2 har plats" in page.text
    assert "en står i kö" in page.text
    assert "Avboka Eva Brännström" in page.text
    sought = read(as_(lo).get(address, {"q": "frida"}))
    assert ("Frida Boman" in sought.text, "Eva" in sought.text) == (True, False)
    assert "Ingen som heter ”xyzzy” är anmäld." in read(as_(lo).get(address, {"q": "xyzzy"})).text


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["Bo Ek", "Eva Brännström", "Frida Boman", "Örjan Ek"]),
        ("nonsense", ["Bo Ek", "Eva Brännström", "Frida Boman", "Örjan Ek"]),
        ("-name", ["Frida Boman", "Eva Brännström", "Bo Ek", "Örjan Ek"]),
        ("organisation", ["Eva Brännström", "Frida Boman", "Bo Ek", "Örjan Ek"]),
        ("-organisation", ["Frida Boman", "Eva Brännström", "Bo Ek", "Örjan Ek"]),
        ("registered", ["Eva Brännström", "Frida Boman", "Bo Ek", "Örjan Ek"]),
        ("-registered", ["Bo Ek", "Frida Boman", "Eva Brännström", "Örjan Ek"]),
    ],
)
def test_seats_are_sorted_by_a_column_and_the_queue_keeps_its_order(as_, lo, session, sort, names):
    make_registration(session, make_person("Bo Ek"))  # of no organisation
    page = read(as_(lo).get(reverse("participants", args=[session.pk]), {"sort": sort}))
    assert [row[0] if not row[0].isdigit() else row[1] for row in page.rows()] == names


def test_the_heads_of_the_list_sort_it_and_say_how_it_is_sorted(as_, lo, session):
    text = as_(lo).get(reverse("participants", args=[session.pk]), {"sort": "organisation"}).text
    assert text.count('aria-sort="ascending"') == 1
    assert 'href="?sort=-organisation"' in text
    assert 'href="?sort=registered"' in text
    assert '<input type="hidden" name="sort" value="organisation">' in text


@pytest.mark.parametrize("sort", ["name", "-organisation", "registered"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_long_and_sorted(
    as_, lo, rows, sort, django_assert_num_queries
):
    session = make_session()
    for number in range(rows):
        make_registration(session, make_member(make_organisation(f"Org {number}")))
    page = as_(lo)
    with django_assert_num_queries(7):
        page.get(reverse("participants", args=[session.pk]), {"sort": sort})


def test_the_name_list_holds_those_with_a_seat_and_nothing_to_press(as_, lo, session):
    page = read(as_(lo).get(reverse("participants_list", args=[session.pk])))
    assert "Eva Brännström" in page.text
    assert "Örjan" not in page.text
    assert "Avboka" not in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_after_the_session_each_row_says_who_came(as_, lo, rows, django_assert_num_queries):
    session = make_session(in_days=-2, capacity=9)
    notes = {"Eva": "present", "Frida": "absent", "Örjan": "excused", "Bo": None}
    for name, status in list(notes.items()) * rows:
        person = make_person(name)
        make_registration(session, person)
        if status:
            make_attendance(session, person, status)
    client = as_(lo)
    with django_assert_num_queries(7):
        answer = client.get(reverse("participants", args=[session.pk]))
    page = read(answer)
    assert f"{4 * rows} av 9 hade plats" in page.text
    assert page.texts("caption") == ["Hade en plats"]
    assert {row[0]: row[-1] for row in page.rows()} == {
        "Eva": "kom",
        "Frida": "kom inte",
        "Örjan": "anmälde förhinder",
        "Bo": "inte noterad",
    }


def test_who_has_just_cancelled_is_seen_on_the_row_of_the_name(as_, lo, session):
    leaving = session.registrations.get(person__name="Eva Brännström")
    leaving.leaves_at, leaving.withdrawn_by = timezone.now() + timedelta(minutes=9), lo
    leaving.save()
    page = read(as_(lo).get(reverse("participants", args=[session.pk])))
    assert [row[0] for row in page.rows()][:2] == ["Eva Brännström har nyss avbokat", "Frida Boman"]
    assert "Närvaro" not in page.texts("th")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_name_list_costs_the_same_however_long(as_, lo, rows, django_assert_num_queries):
    session = make_session()
    for _ in range(rows):
        make_registration(session, make_person())
    page = as_(lo)
    with django_assert_num_queries(4):
        page.get(reverse("participants_list", args=[session.pk]))


def test_the_file_holds_everybody_with_their_place(as_, lo, session):
    address = reverse("participants_file", args=[session.pk, "csv"])
    answer = as_(lo).get(address)
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows] == ["Namn", "Eva Brännström", "Frida Boman", "Örjan Ek"]
    assert [row[3] for row in rows[1:]] == ["har en plats", "har en plats", "kö, plats 1"]
    assert "deltagare_budget" in answer["Content-Disposition"]
    workbook = as_(lo).get(reverse("participants_file", args=[session.pk, "xlsx"]))
    assert workbook.getvalue()[:2] == b"PK"
    assert as_(lo).get(reverse("participants_file", args=[session.pk, "exe"])).status_code == 404


@pytest.mark.parametrize(("in_days", "offered"), [(10, True), (-1, False)])
def test_places_are_changed_before_the_session_only(as_, lo, ada, in_days, offered):
    session = make_session(in_days=in_days)
    place = make_registration(session, ada)
    html = as_(lo).get(f"/traffar/{session.pk}/deltagare/").content.decode()
    assert str(ada) in html
    assert (reverse("withdraw", kwargs={"pk": place.pk}) in html) is offered
    assert (reverse("register_colleague", kwargs={"pk": session.pk}) in html) is offered
