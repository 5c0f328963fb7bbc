"""The desk as a coordinator uses it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from northstar.celery import INTERVALS
from partners.models import ClockGap, Message, PostStop
from partners.ticks import tick
from tests.builders import make_letter, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


def all_ticked(now):
    for task in INTERVALS:
        tick(task.rpartition(".")[2], now)


@pytest.fixture
def desk(as_, kim):
    client = as_(kim)
    return lambda: client.get(reverse("desk"))


def test_a_clock_that_runs_says_so(desk):
    all_ticked(timezone.now())
    page = desk()
    assert "Klockan går" in page.text
    assert "står still" not in page.text
    assert page.text.count("i tid</span>") == len(INTERVALS)


def test_a_clock_that_stands_still_is_the_first_thing_said(desk):
    all_ticked(timezone.now() - timedelta(minutes=11))
    text = read(desk()).text
    assert "Klockan står still" in text
    assert "Inget har gjorts sedan" in text


def test_one_late_task_is_named_first(desk):
    all_ticked(timezone.now())
    tick("remind", timezone.now() - timedelta(minutes=20))
    page = desk()
    assert "En sak har inte gjorts i tid" in page.text
    assert page.context["tasks"][0].key == "remind"
    assert page.text.count("sen</span>") == 1


def test_what_waits_failed_and_comes_is_counted_and_opens(desk, ada):
    make_letter(ada, state="failed", last_error="550 no such user")
    make_letter(ada, next_try_at=timezone.now() + timedelta(hours=1), attempts=2)
    make_session("Elnät för alla", in_days=3)
    ClockGap.objects.create(
        began_at=timezone.now() - timedelta(days=2),
        ended_at=timezone.now() - timedelta(days=1),
        caught_up=7,
    )
    page = desk()
    text = read(page).text
    assert "1 gick inte att skicka" in text
    assert "1 väntar på ett nytt försök" in text
    assert "Elnät för alla" in text
    assert "När klockan har stått still" in text
    assert reverse("outbox") + "?state=failed" in page.text


def test_all_e_mails_are_stopped_and_sent_again(desk, as_, kim, lo):
    client = as_(kim)
    answer = client.post(reverse("desk_stop"), {"why": "Fel länk i <b>alla</b>"}, follow=True)
    assert "Fel länk i &lt;b&gt;alla&lt;/b&gt;" in answer.text
    assert "Kim Krans" in answer.text
    assert "<p>Varför: Fel länk" in answer.text
    rows = {row[0]: row[-1].lower() for row in read(answer).rows()}
    assert rows["Skickar mejl"] == "stoppat"
    assert client.post(reverse("desk_stop"), follow=True).text.count("redan stoppade") == 1
    answer = client.post(reverse("desk_start"), follow=True)
    assert "Mejlen skickas igen." in answer.text
    assert PostStop.objects.get().lifted_by == kim
    assert "inte stoppade" in client.post(reverse("desk_start"), follow=True).text


def test_too_long_a_reason_is_kept_and_told_beside_the_field(as_, kim):
    answer = as_(kim).post(reverse("desk_stop"), {"why": "x" * 300})
    assert answer.status_code == 422
    assert "x" * 300 in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert not PostStop.objects.exists()


def test_what_waits_for_a_try_is_tried_at_once(as_, kim, ada):
    later = timezone.now() + timedelta(hours=1)
    refused = make_letter(ada, next_try_at=later, attempts=2)
    planned = make_letter(ada, next_try_at=later)
    client = as_(kim)
    assert "1 mejl skickas nu" in client.post(reverse("desk_try_now"), follow=True).text
    assert Message.objects.get(pk=refused.pk).next_try_at <= timezone.now()
    assert Message.objects.get(pk=planned.pk).next_try_at == later
    assert "Inget mejl väntar" in client.post(reverse("desk_try_now"), follow=True).text


@pytest.mark.parametrize("number", [1, 3])
def test_any_number_of_rows_is_the_same_number_of_queries(
    desk, ada, number, django_assert_num_queries
):
    for at in range(number):
        make_letter(ada, state="failed")
        make_session(f"Träff {at}", in_days=3)
        began_at = timezone.now() - timedelta(days=at + 2)
        ClockGap.objects.create(began_at=began_at, ended_at=began_at + timedelta(hours=1))
    all_ticked(timezone.now())
    with django_assert_num_queries(16):
        desk()
