"""Who can be written to about a session, and partners nobody has seen for long."""

from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.models import Attendance, AttendanceStatus, LearningSession
from learning.models.places import AttendanceQuerySet, RegistrationQuerySet
from partners.models import Organisation, User, UserQuerySet
from partners.requests import DIGITS
from partners.writing.groups import Group, Occasion, Source, contacts_of, offer, offer_to_all

_Rows = RegistrationQuerySet | AttendanceQuerySet

PREFIX = "learning.session"
AWAY_FOR = timedelta(days=365)
AWAY = {AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED}


def key_of(session: LearningSession) -> str:
    """What a mailing about *session* is about."""
    return f"{PREFIX}:{session.pk}"


def _pks(keys: Collection[str]) -> list[int]:
    """The sessions of *keys*; what cannot be one is passed over: people write in addresses."""
    numbers = (key.rpartition(":")[2] for key in keys)
    return [int(n) for n in numbers if n.isascii() and n.isdecimal() and len(n) <= DIGITS]


def find(key: str) -> Occasion | None:
    session = LearningSession.objects.filter(pk__in=_pks([key])).first()
    if session is None or key_of(session) != key:
        return None
    address = reverse("session_detail", kwargs={"pk": session.pk})
    return Occasion(key, session.title, address, _groups_of(session))


def titles(keys: Collection[str]) -> dict[str, str]:
    sessions = LearningSession.objects.filter(pk__in=_pks(keys))
    return {key_of(session): session.title for session in sessions}


def led_by(user: User) -> list[str]:
    pks = LearningSession.objects.filter(lead=user).values_list("pk", flat=True)
    return [f"{PREFIX}:{pk}" for pk in pks]


def _groups_of(session: LearningSession) -> list[Group]:
    """Those with a place, and those who came or did not; none asks anything yet.

    Before it nobody has come: a mailing may wait for them.
    """
    standing = session.registrations.standing()
    came = session.attendances.present()
    away = session.attendances.filter(status__in=AWAY)
    absent = gettext_lazy("Did not come, also those who had sent word")
    return [
        _group(session, "confirmed", gettext_lazy("Has a seat"), standing.confirmed(), _seated),
        _group(session, "waiting", gettext_lazy("Is in the queue"), standing.queued(), _waiting),
        _group(session, "attended", gettext_lazy("Came"), came, _there),
        _group(session, "absent", absent, away, _away),
    ]


def _group(
    session: LearningSession, name: str, words: Promise, rows: _Rows, why: Callable[[str], str]
) -> Group:
    """People of *rows*; it is about their own place, so it always comes.

    Who is just leaving has said that they do not come: they are left out, and that is said.
    """
    leaving: RegistrationQuerySet | None = None
    if isinstance(rows, RegistrationQuerySet):
        leaving, rows = rows.leaving(), rows.staying()
    people = rows.order_by().values("person")
    return Group(
        f"{key_of(session)}:{name}",
        words,
        lambda: User.objects.filter(pk__in=people),
        lambda: why(session.title),
        is_own=True,
        but=str if leaving is None else partial(_leaving, leaving),
    )


def _leaving(rows: RegistrationQuerySet) -> str:
    """How many are just leaving, who have a place on other pages. One query."""
    number = rows.count()
    words = ngettext("one has just cancelled", "%(n)s have just cancelled", number)
    return words % {"n": number} if number else ""


def _seated(title: str) -> str:
    return _("you have a seat at %(session)s") % {"session": title}


def _waiting(title: str) -> str:
    return _("you are in the queue for %(session)s") % {"session": title}


def _there(title: str) -> str:
    return _("you were at %(session)s") % {"session": title}


def _away(title: str) -> str:
    return _("you were registered for %(session)s") % {"session": title}


offer(Source(PREFIX, find, titles, led_by))


def _unseen() -> UserQuerySet:
    """The contact persons of partners from whom nobody has come for AWAY_FOR."""
    since = timezone.now() - AWAY_FOR
    seen = Attendance.objects.present().filter(session__starts_at__gte=since)
    came = Exists(seen.filter(organisation=OuterRef("pk")))
    return contacts_of(Organisation.objects.partners().exclude(came))


offer_to_all(
    Group(
        "learning.unseen",
        gettext_lazy("Contact persons of partners from whom nobody has come in twelve months"),
        _unseen,
        lambda: _("you are a contact person of a partner"),
    )
)
