"""Next steps: one's own, the organisation's, and how they go."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from learning.models import AttendanceStatus, Intention, IntentionStatus
from learning.next_steps import views
from tests.builders import make_attendance, make_member, make_next_step, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_a_page_shows_own_and_the_organisations_and_no_others(as_, ada, cai, bo):
    session = make_session(in_days=-3)
    make_next_step(session, ada, then_text="mäta resorna")
    make_next_step(session, cai, then_text="byta elavtal")
    make_next_step(session, bo, then_text="sälja bilen", sharing="group")
    page = as_(ada).get(reverse("next_steps")).text
    assert "mäta resorna" in page
    assert "byta elavtal" in page
    assert "sälja bilen" not in page


def test_a_colleague_can_say_how_it_goes(as_, ada, cai):
    step = make_next_step(make_session(in_days=-3), ada)
    response = as_(cai).post(reverse("next_step_status", args=[step.pk]), {"status": "done"})
    assert response.status_code == 302
    step.refresh_from_db()
    assert step.status == IntentionStatus.DONE


def test_who_may_only_read_it_cannot_change_it(as_, ada, lo):
    step = make_next_step(make_session(in_days=-3), ada, sharing="group")
    response = as_(lo).post(reverse("next_step_status", args=[step.pk]), {"status": "done"})
    assert response.status_code == 403
    step.refresh_from_db()
    assert step.status == IntentionStatus.OPEN


def test_a_status_nobody_knows_is_refused(as_, ada):
    step = make_next_step(make_session(in_days=-3), ada)
    response = as_(ada).post(reverse("next_step_status", args=[step.pk]), {"status": "x"})
    assert response.status_code == 422
    step.refresh_from_db()
    assert step.status == IntentionStatus.OPEN


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_long(as_, ada, rows, django_assert_num_queries):
    for _ in range(rows):
        make_next_step(make_session(in_days=-3), ada)
    client = as_(ada)
    with django_assert_num_queries(4):
        client.get(reverse("next_steps"))


def test_a_long_list_comes_in_pages_and_a_reader_stays_on_theirs(as_, ada, monkeypatch):
    monkeypatch.setattr(views, "ROWS_A_PAGE", 2)
    for number in range(3):
        make_next_step(make_session(in_days=-3), ada, then_text=f"steg {number}")
    client, address = as_(ada), reverse("next_steps")
    assert client.get(address).text.count("<article") == 2
    last = client.get(f"{address}?page=2")
    assert last.text.count("<article") == 1
    step = last.context["own"].ahead[0]
    action = reverse("next_step_status", args=[step.pk]) + "?page=2"
    assert action in last.text
    response = client.post(action, {"status": "doing"})
    assert (response.status_code, response.url) == (
        302,
        f"{address}?page=2&saved={step.pk}#step-{step.pk}",
    )


def test_what_is_still_to_be_done_comes_first_and_ones_own_before_colleagues(ada, cai):
    session, later = make_session(in_days=-3), make_session(in_days=-2)
    colleagues = make_next_step(session, cai, due_on=date(2027, 1, 1))
    done = make_next_step(session, ada, due_on=date(2026, 1, 1), status=IntentionStatus.DONE)
    undated = make_next_step(later, ada)
    near = make_next_step(make_session(in_days=-1), ada, due_on=date(2027, 2, 1))
    assert list(Intention.objects.of(ada)) == [near, undated, done, colleagues]


def test_a_shared_next_step_is_for_those_who_attended_and_a_private_one_is_not(
    ada, bo, cai, norrbyggen
):
    session = make_session(in_days=-3)
    shared = make_next_step(session, ada, sharing="group")
    private = make_next_step(session, cai)
    attended, absent, elsewhere = (make_member(norrbyggen) for _ in range(3))
    make_attendance(session, attended)
    make_attendance(session, absent, AttendanceStatus.ABSENT)
    make_attendance(make_session(in_days=-3), elsewhere)

    assert set(Intention.objects.visible_to(attended)) == {shared}
    for stranger in (absent, elsewhere, bo, AnonymousUser()):
        assert not Intention.objects.visible_to(stranger).exists()
    assert set(Intention.objects.visible_to(ada)) == {shared, private}  # her colleague's, too


def test_the_portals_staff_read_shared_next_steps_only(ada, cai, lo):
    session = make_session(in_days=-3)
    shared = make_next_step(session, ada, sharing="group")
    make_next_step(session, cai)
    assert set(Intention.objects.visible_to(lo)) == {shared}


def test_what_is_late_is_marked_and_what_is_over_stands_last(as_, ada):
    today = timezone.localdate()
    steps = [
        ("klart", "done", today - timedelta(days=9)),
        ("när som helst", "open", None),
        ("sent", "doing", today - timedelta(days=1)),
        ("snart", "open", today),
    ]
    for words, status, day in steps:
        session = make_session(in_days=-30)
        make_next_step(session, ada, then_text=words, status=status, due_on=day)
    cards = list(read(as_(ada).get(reverse("next_steps"))).all("article"))
    assert [words for card in cards for words, *_ in steps if words in card.texts("h3")[0]] == [
        "sent",
        "snart",
        "när som helst",
        "klart",
    ]
    assert ["försenat" in card.text for card in cards] == [True, False, False, False]


def test_after_saving_one_reads_beside_the_step_that_it_is_saved(as_, ada):
    steps = [make_next_step(make_session(in_days=-3), ada) for _ in range(3)]
    client = as_(ada)
    address = reverse("next_step_status", args=[steps[1].pk])
    answer = client.post(address, {"status": "doing"})
    assert answer.url == f"/nasta-steg/?saved={steps[1].pk}#step-{steps[1].pk}"
    page = read(client.get(answer.url))
    said = {
        card.attributes["id"]: "Ändringen är sparad." in card.text for card in page.all("article")
    }
    assert said == {f"step-{one.pk}": one == steps[1] for one in steps}
    assert page.text.count("Ändringen är sparad.") == 1
    client.post(address, {"status": "done"})
    (folded,) = (
        one
        for one in read(client.get(answer.url)).all("details")
        if "Klara och avskrivna (1)" in one.texts("summary")
    )
    assert "open" in folded.attributes


def test_only_what_is_still_to_be_done_can_become_a_measure(as_, ada):
    make_next_step(make_session(in_days=-3), ada, then_text="kvar")
    make_next_step(make_session(in_days=-3), ada, then_text="klart", status="done")
    page = read(as_(ada).get("/nasta-steg/"))
    assert [one for one in page.texts("a") if one.startswith("Gör det till")] == [
        "Gör det till en åtgärd: kvar"
    ]


def test_what_was_saved_is_said_though_its_step_is_on_another_page(as_, ada):
    make_next_step(make_session(in_days=-3), ada)
    assert "Ändringen är sparad." in as_(ada).get("/nasta-steg/?saved=999999").text
    assert "Ändringen är sparad." not in as_(ada).get("/nasta-steg/?saved=x").text
