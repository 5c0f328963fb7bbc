"""Rows 27 and 28: who cannot prove to be our mail server gets no letter, least of all in clear."""

import contextlib
import logging
import re
import ssl
import sys
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP
from django.core.cache import cache
from django.utils import timezone

from partners.models import Message
from partners.post import delivery, pauses
from tests.builders import make_letter, make_person
from tests.faults.conftest import Sink, wait_until
from tests.faults.doors import Door

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = (CERTIFICATES / "authority.pem").read_text()


class Sealed(Sink):
    """Takes letters under TLS alone, and shows a certificate."""

    def __init__(self, certificate):
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.tls.load_cert_chain(CERTIFICATES / certificate, CERTIFICATES / "key.pem")
        super().__init__()

    def factory(self):
        return SMTP(self, tls_context=self.tls, require_starttls=True)


class InClear(Door):
    """Offers what a test says, answers STARTTLS as it says, then takes all; keeps what it heard."""

    def __init__(self, offer, answer, *, hangs_up):
        self.offer, self.answer, self.hangs_up = offer, answer, hangs_up
        self.heard, self.visits = b"", 0
        super().__init__()

    def meet(self, guest):
        self.visits += 1
        with guest, contextlib.suppress(OSError):
            self.talk(guest)

    def talk(self, guest):
        guest.sendall(b"220 mail\r\n")
        while said := guest.recv(65536):
            self.heard += said
            if said.upper().startswith(b"EHLO"):
                guest.sendall(self.offer)
            elif said.upper().startswith(b"STARTTLS"):
                guest.sendall(self.answer)
                if self.hangs_up:
                    return
            else:
                guest.sendall(b"250 taken\r\n")


@pytest.fixture
def letters(by_smtp, settings):
    """Two letters to be sent with STARTTLS and a password; no pause is left from another test."""
    cache.clear()
    settings.EMAIL_USE_TLS = True
    return [make_letter(make_person(name), text="Hemligt") for name in ("Ada", "Bo")]


@pytest.fixture
def sealed(request, settings):
    server = Sealed(request.param)
    server.start()
    settings.EMAIL_PORT = server.port
    yield server
    server.stop()


WITH, WITHOUT = b"250-mail\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n", b"250-mail\r\n250 AUTH PLAIN\r\n"


def all_wait():
    return set(Message.objects.values_list("state", "attempts", "claim")) == {("waiting", 0, None)}


@pytest.mark.parametrize(
    ("offer", "answer", "hangs_up"),
    [
        (WITHOUT, b"", False),
        (WITH, b"454 not now\r\n", False),
        (WITH, b"220 go on\r\n250 in clear\r\n", False),
        (WITH, b"220 go on\r\n", True),
        (WITH, b"220 go on\r\n\x15\x03\x03\x00\x02\x02\x28", False),
    ],
    ids=["not offered", "refused", "answered in clear", "cut", "alert"],
)
def test_row_27_without_tls_not_a_byte_of_mail_leaves(
    letters, settings, monkeypatch, offer, answer, hangs_up
):
    server = InClear(offer, answer, hangs_up=hangs_up)
    settings.EMAIL_PORT = server.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "losenord"
    monkeypatch.setattr(pauses, "PAUSES_S", [0])  # so that the same connection is used again
    asked = iter([False] * 6)
    assert delivery.deliver_all(stop=lambda: next(asked, True)) == 0
    server.leave()

    assert server.visits >= 2
    in_clear = re.sub(
        rb"STARTTLS\r\n\x16\x03.*?(?=ehlo|quit|$)", b"", server.heard, flags=re.S | re.I
    )
    verbs = {line.split()[0].upper() for line in in_clear.split(b"\r\n") if line}
    assert b"EHLO" in verbs
    assert verbs <= {b"EHLO", b"STARTTLS", b"QUIT"}
    for word in (b"mail from", b"auth", b"hemligt", b"@people.example", b"losenord"):
        assert word not in server.heard.lower()
    assert all_wait()
    assert pauses.because()


@pytest.mark.parametrize("scheme", ["smtp+tls", "smtp+ssl"])
def test_row_27_the_address_of_the_mail_server_alone_asks_for_tls(start, scheme):
    cache.clear()
    make_letter(make_person("Ada"), text="Hemligt")
    server = InClear(WITHOUT, b"", hangs_up=False)
    start(
        [sys.executable, "manage.py", "post"],
        EMAIL_URL=f"{scheme}://portal:losenord@127.0.0.1:{server.port}",
        REDIS_URL="redis://127.0.0.1:1/0",
    )
    assert wait_until(lambda: pauses.because() or Message.objects.exclude(state="waiting"))
    server.leave()
    assert server.visits
    for word in (b"mail from", b"auth", b"hemligt", b"@people.example", b"losenord"):
        assert word not in server.heard.lower()
    assert all_wait()


@pytest.mark.parametrize("sealed", ["right.pem"], indirect=True)
def test_row_27_a_line_that_breaks_is_opened_again_under_tls(letters, sealed, settings):
    settings.EMAIL_CA = AUTHORITY
    sealed.after_data = ["421 closing"]
    assert delivery.deliver(timezone.now()) == 1
    assert sealed.copies.total() == 1  # the sink hears no MAIL before STARTTLS


@pytest.mark.parametrize(
    ("sealed", "authority", "reason"),
    [
        ("right.pem", "", "unable to get local issuer"),
        ("expired.pem", AUTHORITY, "expired"),
        ("other_name.pem", AUTHORITY, "IP address mismatch"),
        ("right.pem", "no certificate", "does not contain a certificate"),
    ],
    indirect=["sealed"],
    ids=["unknown", "expired", "another's name", "unreadable authority"],
)
def test_row_28_a_wrong_certificate_lets_letters_wait_and_is_told_once(
    letters, sealed, settings, monkeypatch, caplog, authority, reason
):
    settings.EMAIL_CA = authority
    monkeypatch.setattr(pauses, "PAUSES_S", [0])
    for _ in range(3):
        assert delivery.deliver(timezone.now()) == 0
    assert not sealed.letters
    assert all_wait()
    assert reason in pauses.because()
    alarms = [line for line in caplog.records if line.levelno == logging.ERROR]
    assert len([line for line in alarms if "no letters are sent" in line.getMessage()]) == 1


@pytest.mark.parametrize("sealed", ["right.pem"], indirect=True)
def test_row_28_the_letters_leave_once_the_authority_is_known(letters, sealed, settings):
    assert delivery.deliver(timezone.now()) == 0
    settings.EMAIL_CA = AUTHORITY
    cache.clear()
    assert delivery.deliver(timezone.now()) == 2
    assert sealed.copies.total() == 2
