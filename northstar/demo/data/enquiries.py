"""What strangers have asked the made-up project, and organisations that want to join."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from northstar.demo.data.people import Cast
from partners.models import Enquiry, EnquiryKind, EnquiryState, JoinRequest
from partners.post import tokens


@dataclass(frozen=True)
class Written:
    """One that has arrived; a note says that the coordinator has it."""

    days: int  # ago; a working day before that, where it was none
    hour: int
    name: str
    text: str
    organisation: str = ""  # that wants to join
    state: EnquiryState = EnquiryState.NEW
    note: str = ""


WRITTEN = [
    Written(
        1,
        14,
        "Signe Ahlqvist",
        "Vi byter värmesystem nästa år och vill göra det tillsammans med andra.",
        organisation="Brf Strandkanten",
    ),
    Written(
        2,
        10,
        "Tomas Eriksson",
        "Hej! Jag skriver om delade verktyg i tidningen. Vem kan berätta hur många som lånar?",
    ),
    Written(
        9,
        8,
        "Nadia Rahimi",
        "Vi är ett litet åkeri med fyra bilar. Måste man ha ett klimatmål innan man får vara med?",
        note="Ringde, inget svar. Försöker igen.",
    ),
    Written(
        16,
        13,
        "Per-Olov Sandgren",
        "Vi vill minska matsvinnet och höra hur andra har gjort.",
        organisation="Kvarkens Bageri",
        state=EnquiryState.ANSWERED,
        note="Pratade en halvtimme. Avsiktsförklaringen är skickad och tas upp av styrelsen.",
    ),
    Written(
        31,
        19,
        "Elsa Hietala",
        "Kommer det fler öppna träffar i vår? Vi är några lärare som gärna kommer.",
        state=EnquiryState.ANSWERED,
        note="Svarade med länken till träffarna.",
    ),
    Written(
        40,
        11,
        "Kent Dahl",
        "Kan ni rekommendera en laddbox till villan?",
        state=EnquiryState.CLOSED,
        note="Hänvisade till energi- och klimatrådgivningen.",
    ),
]


def build(cast: Cast, now: datetime) -> None:
    """Keep what is WRITTEN as confirmed and told of, the oldest first."""
    Enquiry.objects.bulk_create(_enquiry(one, cast, now) for one in reversed(WRITTEN))
    asked_at = _working_day(now, 1, 11)
    JoinRequest.objects.create(
        organisation=cast.organisations[0],
        name="Frida Sandström",
        email="frida.sandstrom@svar.example",
        text="Jag arbetar med inköp och vill följa upp våra leveranser.",
        token_hash=tokens.hash_of("demo: Frida Sandström"),
        created_at=asked_at,
        confirmed_at=asked_at + timedelta(minutes=3),
    )


def _working_day(now: datetime, days_ago: int, hour: int) -> datetime:
    """The moment at *hour* local time, on the last weekday that is *days_ago* or more."""
    day = timezone.localdate(now) - timedelta(days=days_ago)
    while day.isoweekday() > 5:
        day -= timedelta(days=1)
    return datetime.combine(day, time(hour, 12), timezone.get_current_timezone())


def _enquiry(one: Written, cast: Cast, now: datetime) -> Enquiry:
    at = _working_day(now, one.days, one.hour)
    by = cast.coordinator if one.note else None
    changed_at = _working_day(now, one.days // 2, 9) if by else None
    return Enquiry(
        kind=EnquiryKind.WISH_TO_JOIN if one.organisation else EnquiryKind.QUESTION,
        name=one.name,
        email=f"{slugify(one.name)}@svar.example",
        organisation=one.organisation,
        addressee="" if one.organisation else settings.CONTACT_NAME,
        text=one.text,
        token_hash=tokens.hash_of(f"demo: {one.name}"),
        created_at=at,
        confirmed_at=at + timedelta(minutes=4),
        told_at=at + timedelta(minutes=5),
        state=one.state,
        note=one.note,
        version=2 if by else 1,
        taken_at=changed_at,
        taken_by=by,
        changed_at=changed_at,
        changed_by=by,
    )
