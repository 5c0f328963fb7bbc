"""Letters the demo's portal has written before the visitor came, and one that did not arrive."""

import uuid
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from learning.models import LearningSession, Registration, SurveyInvitation, Usefulness
from northstar.demo.data.people import PERSONAS
from partners.models import (
    HIDDEN,
    BouncedAddress,
    ClockGap,
    Language,
    Membership,
    Message,
    MessageState,
    SwitchedOff,
    Topic,
)
from partners.post import holding, letters, outbox

SHOWN = 60
NAMESPACE = uuid.UUID("5f0b7c1e-0a0d-4a3c-9a53-6c1f6d2f2030")
TOKEN = "0" * 43
ANSWERS = [{"value": value, "label": label} for value, label in Usefulness.choices]
NO_SUCH_MAILBOX = "550 5.1.1 User unknown"
NOBODY_HERE = "550 5.1.10 Recipient not found"

About = Registration | SurveyInvitation


def build(sessions: list[LearningSession], beside: list[Message], now: datetime) -> None:
    """Keep the latest confirmations and survey invitations as sent; the last one failed.

    With those *beside* them, in the order in which they were written: the outbox lists them so.
    """
    seats = Registration.objects.confirmed().filter(session__in=sessions, session__ends_at__gt=now)
    asked = SurveyInvitation.objects.filter(session__in=sessions)
    messages = [
        _letter(
            "learning/seat_confirmed",
            f"learning.place:{one.session_id}:{one.pk}:seat_confirmed",
            one,
            {"withdraw_url": outbox.link(one.person, "withdraw_by_link", token=TOKEN)},
            one.created_at,
        )
        for one in seats.select_related("person", "session").order_by("-created_at")[:SHOWN]
    ] + [
        _letter(
            "learning/survey_invitation",
            f"learning.survey_invitation:{one.session_id}:{one.person_id}:{one.pk}",
            one,
            {
                "survey_url": outbox.link(one.person, "survey", token=TOKEN),
                "first_answers": ANSWERS,
                "closes_at": one.closes_at,
            },
            one.created_at,
        )
        for one in asked.select_related("person", "session").order_by("-created_at", "pk")[:SHOWN]
    ]
    if messages:
        lost = messages[-1]
        lost.state, lost.sent_at, lost.sent_to = MessageState.FAILED, None, ""
        lost.last_error = NO_SUCH_MAILBOX
    _switch_off_surveys(asked, messages)
    Message.objects.bulk_create(sorted([*messages, *beside], key=lambda one: one.created_at))
    _come_back(messages[:-1])
    _a_night_without_clock(now)


def _a_night_without_clock(now: datetime) -> None:
    """One night twelve days ago the clock was off, and three letters left when it was on again."""
    night = timezone.localtime(now - timedelta(days=12)).replace(hour=2, minute=10, second=0)
    ClockGap.objects.create(
        began_at=night,
        ended_at=night + timedelta(minutes=75),
        told_at=night + timedelta(minutes=77),
        caught_up=3,
    )


def _switch_off_surveys(asked: QuerySet[SurveyInvitation], messages: list[Message]) -> None:
    """Somebody who has answered nothing wants no surveys: theirs are kept, and were not sent."""
    personas = [address for _name, address in PERSONAS.values()]
    silent = asked.filter(completed_at=None).exclude(person__email__in=personas)
    one = silent.select_related("person").order_by("-created_at", "pk").first()
    if one is None:
        return
    SwitchedOff.objects.create(
        person=one.person, topic=Topic.SURVEYS, created_at=one.created_at - timedelta(days=90)
    )
    for message in messages:
        if message.recipient == one.person and message.letter == "learning/survey_invitation":
            message.state, message.last_error = MessageState.SKIPPED, holding.UNWANTED
            message.sent_at, message.sent_to, message.attempts = None, "", 0


def _come_back(messages: list[Message]) -> None:
    """The latest e-mail to a contact person who has changed jobs has come back."""
    contacts = Membership.objects.contact_persons().exclude(person__phone="")
    known = [address for _name, address in PERSONAS.values()]
    addresses = contacts.exclude(person__email__in=known).values_list("person__email", flat=True)
    mine = (one for one in messages if one.sent_to in set(addresses))
    letter = next(mine, None)
    if letter is None:
        return
    letter.state, letter.last_error = MessageState.BOUNCED, NOBODY_HERE
    letter.bounced_at = letter.created_at + timedelta(seconds=9)
    letter.save(update_fields=["state", "last_error", "bounced_at"])
    BouncedAddress.objects.create(
        address=letter.sent_to, bounced_at=letter.bounced_at, said=NOBODY_HERE, letter=letter
    )


def _letter(letter: str, key: str, about: About, told: dict[str, object], at: datetime) -> Message:
    """What the portal would have written, as it is kept: the links are the reader's own."""
    person, session = about.person, about.session
    told |= {
        "session": session,
        "title": session.title_sv,
        "session_url": outbox.link(person, "session_detail", pk=session.pk),
    }
    written = letters.write(Language.SWEDISH, letter, told).to(person.name)
    return Message(
        key=key,
        recipient=person,
        letter=letter,
        language=Language.SWEDISH,
        subject=written.subject,
        text=written.text.replace(TOKEN, HIDDEN),
        html=written.html.replace(TOKEN, HIDDEN),
        secret=True,
        message_id=uuid.uuid5(NAMESPACE, f"{letter}:{person.email}:{about.session.ical_uid}"),
        state=MessageState.SENT,
        created_at=at,
        next_try_at=at,
        attempts=1,
        sent_at=at + timedelta(seconds=2),
        sent_to=person.email or "",
    )
