"""Figures for a machine: who may read them, and what they say."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from partners.post import main_stop
from partners.ticks import tick
from tests.builders import make_letter

pytestmark = pytest.mark.django_db

TOKEN = {"Authorization": "Bearer secret word"}


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = "secret word"


def samples(answer):
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_without_a_token_set_there_is_no_such_page(client, settings):
    settings.METRICS_TOKEN = ""
    for said in ("Bearer ", "Bearer x", ""):
        assert client.get(reverse("metrics"), headers={"Authorization": said}).status_code == 404


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer x", "Bearer secret word ", "Bearer sécret"])
def test_who_does_not_know_the_token_reads_nothing(client, token, said):
    answer = client.get(reverse("metrics"), headers={"Authorization": said})
    assert (answer.status_code, answer.content) == (401, b"")


def test_the_outbox_and_the_clock_are_told(client, token, ada, kim):
    now = timezone.now()
    make_letter(ada, next_try_at=now - timedelta(minutes=5))
    make_letter(ada, state="failed")
    tick("remind", now)
    main_stop.stop("", by=kim)
    found = samples(client.get(reverse("metrics"), headers=TOKEN))
    assert found["northstar_letters_due",] == 1
    assert 300 <= found["northstar_letters_oldest_due_seconds",] < 310
    assert found["northstar_letters_failed",] == 1
    assert found["northstar_post_stopped",] == 1
    assert found["northstar_post_paused",] == 0
    assert found["northstar_clock_last_tick_seconds", "remind"] == pytest.approx(now.timestamp())


def test_requests_are_counted_by_method_and_kind_of_answer(client, token):
    before = samples(client.get(reverse("metrics"), headers=TOKEN))
    client.get("/finns-inte/")
    client.get(reverse("home"))
    client.generic("BREW", reverse("home"))
    after = samples(client.get(reverse("metrics"), headers=TOKEN))

    def more(*key):
        return after.get(key, 0) - before.get(key, 0)

    assert more("northstar_requests_total", "4xx", "GET") == 1
    assert more("northstar_requests_total", "2xx", "GET") >= 1
    assert more("northstar_requests_total", "4xx", "other") == 1
    assert more("northstar_request_seconds_count") == 4  # with the first look itself
    assert not any("finns-inte" in str(key) for key in after)


def test_processes_that_share_a_folder_are_added_up(client, token, settings, tmp_path):
    settings.METRICS_FOLDER = str(tmp_path)
    found = samples(client.get(reverse("metrics"), headers=TOKEN))
    assert "northstar_letters_due" in {name for name, *_ in found}
    assert "northstar_requests_total" not in {name for name, *_ in found}  # nobody counted there
