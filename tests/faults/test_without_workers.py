"""Broker, beat and every worker are dead: letters still leave, and people log in."""

import contextlib
import re
import signal
import time
from datetime import timedelta
from email import message_from_bytes, policy

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import Message
from tests.builders import make_letter, make_person
from tests.faults.conftest import wait_until


def ask(email):
    client = Client()
    client.post(reverse("account_login"), {"email": email})
    return client


def test_somebody_logs_in_within_ten_seconds(sink, start_postman):
    cache.clear()
    person = make_person("Ada")
    start_postman()
    client, asked = ask(person.email), time.monotonic()
    assert wait_until(lambda: sink.letters, seconds=10)
    letter = message_from_bytes(sink.letters[-1], policy=policy.default)
    code = re.search(r"\d{4} \d{4}", letter.get_body(("plain",)).get_content()).group()
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer["Location"] == "/"
    assert client.get("/").wsgi_request.user == person
    assert time.monotonic() - asked < 10


def test_a_code_leaves_before_the_thousands_that_waited_longer(sink, start_postman):
    cache.clear()
    readers = [make_person(f"P{number}") for number in range(20)]
    template = make_letter(readers[0])
    long_ago = timezone.now() - timedelta(hours=1)
    Message.objects.bulk_create(
        Message(
            key=f"many:{number}",
            recipient=readers[number % 20],
            letter=template.letter,
            language="sv",
            subject="Påminnelse",
            text="En träff i morgon",
            next_try_at=long_ago,
        )
        for number in range(5_000)
    )
    start_postman()
    assert wait_until(lambda: sink.copies.total() > 100)
    for person in readers:
        ask(person.email)
    codes = Message.objects.filter(letter="northstar/login_code")
    assert wait_until(lambda: not codes.exclude(state="sent").exists())
    waits = sorted((code.sent_at - code.created_at).total_seconds() for code in codes)
    assert waits[int(0.95 * len(waits)) - 1] < 3
    assert Message.objects.filter(state="waiting").count() > 1_000, "the others still wait"


def test_row_15_told_to_stop_it_finishes_the_letter_in_hand(sink, start_postman):
    """SIGTERM in the middle of a batch: gone within ten seconds, the rest unclaimed."""
    cache.clear()
    reader = make_person("Ada")
    letters = [make_letter(reader) for _ in range(60)]
    sink.pause_s = 0.05
    postman = start_postman()
    assert wait_until(lambda: sink.copies.total() >= 5)
    began = time.monotonic()
    postman.send_signal(signal.SIGTERM)
    assert postman.wait(timeout=10) == 0
    assert time.monotonic() - began < 10
    assert 5 <= sink.copies.total() < len(letters)
    assert set(sink.copies.values()) == {1}
    waiting = Message.objects.filter(state="waiting")
    assert set(waiting.values_list("claim", "attempts")) == {(None, 0)}
    assert waiting.count() == len(letters) - sink.copies.total()


@contextlib.contextmanager
def migrated():
    """As the next release's migrations leave the letters, for the release before it, too."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '1s'")
        cursor.execute("ALTER TABLE partners_message ADD next_release text NOT NULL DEFAULT ''")
        cursor.execute("CREATE INDEX next_release ON partners_message (next_release, state)")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE partners_message DROP next_release")
            cursor.execute("RESET lock_timeout")


def test_row_15_a_deploy_with_migrations_in_between_costs_no_letter(sink, start_postman):
    """The old release sends while the tables change, is told to stop, and a new one comes."""
    cache.clear()
    reader = make_person("Ada")
    letters = [make_letter(reader) for _ in range(80)]
    sink.pause_s = 0.02
    old = start_postman()
    assert wait_until(lambda: sink.copies.total() >= 10)
    with migrated():
        came = sink.copies.total()
        assert wait_until(lambda: sink.copies.total() >= came + 10), "the old one goes on"
        old.send_signal(signal.SIGTERM)
        assert old.wait(timeout=10) == 0
        assert sink.copies.total() < len(letters)
        start_postman()
        assert wait_until(lambda: not Message.objects.exclude(state="sent").exists())
    assert len(sink.copies) == len(letters)
    assert set(sink.copies.values()) == {1}
