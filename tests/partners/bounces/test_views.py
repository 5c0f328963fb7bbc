"""A sending service posts what came back: noted once, if it is signed and of a letter of ours."""

import json
import logging
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from partners.bounces import noting
from partners.models import BouncedAddress, Message, SwitchedOff, Topic
from tests.builders import make_letter, make_person
from tests.partners.bounces.services import HEADERS, PASSWORD, SECRETS, TELL, basic, brevo, mailgun
from tests.partners.bounces.test_noting import make_sent

pytestmark = pytest.mark.django_db

WHERE = reverse("service_tells")
WHO = sorted(TELL)


@pytest.fixture
def letter():
    person = make_person("Gun Gran", "gun@granit.example", phone="090-12 34 56")
    return make_sent(person, uuid4())


@pytest.fixture
def of(settings):
    def listen_to(service):
        settings.MAIL_SERVICE, settings.MAIL_SERVICE_SECRET = service, SECRETS[service]

    return listen_to


def post(service, payload, headers=None, content_type="application/json"):
    """As a machine does: without a session, and with a client that looks for tokens."""
    body = payload if isinstance(payload, str | bytes) else json.dumps(payload)
    headers = HEADERS[service] if headers is None else headers
    client = Client(enforce_csrf_checks=True)
    return client.post(WHERE, body, content_type=content_type, headers=headers).status_code


def test_there_is_no_such_address_without_a_service_and_its_secret(settings, letter):
    assert post("brevo", brevo(letter, letter.sent_to)) == 404
    settings.MAIL_SERVICE = "brevo"
    assert post("brevo", brevo(letter, letter.sent_to)) == 404
    assert post("brevo", brevo(letter, letter.sent_to), basic("")) == 404
    assert not BouncedAddress.objects.exists()


@pytest.mark.parametrize("service", WHO)
def test_what_came_back_is_noted_once(of, letter, service):
    of(service)
    told = TELL[service](letter, letter.sent_to)
    assert post(service, told) == 200
    letter.refresh_from_db()
    assert letter.state == "bounced"
    mark = BouncedAddress.objects.standing().get()
    assert (mark.address, mark.letter) == ("gun@granit.example", letter)
    first = letter.bounced_at
    assert post(service, told) == 200  # told again
    letter.refresh_from_db()
    assert letter.bounced_at == first


@pytest.mark.parametrize("service", WHO)
def test_whoever_comes_without_the_secret_changes_nothing_and_is_logged(
    of, letter, service, caplog
):
    of(service)
    told = TELL[service](letter, letter.sent_to)
    if service == "mailgun":
        told["signature"]["signature"] = "0" * 64
    assert post(service, told, {}) == 403
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert not BouncedAddress.objects.exists()
    assert "wrong signature" in caplog.text
    assert "granit" not in caplog.text
    assert SECRETS[service] not in caplog.text


def test_the_secret_of_one_service_opens_nothing_for_another(of, letter):
    of("mailgun")
    assert post("brevo", brevo(letter, letter.sent_to), basic()) == 403
    of("brevo")
    assert post("mailgun", mailgun(letter, letter.sent_to), {}) == 403


@pytest.mark.parametrize("service", WHO)
def test_a_letter_nobody_knows_or_another_address_changes_nothing(of, letter, service, caplog):
    of(service)
    stranger = Message(message_id=uuid4())
    with caplog.at_level(logging.INFO):
        assert post(service, TELL[service](stranger, letter.sent_to)) == 200
        assert post(service, TELL[service](letter, "kim@other.example")) == 200
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert not BouncedAddress.objects.exists()
    assert "not about a letter" in caplog.text
    assert "about another address" in caplog.text
    assert "example" not in caplog.text


def test_what_never_left_cannot_come_back(of, ada):
    of("brevo")
    waiting = make_letter(ada)
    assert post("brevo", brevo(waiting, ada.email)) == 200
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_what_is_called_soft_is_noted_of_the_letter_alone(of, letter):
    of("brevo")
    assert post("brevo", brevo(letter, letter.sent_to, "soft_bounce")) == 200
    letter.refresh_from_db()
    assert letter.state == "bounced"
    assert not BouncedAddress.objects.exists()


def test_what_is_not_understood_is_answered_so(of, letter):
    of("brevo")
    for body in ["", "{", "[]", "null", b"\xff\xfe"]:
        assert post("brevo", body) == 400
    assert post("brevo", brevo(letter, letter.sent_to), content_type="text/plain") == 400
    assert post("brevo", "a=1", content_type="application/x-www-form-urlencoded") == 400
    assert post("brevo", '{"x": "' + "y" * 1024 * 1024 + '"}') == 413
    assert Client().get(WHERE).status_code == 405


def test_a_service_is_asked_to_come_again_while_it_is_busy(of, letter, monkeypatch):
    def busy(*_arguments):
        raise ValidationError("busy", code="busy")

    of("brevo")
    monkeypatch.setattr(noting, "note_told", busy)
    assert post("brevo", brevo(letter, letter.sent_to)) == 503


# Called junk


def test_who_calls_a_letter_junk_has_what_it_is_about_switched_off_and_is_seen(
    of, letter, as_, kim
):
    of("brevo")
    told = brevo(letter, letter.sent_to, "spam", reason="")
    assert post("brevo", told) == 200
    letter.refresh_from_db()
    assert (letter.state, bool(letter.unwanted_at)) == ("sent", True)
    assert SwitchedOff.objects.by(letter.recipient) == {Topic.PLACES}
    assert not BouncedAddress.objects.exists()
    client = as_(kim)
    assert "Markerat som skräppost (1)" in client.get(reverse("outbox")).text
    found = client.get(reverse("outbox") + "?state=unwanted").text
    assert letter.subject in found
    assert "1 mejl" in found
    page = client.get(reverse("outbox_letter", args=[letter.pk])).text
    assert "Markerat som skräppost av mottagaren" in page


def test_it_is_done_once_whatever_they_choose_later(of, letter):
    of("brevo")
    told = brevo(letter, letter.sent_to, "spam", reason="")
    post("brevo", told)
    SwitchedOff.objects.all().delete()  # they have changed their mind
    assert post("brevo", told) == 200
    assert not SwitchedOff.objects.exists()


def test_a_letter_of_ones_own_is_never_switched_off(of, letter):
    of("brevo")
    Message.objects.update(letter="learning/seat_confirmed")
    assert post("brevo", brevo(letter, letter.sent_to, "spam", reason="")) == 200
    letter.refresh_from_db()
    assert letter.unwanted_at
    assert not SwitchedOff.objects.exists()


def test_whoever_tells_of_another_letter_or_address_switches_nothing_off(of, letter):
    of("brevo")
    stranger = Message(message_id=uuid4())
    assert post("brevo", brevo(stranger, letter.sent_to, "spam", reason="")) == 200
    assert post("brevo", brevo(letter, "kim@other.example", "spam", reason="")) == 200
    letter.refresh_from_db()
    assert letter.unwanted_at is None
    assert not SwitchedOff.objects.exists()


def test_a_password_is_compared_whole(of, letter):
    of("brevo")
    for wrong in [PASSWORD[:-1], PASSWORD.upper(), f" {PASSWORD}", "northstar:"]:
        assert post("brevo", brevo(letter, letter.sent_to), basic(wrong)) == 403
