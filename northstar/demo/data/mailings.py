"""What the demo's lead and coordinator have written to groups: sent, about to be sent, begun."""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from learning.attendance.groups import key_of
from learning.models import LearningSession
from northstar.demo.data.letters import NAMESPACE
from northstar.demo.data.moments import working_day
from northstar.demo.data.people import PERSONAS, Cast
from partners.models import Mailing, MailingState, Message, MessageState, User
from partners.writing import groups, mails

THANKS = """Tack för samtalen på träffen. Bilderna ligger på träffens sida, tillsammans med mallen \
som vi fyllde i.

Tre saker som många tog med sig:
- börja med det ni redan mäter
- bjud in ekonomichefen till det första mötet, inte till det sista
- säg högt vad ni tänker sluta med

Skriv gärna vad ni prövar innan vi ses nästa gång. Det behöver inte ha lyckats."""
BRING = """Nu är det snart dags. Ta med en siffra från er egen verksamhet som ni är osäkra på, så \
räknar vi på den tillsammans vid borden.

Vi börjar på utsatt tid. Kaffe finns en kvart innan."""
BRING_EN = """It is almost time. Bring one figure from your own work that you are unsure of, and \
we will work it out together at the tables.

We start on time. There is coffee a quarter of an hour before."""
ASKED = """Inför vårens träffar vill vi veta vad ni helst vill lära av varandra. Svara på det här \
mejlet med en fråga som ni brottas med just nu.

Vi samlar frågorna och låter de tre vanligaste bli teman."""


def build(sessions: list[LearningSession], cast: Cast, now: datetime) -> list[Message]:
    """Keep the mailings; the letters of the one that was sent are returned, not kept yet."""
    held = [one for one in sessions if one.is_live and one.attendance_taken_at]
    coming = [one for one in sessions if one.is_live and one.starts_at > now]
    sent = _sent(held[-1], cast, now) if held else []
    if coming:
        _waiting(coming[0], cast.lead, now)
    Mailing.objects.create(
        groups=["partners.contacts"],
        subject_sv="Vad vill ni lära av varandra i vår?",
        text_sv=ASKED,
        created_by=cast.coordinator,
        created_at=now - timedelta(days=1, hours=2),
    )
    return sent


def _sent(session: LearningSession, cast: Cast, now: datetime) -> list[Message]:
    """Thanks to those who came, the working day after; one was stopped at its reader's wish."""
    lead = cast.lead
    days = (timezone.localdate(session.starts_at) - timezone.localdate(now)).days
    at = min(working_day(now, days + 1, 9, 30), now - timedelta(hours=1))
    mailing = Mailing.objects.create(
        occasion=key_of(session),
        groups=[f"{key_of(session)}:attended"],
        subject_sv="Tack för träffen: bilder och tre saker att ta med",
        text_sv=THANKS,
        state=MailingState.SENT,
        created_by=lead,
        created_at=at - timedelta(hours=1),
        queued_by=lead,
        queued_at=at - timedelta(minutes=10),
        send_at=at,
        sent_at=at,
        recipients=0,
        without_address=0,
    )
    (group,) = groups.of(mailing)
    letters = [
        _letter(mailing, session, reader, group, at)
        for reader in group.reachable().order_by("email")
    ]
    personas = {address for _name, address in PERSONAS.values()}
    others = [letter for letter in letters if letter.sent_to not in personas]
    if others:
        _stop(others[-1], cast.coordinator, at + timedelta(seconds=50))
    Mailing.objects.filter(pk=mailing.pk).update(recipients=len(letters))
    return letters


def _letter(
    mailing: Mailing, session: LearningSession, reader: User, group: groups.Group, at: datetime
) -> Message:
    """What a reader got, as it is kept."""
    written = mails.as_read_by(mailing, reader, reader.language, group.why, is_own=group.is_own)
    return Message(
        key=f"{mails.prefix(mailing)}{reader.pk}",
        recipient=reader,
        letter=mails.letter_to(is_own=group.is_own),
        language=reader.language,
        subject=written.subject,
        text=written.text,
        html=written.html,
        reply_to=mailing.created_by.email or "",
        message_id=uuid.uuid5(NAMESPACE, f"thanks:{reader.email}:{session.ical_uid}"),
        state=MessageState.SENT,
        created_at=at,
        next_try_at=at,
        attempts=1,
        sent_at=at + timedelta(seconds=4),
        sent_to=reader.email or "",
    )


def _stop(letter: Message, by: User, at: datetime) -> None:
    """Somebody had gone before the talks, and asked the coordinator not to be thanked for them."""
    letter.state, letter.decided_at, letter.decided_by = MessageState.STOPPED, at, by
    letter.sent_at, letter.sent_to, letter.attempts = None, "", 0


def _waiting(session: LearningSession, lead: User, now: datetime) -> None:
    """What to bring, on the working day after tomorrow at the latest: never after the session."""
    at = min(working_day(now, 2, 9), session.starts_at - timedelta(hours=3))
    Mailing.objects.create(
        occasion=key_of(session),
        groups=[f"{key_of(session)}:confirmed"],
        subject_sv="Ta med en siffra ni är osäkra på",
        subject_en="Bring a figure you are unsure of",
        text_sv=BRING,
        text_en=BRING_EN,
        state=MailingState.QUEUED,
        created_by=lead,
        created_at=now - timedelta(hours=3),
        queued_by=lead,
        queued_at=now - timedelta(hours=2),
        send_at=at,
    )
