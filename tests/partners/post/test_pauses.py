"""When no letter is sent at all, and how often the server is asked."""

import time
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

import pytest
from django.core.cache import cache
from django.utils import timezone

from partners.models import BouncedAddress, Message
from partners.post import delivery, outbox, pauses
from tests.builders import make_letter, make_person, put_letter

pytestmark = pytest.mark.django_db


def test_a_refusal_counts_once_a_reader_until_a_letter_is_taken():
    letters = [make_letter(make_person(name)) for name in ("Ada", "Bo", "Cai", "Dag", "Eva")]
    for letter in [*letters[:4], letters[0]]:
        assert pauses.note_refused(letter) == []
    assert pauses.note_refused(letters[4]) == [letter.pk for letter in letters]
    pauses.note_taken()
    assert pauses.note_refused(letters[4]) == []


def test_a_pause_says_why_until_a_letter_is_taken():
    pauses.start("550 not you")
    assert pauses.is_on()
    assert pauses.because() == "550 not you"
    pauses.end()
    assert not pauses.is_probing()


def raising(error):
    def does():
        raise error

    return staticmethod(does)


def test_a_server_that_refuses_us_pauses_all_and_fails_nothing(server, ada, bo, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    first, second = put_letter(ada, key="a"), put_letter(bo, key="b")
    no_login = SMTPSenderRefused(530, b"authentication required", "x@y.example")
    server.answers = {ada.email: no_login, bo.email: no_login}
    assert delivery.deliver(timezone.now()) == 0
    for message in (first, second):
        message.refresh_from_db()
        assert (message.state, message.attempts, message.claim) == ("waiting", 0, None)
    assert pauses.because() == "530 authentication required"

    server.answers = {}
    assert delivery.deliver(timezone.now()) == 0  # left alone for a while
    time_machine.shift(timedelta(seconds=pauses.PAUSES_S[0] + 1))
    assert delivery.deliver(timezone.now()) == 2
    assert pauses.because() == ""


def test_the_server_is_left_alone_ever_longer(server, ada, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    put_letter(ada)
    server.answers = {ada.email: SMTPSenderRefused(530, b"no", "x@y.example")}
    for wait in [5, 15, 30, 60, 60]:
        delivery.deliver(timezone.now())
        pause = cache.get(pauses.PAUSE_KEY)
        assert pause["until"] - time.time() == wait
        time_machine.shift(timedelta(seconds=wait))
    assert pauses.PAUSES_S == [5, 15, 30, 60]


def test_why_letters_wait_is_known_for_a_day(busy, ada, time_machine):
    time_machine.move_to(timezone.now().replace(microsecond=0), tick=False)
    make_letter(ada)
    busy.does = raising(SMTPDataError(530, b"log in first"))
    delivery.deliver(timezone.now())

    time_machine.shift(timedelta(hours=24, seconds=-1))
    assert cache.get(pauses.PAUSE_KEY)
    time_machine.shift(timedelta(seconds=2))
    assert cache.get(pauses.PAUSE_KEY) is None


def test_people_in_charge_are_told_once_that_we_are_refused(busy, ada, caplog, time_machine):
    make_letter(ada)
    busy.does = raising(SMTPDataError(530, b"log in first"))
    for _ in range(2):
        delivery.deliver(timezone.now())
        told = [line.levelname for line in caplog.records if "530" in line.getMessage()]
        assert told == ["ERROR"]
        time_machine.move_to(timezone.now() + timedelta(minutes=2))


def refuse_all(server, people, code=550):
    for person in people:
        refusal = SMTPRecipientsRefused({person.email: (code, b"relaying denied")})
        server.answers = server.answers | {person.email: refusal}


@pytest.fixture
def readers():
    return [make_person(f"Reader {number}") for number in range(pauses.REFUSED_IN_A_ROW + 2)]


def test_a_server_that_refuses_everybody_pauses_the_outbox_and_fails_nothing(
    server, readers, caplog, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    for person in readers:
        make_letter(person)
    refuse_all(server, readers)
    for _ in range(4):
        assert delivery.deliver_all() == 0
        assert set(Message.objects.values_list("state", "attempts")) == {("waiting", 0)}
        assert pauses.because() == "550 relaying denied"
        time_machine.shift(timedelta(minutes=2))
    told = [line for line in caplog.records if line.levelname == "ERROR"]
    assert len(told) == 1
    assert not BouncedAddress.objects.exists()  # it is not their addresses

    server.answers = {}
    assert delivery.deliver_all() == len(readers)
    assert pauses.because() == ""


def test_when_the_pause_is_over_one_letter_asks(server, readers, time_machine, monkeypatch):
    time_machine.move_to(timezone.now(), tick=False)
    for person in readers:
        make_letter(person)
    refuse_all(server, readers)
    delivery.deliver_all()
    tried = []
    refused = server.send_messages
    monkeypatch.setattr(
        server, "send_messages", lambda self, mails: tried.extend(mails) or refused(self, mails)
    )
    time_machine.shift(timedelta(minutes=2))
    delivery.deliver_all()
    assert len(tried) == 1


def test_addresses_that_are_wrong_are_given_up_once_the_server_takes_others(
    server, readers, ada, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    for person in readers:
        make_letter(person)
    refuse_all(server, readers)
    delivery.deliver_all()
    fine = make_letter(ada)
    for _ in range(3):
        time_machine.shift(timedelta(minutes=2))
        delivery.deliver_all()
    fine.refresh_from_db()
    assert fine.state == "sent"
    assert set(Message.objects.exclude(pk=fine.pk).values_list("state", flat=True)) == {"failed"}
    assert pauses.because() == ""


def test_many_letters_to_one_wrong_address_are_that_address(server, ada):
    for _ in range(pauses.REFUSED_IN_A_ROW + 1):
        make_letter(ada)
    refuse_all(server, [ada])
    delivery.deliver_all()
    assert set(Message.objects.values_list("state", flat=True)) == {"failed", "skipped"}
    assert pauses.because() == ""


def test_a_letter_taken_between_refusals_begins_the_count_anew(server, readers, ada):
    for person in [*readers[:4], ada, *readers[4:]]:
        make_letter(person)
    refuse_all(server, readers)
    assert delivery.deliver_all() == 1
    assert Message.objects.filter(state="failed").count() == len(readers)


def test_refusals_of_strangers_addresses_stop_nobody_elses_letters():
    for number in range(9):
        key, address = f"test:{number}", f"none-{number}@strangers.example"
        context = {"link": "", "expires_at": timezone.now()}
        stranger = outbox.Stranger(address, "sv")
        outbox.put_to_stranger(key, stranger, "partners/confirm_address", context)
        assert pauses.note_refused(Message.objects.get(key=key)) == []
