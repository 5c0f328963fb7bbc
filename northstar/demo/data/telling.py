"""What the demo says about the project: a page somebody has gone on writing, who leads, who pays.

The five who led The North Star stand here by name, as they do on public pages, without an address:
the demo writes to nobody.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from northstar.demo.data.people import PERSONAS
from partners.models import ContentKey, ContentPage, ContentVersion, Funder, Leader, User
from partners.telling import writing

# Name, organisation, role in Swedish and English, what one can ask about in Swedish and English.
LEADERS = [
    (
        "Lucas Röhlinger",
        "Umeå kommun",
        "projektledare",
        "project lead",
        "projektet som helhet",
        "the project as a whole",
    ),
    ("Rebecka Janols", "Umeå kommun", "", "", "kommunens del", "the municipality’s part"),
    ("Ellen Grahn", "Umeå kommun", "", "", "kommunens del", "the municipality’s part"),
    (
        "Johan Sandström",
        "RISE",
        "samordnar lärandeträffarna",
        "coordinates the learning sessions",
        "lärandeträffarna",
        "the learning sessions",
    ),
    ("Vanja Östman", "RISE", "", "", "RISE:s del", "the part of RISE"),
]
WRITTEN_ON = {
    "sv": (
        "\n\nEn handbok för den som leder omställning växte fram ur träffarna. Den handlar om "
        "engagemang, motstånd och hur en plan blir av."
    ),
    "en": (
        "\n\nA handbook for those who lead transition grew out of the sessions. It is about "
        "engagement, resistance and how a plan comes to be carried out."
    ),
}

NEWS = {
    "sv": [
        "Öppet hus: så går det för Umeå | Kom och se vad åtgärderna har gett. "
        "[Anmäl dig till träffen](/traffar/).",
        "Partnerna berättar om sina åtgärder | Fler partner har lagt in vad de gör, och vad det "
        "ger. [Läs om åtgärderna](/atgarder/).",
    ],
    "en": [
        "Open house: how Umeå is doing | Come and see what the measures have given. "
        "[Register for the session](/en/sessions/).",
        "The partners tell of their measures | More partners have entered what they do, and what "
        "it gives. [Read about the measures](/en/measures/).",
    ],
}


def build(coordinator: User, now: datetime) -> None:
    ContentPage.objects.plant()
    ContentVersion.objects.filter(written_by=None).update(written_at=now - timedelta(days=210))
    _go_on_writing(coordinator, now - timedelta(days=26, hours=3))
    _news(coordinator, now - timedelta(days=9))
    _leaders(coordinator, now)
    _funders(coordinator, now)


def _go_on_writing(coordinator: User, at: datetime) -> None:
    """A version that says a little more than the one the portal came with."""
    newest = ContentVersion.objects.now("project")["project"]
    said = writing.words_of(newest)
    for language, more in WRITTEN_ON.items():
        said[f"body_{language}"] += more
    written = writing.write(newest.page, said, seen=newest.number, by=coordinator)
    ContentVersion.objects.filter(pk=written.pk).update(written_at=at)


def _news(coordinator: User, at: datetime) -> None:
    """Two lines of news; the older one is of the month before."""
    page = ContentPage.objects.get(key=ContentKey.NEWS)
    said = writing.words_of(ContentVersion.objects.now(ContentKey.NEWS)[ContentKey.NEWS])
    for language, lines in NEWS.items():
        days = [at, at - timedelta(days=33)]
        with translation.override(language):
            said[f"body_{language}"] = "\n".join(
                f"{date_format(timezone.localtime(day), 'j F Y')} | {line}"
                for day, line in zip(days, lines, strict=True)
            )
    written = writing.write(page, said, seen=1, by=coordinator)
    ContentVersion.objects.filter(pk=written.pk).update(written_at=at)


def _leaders(coordinator: User, now: datetime) -> None:
    at = {"created_at": now, "changed_at": now, "created_by": coordinator}
    at["changed_by"] = coordinator
    rows = [
        Leader(
            name=name,
            organisation=organisation,
            role_sv=role_sv,
            role_en=role_en,
            asks_sv=asks_sv,
            asks_en=asks_en,
            position=position,
            **at,
        )
        for position, (name, organisation, role_sv, role_en, asks_sv, asks_en) in enumerate(
            LEADERS, start=1
        )
    ]
    name, address = PERSONAS["coordinator"]  # made up, and the one who may be reached
    rows.append(
        Leader(
            name=name,
            organisation="Umeå kommun",
            role_sv="samordnare",
            role_en="coordinator",
            asks_sv="portalen och hur man går med",
            asks_en="the portal and how to join",
            email=address,
            phone=settings.CONTACT_PHONE,
            position=len(rows) + 1,
            **at,
        )
    )
    Leader.objects.bulk_create(rows)


def _funders(coordinator: User, now: datetime) -> None:
    Funder.objects.create(
        name="Net Zero Cities",
        link="https://netzerocities.eu/",
        sentence_sv="The North Star har finansierats av Net Zero Cities, EU:s program för "
        "klimatneutrala städer.",
        sentence_en="The North Star was financed by Net Zero Cities, the EU’s programme for "
        "climate-neutral cities.",
        position=1,
        created_at=now,
        changed_at=now,
        created_by=coordinator,
        changed_by=coordinator,
    )
