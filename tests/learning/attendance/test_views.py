"""The page of the attendance list, and those at the door."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from learning.attendance import listing, taking, views
from learning.models import Attendance, LearningSession
from tests.builders import make_member, make_registration, make_session
from tests.races import at_once
from tests.reading import read

pytestmark = pytest.mark.django_db


def marks(*, was="unknown", **ticked):
    """What the page posts: a mark for each person, and what the page showed of them."""
    posted = {f"person-{pk[1:]}": word for pk, word in ticked.items()}
    return posted | {f"was-{pk[1:]}": was for pk in ticked}


def noted():
    return dict(Attendance.objects.values_list("person", "status"))


def test_the_page_saves_the_list_as_one_form(as_, held, ada, bo, lo):
    page = as_(lo)
    answer = page.post(
        f"/traffar/{held.pk}/narvaro/",
        {f"person-{ada.pk}": "present", f"person-{bo.pk}": "absent"},
    )
    assert answer.status_code == 302
    assert set(Attendance.objects.values_list("status", flat=True)) == {"present", "absent"}


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_part_of_the_time_is_kept_and_shown_again(as_, held, ada, bo, lo, by_itself):
    page, address = as_(lo), f"/traffar/{held.pk}/narvaro/"
    (minutes, *_rest) = listing.parts(held)
    ticked = marks(**{f"p{ada.pk}": f"part-{minutes}", f"p{bo.pk}": "unknown"})
    if by_itself:
        answer = page.post(address, ticked | {"do": "keep"}, headers={"hx-request": "true"})
        assert f'value="part-{minutes}" hx-swap-oob' in answer.text
    else:
        assert page.post(address, ticked | {"do": "rest"}).status_code == 302
        assert noted() == {ada.pk: "present", bo.pk: "present"}
    assert Attendance.objects.get(person=ada).minutes_present == minutes
    text = page.get(address).text
    assert f'name="person-{ada.pk}" value="part-{minutes}" checked' in text
    assert f"var med {minutes} av {taking.length(held)} min" in text


def test_minutes_that_are_no_quarter_are_shown_all_the_same(as_, held, ada, bo, lo):
    taking.take(held, {ada.pk: taking.Part(7), bo.pk: "absent"}, by=lo)
    page, address = as_(lo), f"/traffar/{held.pk}/narvaro/"
    assert f'name="person-{ada.pk}" value="part-7" checked' in page.get(address).text
    saved = marks(was="part-7", **{f"p{ada.pk}": "part-7"})
    saved |= marks(was="absent", **{f"p{bo.pk}": "absent"})
    assert page.post(address, saved).status_code == 302
    assert Attendance.objects.get(person=ada).minutes_present == 7


def test_half_a_list_is_refused_and_nothing_kept(as_, held, ada, lo):
    answer = as_(lo).post(f"/traffar/{held.pk}/narvaro/", {f"person-{ada.pk}": "present"})
    assert answer.status_code == 422
    assert not Attendance.objects.exists()


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


def test_two_who_take_the_same_list_lose_nothing_of_each_other(as_, held, ada, bo, lo, kim):
    taking.record(held, bo, "absent", by=kim)  # while lo has the page open
    ticked = marks(**{f"p{ada.pk}": "present", f"p{bo.pk}": "unknown"})
    as_(lo).post(f"/traffar/{held.pk}/narvaro/", ticked)
    assert noted() == {ada.pk: "present", bo.pk: "absent"}


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("kim", "Kim Lind noterade ”kom”. Du markerade ”kom inte”."),
        ("lo", "Du noterade ”kom” på en annan sida. Här markerade du ”kom inte”."),
    ],
)
def test_what_was_noted_meanwhile_is_not_overwritten_before_somebody_chooses(
    as_, held, ada, bo, lo, kim, by, words
):
    kim.name = "Kim Lind"
    kim.save()
    taking.record(held, bo, "present", by={"kim": kim, "lo": lo}[by])
    ticked = marks(**{f"p{ada.pk}": "excused", f"p{bo.pk}": "absent"})
    client, address = as_(lo), f"/traffar/{held.pk}/narvaro/"
    answer = client.post(address, ticked)
    assert answer.status_code == 422
    assert noted() == {ada.pk: "excused", bo.pk: "present"}
    held.refresh_from_db()
    assert held.attendance_taken_at is None
    page = read(answer)
    assert words in page.text
    assert "En person noterades på ett annat sätt" in page.text
    chosen = page.values()
    assert chosen[f"person-{bo.pk}"] == "absent"
    assert chosen[f"was-{bo.pk}"] == "present"
    assert client.post(address, chosen).status_code == 302
    assert noted() == {ada.pk: "excused", bo.pk: "absent"}


def test_a_note_taken_away_meanwhile_is_asked_about_too(as_, held, ada, bo, lo):
    ticked = marks(was="present", **{f"p{ada.pk}": "present", f"p{bo.pk}": "absent"})
    answer = as_(lo).post(f"/traffar/{held.pk}/narvaro/", ticked)
    assert answer.status_code == 422
    assert "Noteringen togs bort. Du markerade ”kom inte”." in read(answer).text
    assert noted() == {}


def test_who_notes_the_same_in_two_places_is_asked_nothing(as_, held, ada, bo, lo, kim):
    taking.record(held, bo, "absent", by=kim)
    ticked = marks(**{f"p{ada.pk}": "present", f"p{bo.pk}": "absent"})
    for _ in range(2):
        assert as_(lo).post(f"/traffar/{held.pk}/narvaro/", ticked).status_code == 302
    assert noted() == {ada.pk: "present", bo.pk: "absent"}


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("narvaro", {"name": "öber"}),
        ("oanmald", {"person": "cai"}),
        ("oanmald/ny", {"full_name": "Ny Gäst"}),
    ],
)
def test_at_the_door_nothing_is_overwritten_and_whoever_came_is_noted(
    as_, held, ada, bo, cai, lo, kim, path, more
):
    taking.record(held, bo, "present", by=kim)
    ticked = marks(**{f"p{ada.pk}": "unknown", f"p{bo.pk}": "absent"})
    more = {name: cai.pk if value == "cai" else value for name, value in more.items()}
    answer = as_(lo).post(f"/traffar/{held.pk}/{path}/", ticked | more)
    assert answer.status_code == 422
    assert "Du markerade ”kom inte”" in read(answer).text
    assert noted()[bo.pk] == "present"
    assert len(noted()) == (1 if path == "narvaro" else 2)


def test_a_page_refused_for_something_else_brings_nothing_back(as_, held, ada, bo, lo, kim):
    taking.record(held, bo, "present", by=kim)
    client, address = as_(lo), f"/traffar/{held.pk}/narvaro/"
    half = marks(**{f"p{bo.pk}": "unknown", f"p{ada.pk}": ""})
    again = read(client.post(address, half)).values()
    assert again[f"person-{bo.pk}"] == "present"
    other = marks(**{f"p{bo.pk}": "absent", f"p{ada.pk}": ""})
    again = read(client.post(address, other)).values() | {f"person-{ada.pk}": "present"}
    assert client.post(address, again).status_code == 422
    assert noted()[bo.pk] == "present"


def test_a_session_still_to_come_says_from_when_and_has_no_form(as_, ada, lo):
    session = make_session(in_days=3)
    make_registration(session, ada)
    answer = as_(lo).get(f"/traffar/{session.pk}/narvaro/")
    day = date_format(timezone.localtime(session.starts_at), "j F Y")
    assert f"Närvaro kan noteras från och med träffens dag, {day}." in read(answer).text
    assert f"person-{ada.pk}" not in answer.content.decode()
    ticked = {f"person-{ada.pk}": "present"}
    again = as_(lo).post(f"/traffar/{session.pk}/narvaro/", ticked)
    assert again.status_code == 422
    assert again.content.decode().count("Närvaro kan noteras från") == 1


def test_a_cancelled_session_has_no_attendance(as_, held, ada, lo):
    LearningSession.objects.filter(pk=held.pk).update(cancelled_at=timezone.now())
    for operation in (
        lambda: taking.record(held, ada, "present", by=lo),
        lambda: taking.take(held, {ada.pk: "present"}, by=lo),
        lambda: taking.record_stranger(held, "Ny Gäst", "", by=lo),
        lambda: taking.finish(held, by=lo),
    ):
        with pytest.raises(ValidationError) as refusal:
            operation()
        assert refusal.value.code == "cancelled"
    page = as_(lo).get(f"/traffar/{held.pk}/narvaro/")
    assert "Träffen är inställd, så ingen närvaro noteras." in read(page).text
    assert f"person-{ada.pk}" not in page.content.decode()
    link = reverse("attendance", args=[held.pk])
    assert link not in as_(lo).get(f"/traffar/{held.pk}/").content.decode()


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
    assert "En person är inte noterad" in said.text


def test_a_long_list_is_done_when_its_last_page_is_saved(as_, held, ada, bo, lo, monkeypatch):
    monkeypatch.setattr(views, "LINES_A_PAGE", 1)
    page, path = as_(lo), f"/traffar/{held.pk}/narvaro/"
    done = []
    for number, person in enumerate((ada, bo), start=1):
        page.post(f"{path}?page={number}", marks(**{f"p{person.pk}": "present"}))
        held.refresh_from_db()
        done.append(held.attendance_taken_at is not None)
    assert done == [False, True]
    assert noted() == {ada.pk: "present", bo.pk: "present"}


def test_the_organisation_of_a_stranger_is_understood_or_asked_about(as_, held, lo, norrbyggen):
    path = reverse("walk_in_new", kwargs={"pk": held.pk})
    refused = as_(lo).post(path, {"full_name": "Ny Gäst", "organisation": "Okänd"})
    assert refused.status_code == 422
    assert "organisation" in read(refused).faulty()
    assert read(refused).value("full_name") == "Ny Gäst"
    as_(lo).post(path, {"full_name": "Ny Gäst", "organisation": norrbyggen.name.lower()})
    assert Attendance.objects.get().organisation == norrbyggen


def keep(page, session, **more):
    """What the page posts by itself when somebody ticks."""
    return page.post(
        f"/traffar/{session.pk}/narvaro/", {"do": "keep"} | more, headers={"HX-Request": "true"}
    )


def test_a_tick_is_kept_at_once_and_does_not_say_that_the_list_is_done(as_, held, ada, bo, lo):
    page = as_(lo)
    answer = keep(page, held, **marks(**{f"p{ada.pk}": "present", f"p{bo.pk}": "unknown"}))
    html = answer.content.decode()
    assert "1 av 2 noterade" in html
    assert "1 inte noterad" in html
    assert noted() == {ada.pk: "present"}
    held.refresh_from_db()
    assert held.attendance_taken_at is None


def test_a_tick_that_is_changed_again_is_no_dispute_with_oneself(as_, held, ada, bo, lo):
    """The page learns with each answer what is kept now."""
    page = as_(lo)
    first = keep(page, held, **marks(**{f"p{ada.pk}": "present", f"p{bo.pk}": "unknown"}))
    assert f'name="was-{ada.pk}" value="present" hx-swap-oob="true"' in first.content.decode()
    again = marks(was="present", **{f"p{ada.pk}": "absent"}) | marks(**{f"p{bo.pk}": "unknown"})
    keep(page, held, **again)
    assert noted() == {ada.pk: "absent"}


def test_a_tick_that_another_lead_disputes_waits_until_the_list_is_saved(
    as_, held, ada, bo, lo, kim
):
    taking.record(held, ada, "excused", by=kim)
    posted = marks(**{f"p{ada.pk}": "present", f"p{bo.pk}": "unknown"})
    answer = keep(as_(lo), held, **posted)
    assert "hx-swap-oob" not in answer.content.decode()
    assert noted() == {ada.pk: "excused"}
    saved = as_(lo).post(f"/traffar/{held.pk}/narvaro/", posted)
    assert saved.status_code == 422
    assert "Kim" in saved.content.decode()


def test_a_tick_before_the_day_is_refused_in_words(as_, ada, lo):
    session = make_session(in_days=3)
    make_registration(session, ada)
    answer = keep(as_(lo), session, **marks(**{f"p{ada.pk}": "present"}))
    assert answer.status_code == 204
    assert "say" in answer["HX-Trigger"]
    assert noted() == {}


@pytest.mark.parametrize(
    ("sought", "names"),
    [
        ("åström", ["Ada Åström"]),
        ("BERG", ["Bo Berg"]),
        ("norr ada", []),
        ("norr bo", ["Bo Berg"]),
        ("", ["Ada", "Bo"]),
    ],
)
def test_the_list_shows_whom_the_search_means(as_, held, ada, bo, lo, sought, names):
    page = read(as_(lo).get(f"/traffar/{held.pk}/narvaro/", {"name": sought}))
    shown = [one.text for one in page.all("legend")]
    assert len(shown) == len(names)
    assert all(name in text for name, text in zip(names, shown, strict=True))


def test_saving_what_a_search_shows_leaves_the_others_as_they_are(as_, held, ada, bo, lo):
    answer = as_(lo).post(
        f"/traffar/{held.pk}/narvaro/", marks(**{f"p{ada.pk}": "present"}), follow=True
    )
    assert noted() == {ada.pk: "present"}
    assert "En person är inte noterad" in answer.content.decode()
