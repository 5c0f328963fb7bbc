"""A letter has come back: noted of the letter, and of the address it was sent to."""

import logging
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from partners.bounces import reading
from partners.bounces.reading import Action, Kind, Outcome
from partners.choices import choosing
from partners.models import BouncedAddress, Message, MessageState, User
from partners.patience import patient
from partners.post import outbox, refusals, unsubscribing

log = logging.getLogger(__name__)

# What can still come back: also a letter of which no sender could say any more that it had left.
MAY_COME_BACK = [MessageState.SENT, MessageState.WAITING, MessageState.STOPPED, MessageState.FAILED]


class Noted(StrEnum):
    """What came of a message that was sent back."""

    BOUNCED = "bounced"
    DELAYED = "delayed"
    KNOWN = "known already"
    ARRIVED = "arrived"
    UNWANTED = "called junk by its reader"
    NOT_OURS = "not about a letter that left here"
    OTHER_ADDRESS = "about another address"
    AUTO_REPLY = "an automatic answer"
    NO_REPORT = "no report of a mail server"
    UNREADABLE = "unreadable"


OF_NO_REPORT = {
    Kind.AUTO_REPLY: Noted.AUTO_REPLY,
    Kind.OTHER: Noted.NO_REPORT,
    Kind.UNREADABLE: Noted.UNREADABLE,
}


def note(raw: bytes) -> Noted:
    """Read the message *raw* and note what it says of a letter of ours; say what came of it.

    Two who note the same at once note it once. Raises ValidationError ("busy") and what the
    database raises; never for what stands in the message.
    """
    found = reading.read(raw, str(urlsplit(settings.SITE_URL).hostname))
    noted = OF_NO_REPORT.get(found.kind, Noted.NOT_OURS)
    for letter in found.letters[:3]:
        noted = note_outcomes(letter, found.outcomes)
        if noted != Noted.NOT_OURS:
            break
    log.info("a message came back: %s", noted)
    return noted


def note_told(message_id: UUID, outcome: Outcome) -> Noted:
    """As note, of what a sending service has told of one letter. Raises the same."""
    unwanted = outcome.action == Action.UNWANTED
    noted = (
        note_unwanted(message_id, outcome.addresses)
        if unwanted
        else note_outcomes(message_id, (outcome,))
    )
    log.info("a sending service told of a letter: %s", noted)
    return noted


@patient
@transaction.atomic
def note_outcomes(message_id: UUID, outcomes: tuple[Outcome, ...]) -> Noted:
    """Note what has become of the letter *message_id*, if it is said of the address it went to.

    Locks the letter. Raises ValidationError ("busy").
    """
    letters = Message.objects.filter(message_id=message_id, attempts__gt=0)
    letter = (
        letters.select_for_update(no_key=True, of=("self",)).select_related("recipient").first()
    )
    if letter is None:
        return Noted.NOT_OURS
    address = letter.sent_to or (letter.recipient.email if letter.recipient else None)
    outcome = _outcome_at(address, outcomes)
    if outcome is None or not address:
        return Noted.OTHER_ADDRESS
    if outcome.action == Action.ARRIVED:
        return Noted.ARRIVED
    if letter.state not in MAY_COME_BACK:
        return Noted.KNOWN
    if outcome.action == Action.DELAYED:
        left = Message.objects.filter(pk=letter.pk, state=MessageState.SENT)
        left.update(last_error=outcome.said)
        return Noted.DELAYED
    _note_bounced(letter, address, outcome)
    return Noted.BOUNCED


def note_unwanted(message_id: UUID, addresses: frozenset[str]) -> Noted:
    """Note that the reader of a letter has called it junk: once, whatever they choose later.

    What it was about is switched off for them, as by the link in it: services write no more to
    whoever is written to all the same. A reader's own letters go on.
    """
    letters = Message.objects.filter(message_id=message_id, attempts__gt=0)
    letter = letters.select_related("recipient").first()
    if letter is None:
        return Noted.NOT_OURS
    if letter.sent_to not in addresses:
        return Noted.OTHER_ADDRESS
    if letter.unwanted_at:
        return Noted.KNOWN
    # First what may fail: whoever tells it again finds the letter as it was.
    if letter.recipient and (topics := unsubscribing.topics_of(letter)):
        choosing.switch_off(letter.recipient, topics)
    letters.filter(unwanted_at=None).update(unwanted_at=timezone.now())
    return Noted.UNWANTED


def _outcome_at(address: str | None, outcomes: tuple[Outcome, ...]) -> Outcome | None:
    """What has become of a letter to *address*: the worst that is said of it, or None."""
    about = [outcome for outcome in outcomes if address in outcome.addresses]
    failed = (outcome for outcome in about if outcome.action == Action.FAILED)
    return next(failed, about[0] if about else None)


def _note_bounced(letter: Message, address: str, outcome: Outcome) -> None:
    now = timezone.now()
    Message.objects.filter(pk=letter.pk).update(
        state=MessageState.BOUNCED,
        sent_to=address,
        sent_at=letter.sent_at or now,
        bounced_at=now,
        last_error=outcome.said,
        claim=None,
        claimed_until=None,
        **(outbox.without_secrets() if letter.secret else {}),
    )
    log.warning("letter %s came back: %s", letter.pk, outcome.status)
    if letter.recipient_id is not None and is_about_address(outcome):
        BouncedAddress.objects.mark(address, letter, outcome.said, now)


def is_about_address(outcome: Outcome) -> bool:
    """Whether a failure is for good, and of the address: what is sent there next fails, too."""
    if outcome.is_of_address is not None:
        return outcome.is_of_address
    return refusals.is_of_address(outcome.status, outcome.said)


def works_again(address: str | None, *, by: User) -> bool:
    """Take the mark away from *address*; False if there is none. One query.

    Somebody has asked its owner, or its owner has given a code that was sent there.
    """
    marks = BouncedAddress.objects.standing().filter(address=address or "")
    return bool(marks.update(works_again_at=timezone.now(), works_again_by=by))
