"""What comes back is understood: Postfix's own reports, and the shapes that others write."""

import random
from uuid import UUID

import pytest

from partners.bounces import reading
from partners.bounces.reading import Action, Kind
from tests.northstar.sources import ROOT

SAMPLES = ROOT / "tests" / "data" / "bounces"
FILES = sorted(SAMPLES.glob("*.eml"))


def sample(name):
    return (SAMPLES / f"{name}.eml").read_bytes()


def letter(number):
    return UUID(f"00000000-0000-4000-8000-0000000000{number:02}")


@pytest.mark.parametrize(
    ("name", "number", "address", "action", "status"),
    [
        ("postfix-gone", 1, "gone@granit.example", Action.FAILED, "5.1.1"),
        ("postfix-full", 2, "full@granit.example", Action.FAILED, "5.2.2"),
        ("postfix-policy", 3, "policy@granit.example", Action.FAILED, "5.7.1"),
        ("postfix-delayed", 4, "later@granit.example", Action.DELAYED, "4.2.1"),
        ("postfix-expired", 4, "later@granit.example", Action.FAILED, "4.2.1"),
        ("postfix-unknown-user", 5, "nobody-here@northstar.example", Action.FAILED, "5.1.1"),
        ("postfix-delivered", 6, "ok@granit.example", Action.ARRIVED, "2.0.0"),
        ("postfix-headers-only", 7, "gone@granit.example", Action.FAILED, "5.1.1"),
        ("exchange", 11, "anna.ek@kontoret.example", Action.FAILED, "5.1.10"),
        ("gmail", 12, "bo.berg@googlemail.example", Action.FAILED, "5.2.2"),
        ("exim-plain", 13, "cai@gamla.example", Action.FAILED, "5.1.1"),
        ("qmail", 14, "dan@aldre.example", Action.FAILED, ""),
        ("international", 17, "fia+kurs@xn--bcker-jua.example", Action.FAILED, "5.4.4"),
    ],
)
def test_a_report_says_which_letter_to_whom_and_why(name, number, address, action, status):
    found = reading.read(sample(name), "localhost")
    assert (found.kind, found.letters) == (Kind.REPORT, (letter(number),))
    [outcome] = found.outcomes
    assert address in outcome.addresses
    assert (outcome.action, outcome.status) == (action, status)
    assert outcome.said
    assert "\n" not in outcome.said


def test_what_the_server_said_is_kept_in_its_words():
    [outcome] = reading.read(sample("postfix-gone"), "localhost").outcomes
    assert outcome.said == (
        "550 5.1.1 <gone@granit.example>: Recipient address rejected: User unknown"
    )
    [outcome] = reading.read(sample("qmail"), "localhost").outcomes
    assert outcome.said == "550 no mailbox here by that name"


@pytest.mark.parametrize(
    ("name", "kind"), [("away", Kind.AUTO_REPLY), ("read-receipt", Kind.AUTO_REPLY)]
)
def test_answers_of_machines_are_told_from_reports(name, kind):
    assert reading.read(sample(name), "localhost") == reading.Reading(kind)


def test_a_letter_of_a_person_is_no_report():
    raw = b"From: eva@granit.example\r\nSubject: Hej\r\n\r\n<eva@granit.example>:\r\n550 5.1.1\r\n"
    assert reading.read(raw, "localhost").kind == Kind.OTHER


@pytest.mark.parametrize("name", ["postfix-gone", "exchange", "gmail", "qmail"])
def test_letters_of_another_house_are_not_ours(name):
    assert reading.read(sample(name), "portal.example").letters == ()


def test_a_report_within_a_letter_is_about_something_else():
    inner = sample("postfix-gone")
    raw = b"Subject: fwd\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n"
    raw += b"Content-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--o--\r\n"
    assert reading.read(raw, "localhost").outcomes == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0\0",
        b"\xff\xfe" * 1000,
        b"Content-Type: multipart/report\r\n\r\nno boundary at all",
        b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822\r\n",
        b"X-Failed-Recipients: " + b"a@b.example, " * 50_000,
        b"Content-Type: text/plain; charset=nonsense\r\nX-Failed-Recipients: a@b.example\r\n\r\n5",
        b"Subject: =?utf-8?b?/////?=\r\nIn-Reply-To: " + b"<x@localhost> " * 9000 + b"\r\n\r\n",
        b"Message-ID: <\xe5\xe4\xf6@localhost>\r\nX-Failed-Recipients: \xe5@b.example\r\n\r\n",
    ],
)
def test_nothing_that_is_sent_stops_the_reader(raw):
    found = reading.read(raw, "localhost")
    assert found.letters == ()
    assert len(found.outcomes) <= reading.MOST_READERS


def test_a_nest_of_parts_is_not_gone_into():
    raw = b""
    for level in range(400):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
    assert reading.read(raw + b"x\r\n" * 20_000, "localhost").kind == Kind.UNREADABLE


def test_of_a_message_without_end_the_beginning_is_read():
    raw = sample("postfix-gone") + b"x" * 5_000_000
    assert reading.read(raw, "localhost").letters == (letter(1),)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_whatever_is_cut_or_broken_is_read_to_the_end(path):
    dice, whole = random.Random(5), path.read_bytes()
    for _ in range(60):
        broken = bytearray(whole[: dice.randrange(len(whole))])
        for _ in range(dice.randrange(20)):
            if broken:
                broken[dice.randrange(len(broken))] = dice.randrange(256)
        found = reading.read(bytes(broken), "localhost")
        assert all(isinstance(one, UUID) for one in found.letters)
        assert all(len(one.said) <= 500 for one in found.outcomes)
