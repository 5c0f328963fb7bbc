"""How the demo's partners stand: who they are in their own words, and what waits for them."""

import hashlib
import random
from datetime import datetime, timedelta

from django.db.models import Max

from learning.models import Attendance, Intention, IntentionStatus, LearningSession
from measures.models import Measure, MeasureReport, MeasureStatus
from northstar.demo.data.people import UNINVITED, Cast
from partners.models import Invitation, Organisation, User

Plan = tuple[str, str, int, IntentionStatus]  # when, then, days until its day, how it goes

WAITING = 2  # of those never seen: contact persons whose invitation has waited for long

# short name → in Swedish, and in English where they wrote it
OWN_WORDS = {
    "norrskenets-bygg": (
        "Vi bygger och renoverar bostäder i Umeå med 85 anställda. Vårt mål är att halvera "
        "utsläppen från byggena till 2030.",
        "We build and renovate homes in Umeå with a staff of 85. Our aim is to halve the "
        "emissions of our sites by 2030.",
    ),
    "bjorkgatans-bageri": (
        "Vi bakar på vetekli, råg och det som blev över i går. Ugnarna går på grön el och "
        "brödet åker elcykel.",
        "",
    ),
    "fjallvinden-energi": (
        "Vi ger Umeå fjärrvärme och el, från ett kraftvärmeverk och 41 vindkraftverk i inlandet.",
        "We give Umeå district heating and electricity, from a power plant and 41 wind turbines "
        "inland.",
    ),
    "tallasens-fastigheter": (
        "Vi hyr ut 2 300 lägenheter på Tallåsen. Nu sänker vi värmebehovet hus för hus.",
        "",
    ),
    "kvarnforsens-mejeri": ("Vi gör fil, ost och smör av mjölk från 38 gårdar.", ""),
    "stigbygeln-logistik": (
        "Vi kör gods i Västerbotten med 60 lastbilar. Var tredje går på el eller biogas.",
        "",
    ),
    "alvstrandens-bostader": (
        "Kommunens bostadsbolag med 15 000 hyresgäster. Vi bygger om hellre än nytt.",
        "",
    ),
    "vastra-larcentrum": ("Vi utbildar vuxna i vård, bygg och teknik, dag och kväll.", ""),
    "gronakers-lantbruk": (
        "En familjegård med 120 kor och 300 hektar vall. Gödseln blir biogas.",
        "",
    ),
    "foreningen-cykelstaden": ("Vi vill att det ska vara lätt att cykla i Umeå, hela året.", ""),
    "ljusfallets-konsert-och-scen": (
        "En konsertscen med 200 kvällar om året. Publiken är vår största utsläppspost.",
        "",
    ),
    "nordhem-arkitekter": ("Elva arkitekter som ritar i trä och räknar på varje hus.", ""),
    "snoripan-hotell": ("Ett hotell med 140 rum mitt i stan och frukost från trakten.", ""),
    "isalvens-vatten": ("Vi renar vattnet för 130 000 personer, dygnet runt.", ""),
    "kustlinjens-bussar": ("Vi kör regionbussar mellan Umeå och kusten.", ""),
    "tradrikets-sagverk": ("Vi sågar gran och tall från skogar inom åtta mil.", ""),
    "kretsloppsverket-norr": (
        "Vi tar hand om avfallet i fem kommuner. Det mesta ska bli något igen.",
        "",
    ),
    "abackens-skolor": ("Tre grundskolor med 1 100 elever och ett eget kök i varje.", ""),
    "osterangens-handelstradgard": ("Vi odlar plantor och julblommor i uppvärmda hus.", ""),
    "hjortronmyrens-livsmedel": ("Vi kokar sylt och saft på bär från myrarna.", ""),
    "mossans-aterbruk": ("Vi säljer byggmaterial och möbler en andra gång.", ""),
    "kajplatsens-restauranger": ("Tre restauranger vid älven med samma gröna meny.", ""),
    "lyktans-folkhogskola": ("Folkhögskola med linjer i hållbart byggande och odling.", ""),
    "videgardens-omsorg": ("Vi driver nio äldreboenden i kommunens regi.", ""),
    "vindeltraget-textil": ("Vi syr arbetskläder som går att laga.", ""),
    "stadsodlarna-i-haga": ("Sextio odlare på en gammal bollplan i Haga.", ""),
    "granatens-verkstader": ("Vi svarvar delar till maskiner som ska hålla länge.", ""),
}


def build(cast: Cast, chance: random.Random, now: datetime) -> None:
    """Say who the partners are, and leave something to do for those whom a visitor can be."""
    _say_who_they_are()
    _touch_measures(cast, now)
    _own_steps(cast, now)
    _invitations(cast, chance, now)


def _say_who_they_are() -> None:
    described = list(Organisation.objects.filter(slug__in=OWN_WORDS))
    for organisation in described:
        organisation.description_sv, organisation.description_en = OWN_WORDS[organisation.slug]
    Organisation.objects.bulk_update(described, ["description_sv", "description_en"])


def _touch_measures(cast: Cast, now: datetime) -> None:
    """A measure was last changed when somebody last told of it; one of the visitor's is old."""
    told = list(Measure.objects.annotate(told_at=Max("reports__created_at")))
    for measure in told:
        told_at = measure.told_at or measure.updated_at
        measure.updated_at = min(now, max(measure.updated_at, told_at))
    Measure.objects.bulk_update(told, ["updated_at"])
    own = Measure.objects.filter(organisation=cast.organisations[0])
    alive = own.exclude(status__in=[MeasureStatus.COMPLETED, MeasureStatus.CANCELLED])
    for days, pk in zip(
        (160, 12, 27, 6), alive.order_by("pk").values_list("pk", flat=True), strict=False
    ):
        day = now - timedelta(days=days)
        own.filter(pk=pk).update(updated_at=day)
        MeasureReport.objects.filter(measure=pk, created_at__gt=day).update(created_at=day)


def _own_steps(cast: Cast, now: datetime) -> None:
    """A step that is late and one that is near, for the member and the contact person."""
    plans: dict[int, list[Plan]] = {
        cast.member.pk: [
            (
                "mässan i Stockholm ska bokas",
                "boka tåg i stället för flyg",
                -5,
                IntentionStatus.DOING,
            ),
            (
                "nästa beställning av arbetskläder görs",
                "fråga efter arbetskläder som går att laga",
                5,
                IntentionStatus.OPEN,
            ),
        ],
        cast.contact.pk: [
            (
                "ledningsgruppen träffas",
                "visa hur mycket diesel varje bygge drar",
                -9,
                IntentionStatus.OPEN,
            ),
            (
                "avtalet med åkeriet går ut",
                "köra samman leveranserna till två byggen",
                12,
                IntentionStatus.OPEN,
            ),
        ],
    }
    for person in (cast.member, cast.contact):
        _plan(person, cast.organisations[0], plans[person.pk], now)


def _plan(person: User, organisation: Organisation, plans: list[Plan], now: datetime) -> None:
    """Steps from the latest sessions that *person* came to, in place of those made by chance."""
    came = Attendance.objects.present().filter(person=person)
    sessions = LearningSession.objects.filter(pk__in=came.values("session")).order_by("-starts_at")
    for (when, then, days, status), session in zip(plans, sessions, strict=False):
        told_at = session.ends_at + timedelta(days=1)
        older = Intention.objects.filter(person=person).exclude(session=session)
        older.exclude(then_text__in=[plan[1] for plan in plans]).update(status=IntentionStatus.DONE)
        Intention.objects.update_or_create(
            person=person,
            session=session,
            defaults={
                "organisation": organisation,
                "when_text": when,
                "then_text": then,
                "due_on": (now + timedelta(days=days)).date(),
                "status": status,
                "created_at": told_at,
                "updated_at": told_at,
            },
        )


def _invitations(cast: Cast, chance: random.Random, now: datetime) -> None:
    """Some of those who were never seen were asked long ago, and have not answered."""
    pairs = list(zip(cast.organisations, cast.contacts, strict=True))[-UNINVITED:]
    Invitation.objects.bulk_create(
        Invitation(
            person=person,
            organisation=organisation,
            token_hash=hashlib.sha256(chance.randbytes(32)).hexdigest(),
            created_at=now - timedelta(days=38 + 9 * number),
            created_by=cast.coordinator,
            expires_at=now - timedelta(days=8 + 9 * number),
        )
        for number, (organisation, person) in enumerate(pairs[:WAITING])
    )
