"""What a sending service tells: whether it is the one, of which letter, and what became of that.

Anymail knows how each service signs, and what its events mean. Its signals are not used: what was
told is noted where everything is noted that comes back.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from partners.bounces import reading
from partners.bounces.reading import Action, Outcome
from partners.post import sending_service
from partners.reading.addresses import canonical_address
from partners.reading.text import one_line

SIGNED_FOR = timedelta(days=1)  # a service that was not heard tries again for hours

# In the words of anymail (its EventType and RejectReason). What else there is (delivered, opened,
# clicked) nobody has to know here.
_ACTIONS = {
    "bounced": Action.FAILED,
    "rejected": Action.FAILED,
    "failed": Action.FAILED,
    "deferred": Action.DELAYED,
    "complained": Action.UNWANTED,
}
_OF_THE_ADDRESS = {"bounced", "invalid"}
_REPLY = re.compile(r"^[45]\d\d\b")


class Forged(Exception):
    """It does not come from the service, or nobody can tell."""


class Unreadable(Exception):
    """The service has told something that it never told before."""


@dataclass(frozen=True)
class Told:
    """What has become of one letter, as the service says."""

    letter: UUID
    outcome: Outcome


@dataclass(frozen=True)
class _Service:
    view: type[AnymailBaseWebhookView]  # checks who speaks, and understands what is said
    secret: str  # by which argument it takes the secret
    may_pass: Callable[[dict[str, Any]], bool]  # whether a failure may be over tomorrow


class _Mailgun(MailgunTrackingWebhookView):
    """It signs a moment, not what it tells: an old signature may have come into other hands."""

    def validate_request(self, request: HttpRequest) -> None:
        signed_at = float(json.loads(request.body)["signature"]["timestamp"])
        if abs(timezone.now().timestamp() - signed_at) > SIGNED_FOR.total_seconds():
            raise AnymailWebhookValidationFailure("signed too long ago")


# By the name in MAIL_SERVICE. Those that do not sign what they tell know a user and a password.
_SERVICES = {
    "brevo": _Service(
        BrevoTrackingWebhookView, "webhook_secret", lambda told: told.get("event") == "soft_bounce"
    ),
    # What may pass it does not call a failure.
    "mailgun": _Service(_Mailgun, "webhook_signing_key", lambda told: False),
    "mailjet": _Service(
        MailjetTrackingWebhookView,
        "webhook_secret",
        lambda told: told.get("event") == "bounce" and not told.get("hard_bounce"),
    ),
    "postmark": _Service(
        PostmarkTrackingWebhookView, "webhook_secret", lambda told: told.get("Type") == "SoftBounce"
    ),
}

KNOWN = frozenset(_SERVICES)


def read(request: HttpRequest, service: str, secret: str) -> list[Told]:
    """What *service* tells with *request*, of letters. Asks no database.

    Raises Forged unless it is signed with *secret*, and Unreadable.
    """
    known = _SERVICES[service]
    view = known.view(**{known.secret: secret})
    try:
        view.run_validators(request)
    except Exception as refusal:  # also of a signature that is no text, or no number
        raise Forged from refusal
    try:
        events = view.parse_events(request)
        return [told for event in events if (told := _told(event, known))]
    except Exception as error:  # the parser meets what its writers never thought of
        raise Unreadable from error


def _told(event: Any, service: _Service) -> Told | None:
    action, letter = _ACTIONS.get(event.event_type), _letter_of(event)
    if action is None or letter is None or not isinstance(event.recipient, str):
        return None
    said = _said(event)
    outcome = Outcome(
        addresses=frozenset({canonical_address(event.recipient)}),
        action=action,
        status=reading.status_in(said),
        said=said,
        is_of_address=_is_of_address(event, service, said),
    )
    return Told(letter, outcome)


def _letter_of(event: Any) -> UUID | None:
    """The letter it is about: as we named it to the service, else by its Message-ID."""
    handed_back = event.metadata if isinstance(event.metadata, dict) else {}
    named = {str(key).lower(): value for key, value in handed_back.items()}
    if number := reading.number_in(str(named.get(sending_service.FIELD, ""))):
        return number
    return reading.letter_in(str(event.message_id or ""), str(urlsplit(settings.SITE_URL).hostname))


def _said(event: Any) -> str:
    """Why, in the words of the server that refused it, or else of the service; on one line."""
    told = event.esp_event
    words = (event.mta_response, event.description, told.get("comment"), told.get("error"))
    found = (reading.without_type(one_line(word)) for word in words if isinstance(word, str))
    said = next(filter(None, found), str(event.reject_reason or event.event_type))
    return said[: reading.MOST_SAID]


def _is_of_address(event: Any, service: _Service, said: str) -> bool | None:
    """Whether the service knows that the address is wrong; None if what the server *said* tells."""
    if service.may_pass(event.esp_event):
        return False
    if reading.status_in(said) or _REPLY.match(said):
        return None
    return event.reject_reason in _OF_THE_ADDRESS
