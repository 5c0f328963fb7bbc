"""Rows 26 and 30: the line is cut in the middle of a letter; the server is away for a day."""

import logging
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from partners.models import Message
from partners.post import delivery, pauses
from tests.builders import make_letter, make_person
from tests.faults.conftest import wait_until
from tests.faults.doors import Scissors

WAITING, OBSOLETE = 1_000, 50
LONG = "Du behöver inte förbereda något.\n" * 2_000


@pytest.mark.parametrize("most", [1, 30_000], ids=["at the first byte", "half way"])
def test_row_26_a_letter_cut_in_half_is_sent_again_whole(by_smtp, sink, settings, most):
    cache.clear()
    letter, other = (make_letter(make_person(name), text=LONG) for name in ("Ada", "Bo"))
    scissors = Scissors(sink.port, most)
    settings.EMAIL_PORT = scissors.port
    assert delivery.deliver(timezone.now()) == 1
    assert scissors.cuts == 1
    assert list(sink.copies) == [name_of(other)], "no half letter, and the next on a new line"
    letter.refresh_from_db()
    assert (letter.state, letter.claim, letter.attempts) == ("waiting", None, 1)
    assert letter.next_try_at > timezone.now()

    Message.objects.filter(pk=letter.pk).update(next_try_at=timezone.now())
    assert delivery.deliver(timezone.now()) == 1
    scissors.leave()
    assert sink.copies == {name_of(other): 1, name_of(letter): 1}
    assert min(map(len, sink.letters)) > 60_000


def name_of(letter):
    return f"<{letter.message_id}@localhost>"


def test_row_30_a_day_of_letters_leaves_in_turn_and_what_is_too_late_does_not(
    by_smtp, sink, settings, monkeypatch, caplog
):
    cache.clear()
    now, template = timezone.now(), make_letter(make_person("Ada"))
    template.delete()
    readers = [make_person(f"P{number}") for number in range(20)]
    late = range(0, WAITING, WAITING // OBSOLETE)
    Message.objects.bulk_create(
        Message(
            key=f"many:{number}",
            recipient=readers[number % 20],
            letter=template.letter,
            language="sv",
            subject=str(number),
            text="En träff i morgon",
            # written in another order than that in which they are due, over 24 hours
            next_try_at=now - timedelta(hours=24) * ((number * 7) % WAITING + 1) / WAITING,
            useless_after=now - timedelta(minutes=1) if number in late else None,
        )
        for number in range(WAITING)
    )
    due = list(
        Message.objects.filter(useless_after=None)
        .order_by("next_try_at")
        .values_list("message_id", flat=True)
    )

    settings.EMAIL_PORT = 1  # nobody listens there
    with monkeypatch.context() as patched:
        patched.setattr(pauses, "PAUSES_S", [0])
        for _ in range(30):
            assert delivery.deliver(timezone.now()) == 0
    waits = Message.objects.filter(state="waiting", attempts=0, claim=None)
    assert waits.count() == WAITING, "the server's absence costs no letter a try"
    told = [line for line in caplog.records if line.levelno == logging.ERROR]
    assert len(told) == 1

    settings.EMAIL_PORT = sink.port
    assert delivery.deliver_all() == WAITING - OBSOLETE
    came = [str(name).strip("<>").split("@")[0] for name in sink.copies]
    places = {str(name): place for place, name in enumerate(due)}
    assert len(came) == sink.copies.total() == WAITING - OBSOLETE
    assert max(abs(places[name] - place) for place, name in enumerate(came)) < 20
    skipped = Message.objects.filter(state="skipped", useless_after__isnull=False)
    assert skipped.count() == OBSOLETE
    assert not pauses.because()


def test_row_30_the_senders_together_keep_to_the_cap_and_a_code_does_not_wait(
    sink, environment, start_postman
):
    cache.clear()
    environment["MAIL_PER_MINUTE"] = "20"
    reader = make_person("Ada")
    for _ in range(70):
        make_letter(reader)
    start_postman()
    start_postman()
    for minute in (1, 2):
        codes = minute - 1  # of the minute before
        assert wait_until(lambda most=20 * minute + codes: sink.copies.total() >= most)
        code = make_letter(reader, urgent=True)
        assert wait_until(lambda code=code: name_of(code) in sink.copies)
        assert sink.copies.total() == 20 * minute + minute
        assert wait_until(lambda: not Message.objects.exclude(claim=None).exists())
        Message.objects.filter(state="sent").update(sent_at=timezone.now() - timedelta(minutes=1))
