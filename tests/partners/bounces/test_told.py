"""What a sending service tells is understood, if it is signed; the signatures are real."""

import json
import time
from uuid import UUID

import pytest
from django.test import RequestFactory

from northstar.settings import MAIL_SERVICE
from partners.bounces import noting, told
from partners.bounces.reading import Action
from partners.models import Message
from partners.post import sending_service
from tests.partners.bounces.services import (
    HEADERS,
    PASSWORD,
    SECRETS,
    TELL,
    basic,
    brevo,
    mailgun,
    mailjet,
    postmark,
    signature,
)

LETTER = Message(message_id=UUID("0f8b6a3c-5b1e-4a6d-9f5e-2c7d8e9f0a1b"))
GUN = "gun@granit.example"
WHO = sorted(TELL)


def read(service, payload, headers=None):
    body = payload if isinstance(payload, str) else json.dumps(payload)
    headers = HEADERS[service] if headers is None else headers
    request = RequestFactory().post(
        "/bounces/", body, content_type="application/json", headers=headers
    )
    return told.read(request, service, SECRETS[service])


def test_the_services_that_are_known_are_known_everywhere():
    assert MAIL_SERVICE == ""
    assert told.KNOWN == sending_service.KNOWN == set(WHO)


@pytest.mark.parametrize("service", WHO)
def test_a_letter_that_came_back_for_good_is_understood(service):
    (one,) = read(service, TELL[service](LETTER, "Gun@Granit.Example"))
    assert one.letter == LETTER.message_id
    assert one.outcome.addresses == {GUN}
    assert one.outcome.action == Action.FAILED
    assert noting.is_about_address(one.outcome)


@pytest.mark.parametrize(
    ("service", "payload", "action", "of_address", "said"),
    [
        # Over tomorrow, perhaps: the letter has come back, the address is not marked.
        ("brevo", brevo(LETTER, GUN, "soft_bounce"), Action.FAILED, False, "550 5.1.1"),
        ("postmark", postmark(LETTER, GUN, "SoftBounce"), Action.FAILED, False, "550 5.1.1"),
        ("mailjet", mailjet(LETTER, GUN, hard_bounce=False), Action.FAILED, False, "Host or"),
        # For good, of the letter: what the server said decides.
        ("brevo", brevo(LETTER, GUN, reason="550 5.7.1 Spam"), Action.FAILED, False, "550 5.7.1"),
        (
            "mailgun",
            mailgun(LETTER, GUN, status={"message": "5.7.26 Unauthenticated"}),
            Action.FAILED,
            False,
            "5.7.26",
        ),
        # Nobody said a number: the service knows.
        ("mailjet", mailjet(LETTER, GUN), Action.FAILED, True, "Host or domain"),
        ("brevo", brevo(LETTER, GUN, "invalid_email", reason=""), Action.FAILED, True, "invalid"),
        ("brevo", brevo(LETTER, GUN, "blocked", reason="blocked"), Action.FAILED, False, "blocked"),
        ("brevo", brevo(LETTER, GUN, "error", reason=""), Action.FAILED, False, "failed"),
        (
            "mailgun",
            mailgun(
                LETTER,
                GUN,
                reason="suppress-bounce",
                status={"code": 605, "message": "", "description": "Not delivering to previously"},
            ),
            Action.FAILED,
            True,
            "Not delivering",
        ),
        (
            "mailjet",
            mailjet(LETTER, GUN, "blocked", error="preblocked", comment=""),
            Action.FAILED,
            False,
            "preblocked",
        ),
        ("mailgun", mailgun(LETTER, GUN, severity="temporary"), Action.DELAYED, None, "5.1.1"),
        ("brevo", brevo(LETTER, GUN, "deferred", reason="450 4.2.0"), Action.DELAYED, None, "450"),
        ("postmark", postmark(LETTER, GUN, "Transient"), Action.DELAYED, None, "550"),
        ("mailgun", mailgun(LETTER, GUN, "complained"), Action.UNWANTED, None, ""),
        ("brevo", brevo(LETTER, GUN, "spam", reason=""), Action.UNWANTED, None, "spam"),
        ("mailjet", mailjet(LETTER, GUN, "spam", error=""), Action.UNWANTED, None, ""),
        (
            "postmark",
            postmark(LETTER, GUN, "SpamComplaint", RecordType="SpamComplaint"),
            Action.UNWANTED,
            None,
            "",
        ),
    ],
)
def test_what_it_means(service, payload, action, of_address, said):
    (one,) = read(service, payload)
    assert one.outcome.action == action
    assert one.outcome.said.startswith(said)
    if of_address is not None:
        assert noting.is_about_address(one.outcome) == of_address


@pytest.mark.parametrize(
    ("service", "payload"),
    [
        ("mailgun", mailgun(LETTER, GUN, "delivered")),
        ("mailgun", mailgun(LETTER, GUN, "opened")),
        ("brevo", brevo(LETTER, GUN, "request")),
        ("brevo", brevo(LETTER, GUN, "new_fashion")),
        ("mailjet", []),
        ("mailjet", mailjet(LETTER, GUN, "sent")),
        ("postmark", postmark(LETTER, GUN, RecordType="Open")),
        ("brevo", brevo(LETTER, None)),
        ("brevo", brevo(LETTER, GUN, **{"X-Mailin-custom": "[1]"})),
        ("brevo", brevo(LETTER, GUN, **{"X-Mailin-custom": '{"letter": "51"}'})),
        ("postmark", postmark(LETTER, GUN, Metadata={})),
        ("mailgun", mailgun(LETTER, GUN, message={"headers": {"message-id": "x@other.example"}})),
    ],
)
def test_what_is_no_news_or_about_no_letter_of_ours_is_passed_over(service, payload):
    assert read(service, payload) == []


def test_mailjet_tells_of_several_at_once():
    several = [mailjet(LETTER, "a@b.example"), mailjet(LETTER, GUN, "open"), mailjet(LETTER, GUN)]
    found = read("mailjet", several)
    assert [one.outcome.addresses for one in found] == [{"a@b.example"}, {GUN}]


def test_the_reason_is_one_line_and_not_long():
    (one,) = read("brevo", brevo(LETTER, GUN, reason="550 5.1.1 no\r\nBcc: x\x00" + "y" * 9000))
    assert "\n" not in one.outcome.said
    assert len(one.outcome.said) == 500


# Who speaks


@pytest.mark.parametrize("service", ["brevo", "mailjet", "postmark"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic("northstar:another"),
        basic(PASSWORD + "x"),
        basic("None"),
        {"Authorization": "Basic"},
        {"Authorization": "Basic ###"},
        {"Authorization": f"Bearer {PASSWORD}"},
        {"Authorization": "Basic /////w=="},
    ],
)
def test_nobody_without_the_password_is_listened_to(service, headers):
    with pytest.raises(told.Forged):
        read(service, TELL[service](LETTER, GUN), headers)


def signed(**block):
    return mailgun(LETTER, GUN) | {"signature": block}


@pytest.mark.parametrize(
    "payload",
    [
        signed(**signature("another key")),
        signed(**signature() | {"token": "another"}),
        signed(**signature() | {"timestamp": "1"}),
        signed(**signature() | {"signature": ""}),
        signed(**signature() | {"signature": None}),
        signed(**signature() | {"signature": ["x"]}),
        signed(**signature() | {"signature": "\ud800"}),
        signed(**signature() | {"token": "ö"}),
        signed(**signature() | {"timestamp": {}}),
        signed(),
        {"event-data": {}},
        {"signature": "x"},
        [],
        "",
        "{",
        "[" * 50_000,
        "\x00",
    ],
)
def test_mailgun_signs_by_its_key_or_is_not_listened_to(payload):
    with pytest.raises(told.Forged):
        read("mailgun", payload)


def test_an_old_signature_of_mailgun_opens_nothing():
    for days, holds in [(-0.9, True), (-1.1, False), (1.1, False)]:
        payload = signed(**signature(at=time.time() + days * 86_400))
        if holds:
            assert read("mailgun", payload)
        else:
            with pytest.raises(told.Forged):
                read("mailgun", payload)


@pytest.mark.parametrize("service", ["brevo", "mailjet", "postmark"])
@pytest.mark.parametrize(
    "body", ["", "{", "null", "7", '"x"', "\x00", "[" * 50_000, '[{"x": 1}]', "9" * 5000]
)
def test_what_nobody_understands_is_unreadable(service, body):
    with pytest.raises(told.Unreadable):
        read(service, body)
