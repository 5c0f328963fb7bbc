import pytest
from django.core.exceptions import ValidationError

from learning import attendance
from learning.models import Attendance
from partners.models import User
from tests.builders import make_member, make_registration, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(ada, bo):
    session = make_session(in_days=-1)
    make_registration(session, ada)
    make_registration(session, bo)
    return session


def test_a_list_is_noted_and_whom_nobody_noted_stays_unknown(held, ada, bo, lo, bostaden):
    attendance.record_list(held, {ada.pk: "present", bo.pk: None}, by=lo)
    attendance.finish(held, by=lo)

    row = Attendance.objects.get()
    assert (row.person, row.status, row.organisation, row.recorded_by) == (
        ada,
        "present",
        bostaden,
        lo,
    )
    held.refresh_from_db()
    assert held.attendance_taken_at is not None


def test_a_note_can_be_changed_and_taken_back(held, ada, bo, lo):
    attendance.record_list(held, {ada.pk: "present", bo.pk: "present"}, by=lo)
    attendance.record_list(held, {ada.pk: "excused", bo.pk: None}, by=lo)
    assert list(Attendance.objects.values_list("person", "status")) == [(ada.pk, "excused")]


def test_people_not_on_the_list_are_not_noted_through_it(held, cai, lo):
    attendance.record_list(held, {cai.pk: "present"}, by=lo)
    assert not Attendance.objects.exists()


def test_somebody_who_walked_in_is_noted_for_their_organisation(held, cai, lo, bostaden):
    assert attendance.record(held, cai, "present", by=lo).organisation == bostaden
    assert attendance.record(held, cai, "present", by=lo).pk == Attendance.objects.get().pk


def test_a_stranger_becomes_known_but_a_member_of_nothing(held, lo, norrbyggen):
    row = attendance.record_stranger(held, "Ny Person", "", by=lo, organisation=norrbyggen)
    assert (row.person.name, row.organisation, row.person.memberships.count()) == (
        "Ny Person",
        norrbyggen,
        0,
    )


def test_a_known_address_is_that_person(held, ada, lo):
    attendance.record_stranger(held, "A. Åström", ada.email.upper(), by=lo)
    assert Attendance.objects.get().person == ada
    assert not User.objects.filter(name="A. Åström").exists()


def test_attendance_is_not_taken_before_the_day(ada, lo):
    with pytest.raises(ValidationError) as refusal:
        attendance.record(make_session(in_days=3), ada, "present", by=lo)
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


def test_mark_all_ticks_those_not_noted(as_, held, lo):
    html = as_(lo).get(f"/traffar/{held.pk}/narvaro/?tick=present").content.decode()
    assert html.count('value="present" checked') == 2


def test_a_walk_in_is_found_by_name_and_noted(as_, held, cai, lo):
    page = as_(lo)
    assert "Cai Öberg" in page.get(f"/traffar/{held.pk}/narvaro/?name=öber").content.decode()
    assert page.post(f"/traffar/{held.pk}/oanmald/", {"person": cai.pk}).status_code == 302
    assert Attendance.objects.get().person == cai


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_long(as_, lo, bostaden, rows, django_assert_num_queries):
    session = make_session(in_days=-1)
    for number in range(rows):
        make_registration(session, make_member(bostaden, f"P{number}"))
    page = as_(lo)
    with django_assert_num_queries(6):
        page.get(f"/traffar/{session.pk}/narvaro/")
