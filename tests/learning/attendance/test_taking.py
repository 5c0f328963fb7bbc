import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from learning.attendance import taking, views
from learning.models import Attendance
from partners.models import User
from tests.builders import make_member, make_person, make_registration, make_session
from tests.races import at_once
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(ada, bo):
    session = make_session(in_days=-1)
    make_registration(session, ada)
    make_registration(session, bo)
    return session


def test_a_list_is_noted_and_whom_nobody_noted_stays_unknown(held, ada, bo, lo, bostaden):
    taking.take(held, {ada.pk: "present", bo.pk: None}, by=lo)

    row = Attendance.objects.get()
    assert (row.person, row.status, row.organisation, row.recorded_by) == (
        ada,
        "present",
        bostaden,
        lo,
    )
    held.refresh_from_db()
    assert held.attendance_taken_at is not None
    assert held.attendance_taken_by == lo


def test_a_list_that_cannot_be_finished_is_not_noted_either(held, ada, lo, monkeypatch):
    def refuse(session, by):
        raise ValidationError("refused")

    monkeypatch.setattr(taking, "finish", refuse)
    with pytest.raises(ValidationError):
        taking.take(held, {ada.pk: "present"}, by=lo)
    assert not Attendance.objects.exists()


def test_a_note_can_be_changed_and_taken_back(held, ada, bo, lo):
    taking.record_list(held, {ada.pk: "present", bo.pk: "present"}, by=lo)
    taking.record_list(held, {ada.pk: "excused", bo.pk: None}, by=lo)
    assert list(Attendance.objects.values_list("person", "status")) == [(ada.pk, "excused")]


def test_people_not_on_the_list_are_not_noted_through_it(held, cai, lo):
    taking.record_list(held, {cai.pk: "present"}, by=lo)
    assert not Attendance.objects.exists()


def test_somebody_who_walked_in_is_noted_for_their_organisation(held, cai, lo, bostaden):
    assert taking.record(held, cai, "present", by=lo).organisation == bostaden
    assert taking.record(held, cai, "present", by=lo).pk == Attendance.objects.get().pk


def test_a_stranger_becomes_known_but_a_member_of_nothing(held, lo, norrbyggen):
    row = taking.record_stranger(held, "Ny Person", "", by=lo, organisation=norrbyggen)
    assert (row.person.name, row.organisation, row.person.memberships.count()) == (
        "Ny Person",
        norrbyggen,
        0,
    )


def test_a_known_address_is_that_person(held, ada, lo):
    taking.record_stranger(held, "A. Åström", ada.email.upper(), by=lo)
    assert Attendance.objects.get().person == ada
    assert not User.objects.filter(name="A. Åström").exists()


def test_a_guest_noted_twice_without_an_address_is_one_person(held, lo, kim, norrbyggen):
    first = taking.record_stranger(held, "Ny Gäst", "", by=lo, organisation=norrbyggen)
    again = taking.record_stranger(held, " Ny  Gäst", "", by=kim, organisation=norrbyggen)
    assert first == again
    other = taking.record_stranger(held, "Ny Gäst", "", by=lo)
    assert other.person != first.person, "of another organisation, or of none"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("email", ["", "ny@gast.example"])
def test_four_clicks_at_once_on_a_stranger_make_one_person(lo, email):
    held = make_session(in_days=-1)
    clicks = [lambda: taking.record_stranger(held, "Ny Gäst", email, by=lo)] * 4
    assert [type(result) for result in at_once(*clicks)] == [Attendance] * 4
    assert Attendance.objects.count() == User.objects.filter(name="Ny Gäst").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_new_address_at_two_sessions_at_once_is_one_person(lo):
    sessions = [make_session(in_days=-1) for _ in range(4)]
    results = at_once(
        *[
            lambda held=held: taking.record_stranger(held, "Ny", "ny@gast.example", by=lo)
            for held in sessions
        ]
    )
    assert {result.person.email for result in results} == {"ny@gast.example"}
    assert User.objects.filter(email="ny@gast.example").count() == 1


@pytest.mark.django_db(transaction=True)
def test_several_who_note_the_same_walk_in_at_once_make_one_note(lo):
    held, guest = make_session(in_days=-1), make_person("Gäst")
    results = at_once(*[lambda: taking.record(held, guest, "present", by=lo)] * 6)
    assert [result for result in results if not isinstance(result, Attendance)] == []
    assert Attendance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_races_are_real_without_the_lock(lo, monkeypatch):
    """The control: with the lock left out somebody fails or is there twice."""
    monkeypatch.setattr(taking, "lock", lambda session: session)
    for _ in range(10):
        held, guest = make_session(in_days=-1), make_person("Gäst")
        notes = at_once(*[lambda s=held, g=guest: taking.record(s, g, "present", by=lo)] * 8)
        clicks = [lambda s=held: taking.record_stranger(s, "Ny Gäst", "", by=lo)] * 8
        at_once(*clicks)
        walked_in = held.attendances.filter(person__name="Ny Gäst").count()
        if walked_in > 1 and any(isinstance(note, IntegrityError) for note in notes):
            return
    pytest.fail("eight at once never broke an unlocked list: the tests prove nothing")


def test_attendance_is_not_taken_before_the_day(ada, lo):
    with pytest.raises(ValidationError) as refusal:
        taking.record(make_session(in_days=3), ada, "present", by=lo)
    assert refusal.value.code == "early"


def test_the_page_saves_the_list_as_one_form(as_, held, ada, bo, lo):
    page = as_(lo)
    answer = page.post(
        f"/traffar/{held.pk}/narvaro/",
        {f"person-{ada.pk}": "present", f"person-{bo.pk}": "absent"},
    )
    assert answer.status_code == 302
    assert set(Attendance.objects.values_list("status", flat=True)) == {"present", "absent"}


def test_half_a_list_is_refused_and_nothing_kept(as_, held, ada, lo):
    answer = as_(lo).post(f"/traffar/{held.pk}/narvaro/", {f"person-{ada.pk}": "present"})
    assert answer.status_code == 422
    assert not Attendance.objects.exists()


def marks(*, was="unknown", **ticked):
    """What the page posts: a mark for each person, and what the page showed of them."""
    posted = {f"person-{pk[1:]}": word for pk, word in ticked.items()}
    return posted | {f"was-{pk[1:]}": was for pk in ticked}


def noted():
    return dict(Attendance.objects.values_list("person", "status"))


def test_the_others_are_marked_as_present_and_the_ticks_made_by_hand_stay(as_, held, ada, bo, lo):
    ticked = marks(**{f"p{ada.pk}": "excused", f"p{bo.pk}": "unknown"})
    answer = as_(lo).post(f"/traffar/{held.pk}/narvaro/", ticked | {"do": "rest"})
    assert answer.status_code == 302
    assert noted() == {ada.pk: "excused", bo.pk: "present"}


@pytest.mark.parametrize(
    ("path", "more", "leads_to"),
    [
        ("narvaro", {"do": "search", "name": "öber"}, "?name=%C3%B6ber#walk-in"),
        ("narvaro", {"name": "öber"}, "?name=%C3%B6ber#walk-in"),  # Enter in the search field
        ("narvaro", {"do": "search", "name": ""}, "/narvaro/"),
        ("oanmald", {"person": "cai"}, "/narvaro/"),
        ("oanmald/ny", {"full_name": "Ny Gäst"}, "/narvaro/"),
        ("narvaro", {"full_name": "Ny Gäst"}, "/narvaro/"),  # Enter in the field of the name
    ],
)
def test_whatever_is_done_at_the_door_the_ticks_are_kept(
    as_, held, ada, bo, cai, lo, path, more, leads_to
):
    ticked = marks(**{f"p{ada.pk}": "absent", f"p{bo.pk}": "unknown"})
    more = {name: cai.pk if value == "cai" else value for name, value in more.items()}
    answer = as_(lo).post(f"/traffar/{held.pk}/{path}/", ticked | more)
    assert answer.status_code == 302
    assert answer["Location"].endswith(leads_to)
    assert noted()[ada.pk] == "absent"
    held.refresh_from_db()
    assert held.attendance_taken_at is None, "looking for somebody does not say the list is done"


@pytest.mark.parametrize(
    ("path", "more"),
    [("oanmald", {}), ("oanmald/ny", {"full_name": "Vinn https://evil.example"})],
)
def test_what_is_refused_at_the_door_keeps_the_ticks(as_, held, ada, bo, lo, path, more):
    ticked = marks(**{f"p{ada.pk}": "absent", f"p{bo.pk}": "unknown"})
    answer = as_(lo).post(f"/traffar/{held.pk}/{path}/", ticked | more)
    assert answer.status_code == 422
    assert 'value="absent" checked' in answer.content.decode()


def test_a_list_that_says_nothing_of_anybody_is_not_done(as_, held, ada, bo, lo):
    ticked = marks(**{f"p{ada.pk}": "unknown", f"p{bo.pk}": "unknown"})
    answer = as_(lo).post(f"/traffar/{held.pk}/narvaro/", ticked, follow=True)
    held.refresh_from_db()
    assert held.attendance_taken_at is None
    assert "Ingen är noterad" in answer.content.decode()


def test_a_list_that_is_emptied_again_is_to_be_done_again(held, ada, lo):
    taking.take(held, {ada.pk: "present"}, by=lo)
    taking.take(held, {ada.pk: None}, by=lo)
    held.refresh_from_db()
    assert (held.attendance_taken_at, held.attendance_taken_by) == (None, None)


def test_two_who_take_the_same_list_lose_nothing_of_each_other(as_, held, ada, bo, lo, kim):
    taking.record(held, bo, "absent", by=kim)  # while lo has the page open
    ticked = marks(**{f"p{ada.pk}": "present", f"p{bo.pk}": "unknown"})
    as_(lo).post(f"/traffar/{held.pk}/narvaro/", ticked)
    assert noted() == {ada.pk: "present", bo.pk: "absent"}


def test_whose_note_was_replaced_meanwhile_is_said(as_, held, ada, bo, lo, kim):
    taking.record(held, bo, "absent", by=kim)
    ticked = marks(**{f"p{ada.pk}": "present", f"p{bo.pk}": "present"})
    answer = as_(lo).post(f"/traffar/{held.pk}/narvaro/", ticked, follow=True)
    html = answer.content.decode()
    assert noted()[bo.pk] == "present"
    assert kim.name in html
    assert bo.name in html


def test_people_of_one_name_are_told_apart_by_their_organisation(as_, held, cai, lo, bostaden):
    html = as_(lo).get(f"/traffar/{held.pk}/narvaro/?name=öberg").content.decode()
    assert f"{cai.name}, {bostaden.name}" in html


def test_a_walk_in_is_found_by_name_and_noted(as_, held, cai, lo):
    page = as_(lo)
    assert "Cai Öberg" in page.get(f"/traffar/{held.pk}/narvaro/?name=öber").content.decode()
    assert page.post(f"/traffar/{held.pk}/oanmald/", {"person": cai.pk}).status_code == 302
    assert Attendance.objects.get().person == cai


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("path", "more"),
    [("oanmald", {"person": "cai"}), ("oanmald/ny", {"full_name": "Ny Gäst", "email": "n@x.se"})],
)
def test_four_clicks_at_once_note_one_walk_in(as_, cai, lo, path, more):
    held = make_session(in_days=-1)
    more = {name: cai.pk if value == "cai" else value for name, value in more.items()}
    pages = [as_(lo) for _ in range(4)]
    answers = at_once(*[lambda p=p: p.post(f"/traffar/{held.pk}/{path}/", more) for p in pages])
    assert [answer.status_code for answer in answers] == [302] * 4
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_long(as_, lo, bostaden, rows, django_assert_num_queries):
    session = make_session(in_days=-1)
    for number in range(rows):
        make_registration(session, make_member(bostaden, f"P{number}"))
    page = as_(lo)
    with django_assert_num_queries(6):
        page.get(f"/traffar/{session.pk}/narvaro/")


def test_a_long_list_has_pages_and_turning_keeps_the_ticks(as_, held, ada, bo, lo, monkeypatch):
    monkeypatch.setattr(views, "LINES_A_PAGE", 1)
    page, path = as_(lo), f"/traffar/{held.pk}/narvaro/"
    shown = page.get(path)
    assert [line.person for line in shown.context["page"]] == [ada]
    assert "0 av 2 noterade" in shown.text
    answer = page.post(path, marks(**{f"p{ada.pk}": "absent"}) | {"turn_to": "2"})
    assert (answer.status_code, answer["Location"]) == (302, f"{path}?page=2")
    second = page.get(answer["Location"])
    assert [line.person for line in second.context["page"]] == [bo]
    assert f'action="{path}?page=2"' in second.text
    held.refresh_from_db()
    assert held.attendance_taken_at is None
    rest = marks(**{f"p{bo.pk}": "unknown"}) | {"do": "rest"}
    assert page.post(f"{path}?page=2", rest)["Location"] == f"{path}?page=2"
    assert noted() == {ada.pk: "absent", bo.pk: "present"}


def test_the_rest_of_one_page_says_nothing_of_another(as_, held, ada, bo, lo, monkeypatch):
    monkeypatch.setattr(views, "LINES_A_PAGE", 1)
    ticked = marks(**{f"p{ada.pk}": "unknown"}) | {"do": "rest"}
    said = as_(lo).post(f"/traffar/{held.pk}/narvaro/", ticked, follow=True)
    assert noted() == {ada.pk: "present"}
    assert "En person är utan uppgift" in said.text


def test_the_organisation_of_a_stranger_is_understood_or_asked_about(as_, held, lo, norrbyggen):
    path = reverse("walk_in_new", kwargs={"pk": held.pk})
    refused = as_(lo).post(path, {"full_name": "Ny Gäst", "organisation": "Okänd"})
    assert refused.status_code == 422
    assert "organisation" in read(refused).faulty()
    assert read(refused).value("full_name") == "Ny Gäst"
    as_(lo).post(path, {"full_name": "Ny Gäst", "organisation": norrbyggen.name.lower()})
    assert Attendance.objects.get().organisation == norrbyggen
