"""What strangers have asked the made-up project, and organisations that want to join."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.text import slugify

from northstar.demo.data.people import Cast
from partners.models import Enquiry, EnquiryKind, EnquiryState
from partners.post import tokens


@dataclass(frozen=True)
class Written:
    """One that has arrived; a note says that the coordinator has it."""

    hours: int  # ago
    name: str
    text: str
    organisation: str = ""  # that wants to join
    state: EnquiryState = EnquiryState.NEW
    note: str = ""


WRITTEN = [
    Written(
        3,
        "Signe Ahlqvist",
        "Vi byter värmesystem nästa år och vill göra det tillsammans med andra.",
        organisation="Brf Strandkanten",
    ),
    Written(
        22,
        "Tomas Eriksson",
        "Hej! Jag skriver om delade verktyg i tidningen. Vem kan berätta hur många som lånar?",
    ),
    Written(
        9 * 24 + 5,
        "Nadia Rahimi",
        "Vi är ett litet åkeri med fyra bilar. Måste man ha ett klimatmål innan man får vara med?",
        note="Ringde i tisdags, inget svar.",
    ),
    Written(
        16 * 24,
        "Per-Olov Sandgren",
        "Vi vill minska matsvinnet och höra hur andra har gjort.",
        organisation="Kvarkens Bageri",
        state=EnquiryState.ANSWERED,
        note="Pratade en halvtimme. Avsiktsförklaringen är skickad, de svarar efter årsskiftet.",
    ),
    Written(
        31 * 24,
        "Elsa Hietala",
        "Kommer det fler öppna träffar i vår? Vi är några lärare som gärna kommer.",
        state=EnquiryState.ANSWERED,
        note="Svarade med länken till träffarna.",
    ),
    Written(
        40 * 24,
        "Kent Dahl",
        "Kan ni rekommendera en laddbox till villan?",
        state=EnquiryState.CLOSED,
        note="Hänvisade till energi- och klimatrådgivningen.",
    ),
]


def build(cast: Cast, now: datetime) -> None:
    """Keep what is WRITTEN as confirmed and told of, the oldest first."""
    Enquiry.objects.bulk_create(_enquiry(one, cast, now) for one in reversed(WRITTEN))


def _enquiry(one: Written, cast: Cast, now: datetime) -> Enquiry:
    at = now - timedelta(hours=one.hours)
    by = cast.coordinator if one.note else None
    changed_at = at + timedelta(hours=one.hours // 3) if by else None
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
