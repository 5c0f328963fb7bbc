"""The start page of those who act for a partner: what is next, and how the organisation stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import Intention, LearningSession, Registration, SurveyInvitation
from measures.figures import effects
from measures.figures.summary import with_achieved
from measures.models import OVER, Measure, MeasureQuerySet
from measures.standing import gathering, panel
from partners.models import Invitation, Membership, Organisation, User

FEW = 5  # rows of each list on a start page
SEATS_READ = 50  # places of an organisation's people that are looked through
STALE = timedelta(days=120)  # a measure nobody has touched for so long is asked about
ANSWERS_IN = timedelta(days=14)  # an invitation is then worth a call

Context = dict[str, object]


@dataclass(frozen=True)
class ToDo:
    """Something that waits for the reader: a measure without news, a step, or an invitation."""

    kind: str  # "measure", "step", "waiting" or "lapsed"
    thing: Measure | Intention | Invitation
    on: date | None  # by when, or since when
    is_late: bool


@dataclass(frozen=True)
class OwnSession:
    """A session to come in which people of the organisation have a seat or wait for one."""

    session: LearningSession
    seated: list[str]  # "you" for the reader, then the others' first names; none: all wait


def of_partner(user: User, asked: str, now: datetime) -> tuple[str, Context]:
    """The page's name and what it shows: as contact person of one organisation, or as member.

    Of several organisations the one that is asked for by *asked*, its short name, else the first.
    """
    answers = Membership.objects.contact_persons().filter(person=user)
    is_contact = Exists(answers.filter(organisation=OuterRef("pk")))
    mine = Organisation.objects.of(user).in_order().annotate(is_contact=is_contact)
    organisations: list[Any] = list(mine)
    answered = [one for one in organisations if one.is_contact]
    if not answered:
        return "home_member", member(user, organisations, now)
    chosen = next((one for one in answered if one.slug == asked), answered[0])
    return "home_contact", contact(user, chosen, now) | {"answered": answered}


def member(user: User, organisations: list[Organisation], now: datetime) -> Context:
    """Five queries; two more for who acts for nobody."""
    former = None if organisations else Membership.objects.latest_former(user)
    places = list(_places(user, now)[:FEW])
    open_sessions = list(LearningSession.objects.open_to(user, now).coming(now)[:FEW])
    return {
        "organisations": organisations,
        "former": former,
        "next_place": places[0] if places else None,
        "places": places[1:],
        "open_sessions": open_sessions,
        "rows": effects.rows(with_achieved(_unfinished(organisations))[:FEW]),
        "stale_before": now - STALE,
        "steps": _steps(user, now),
        "surveys": _surveys(user, now),
    }


def contact(user: User, organisation: Organisation, now: datetime) -> Context:
    """Nineteen queries, of which nine are the card's."""
    measures = list(with_achieved(_all_measures([organisation])))
    card = gathering.card_of(organisation, now)
    pending = list(Invitation.objects.pending(now).filter(organisation=organisation)[:FEW])
    return {
        "organisation": organisation,
        "card": card,
        "panels": panel.panels(card, is_own=True, writes=True),
        "unsigned": panel.unsigned(card),
        "to_do": _to_do(user, organisation, measures, pending, now),
        "surveys": _surveys(user, now),
        "rows": effects.rows(measures[:FEW]),
        "together": effects.together(one for one in measures if one.published_at),
        "measures_count": len(measures),
        "stale_before": now - STALE,
        "own_sessions": _own_sessions(user, organisation, now),
        "open_sessions": list(LearningSession.objects.open_to(user, now).coming(now)[:FEW]),
        "people": list(_people(organisation)[: FEW + 1]),
        "pending": pending,
    }


def _places(user: User, now: datetime) -> QuerySet[Registration]:
    """Seats, and places in queues, in sessions that are not over."""
    own = Registration.objects.staying().filter(person=user)
    ahead = own.filter(session__ends_at__gt=now, session__cancelled_at=None)
    return ahead.select_related("session").order_by("session__starts_at", "pk")


def _all_measures(organisations: list[Organisation]) -> MeasureQuerySet:
    """Those longest without news first, of those that are not over."""
    found = Measure.objects.filter(organisation__in=organisations)
    is_over = ExpressionWrapper(Q(status__in=OVER), BooleanField())
    return found.select_related("organisation").order_by(is_over, "updated_at", "pk")


def _unfinished(organisations: list[Organisation]) -> MeasureQuerySet:
    return _all_measures(organisations).exclude(status__in=OVER)


def _steps(user: User, now: datetime) -> list[ToDo]:
    """The reader's own that are still to be done, the late ones first."""
    ahead = Intention.objects.ahead().filter(person=user).select_related("session")
    today = timezone.localdate(now)
    nearest = ahead.order_by("due_on", "pk")[:FEW]
    return [ToDo("step", step, step.due_on, step.is_overdue(today)) for step in nearest]


def _surveys(user: User, now: datetime) -> list[SurveyInvitation]:
    waiting = SurveyInvitation.objects.filter(person=user, completed_at=None, closes_at__gt=now)
    return list(waiting.select_related("session").order_by("closes_at", "pk")[:FEW])


def _to_do(
    user: User,
    organisation: Organisation,
    measures: list[Measure],
    pending: list[Invitation],
    now: datetime,
) -> list[ToDo]:
    """What is late first, then by day. Two queries."""
    stale = [one for one in measures if one.status not in OVER and one.updated_at < now - STALE]
    lapsed = Invitation.objects.fallen_through(now).filter(organisation=organisation)[:FEW]
    found = [
        *(ToDo("measure", one, one.updated_at.date(), is_late=True) for one in stale[:FEW]),
        *_steps(user, now),
        *_invitations("lapsed", lapsed),
        *_invitations("waiting", (one for one in pending if one.created_at < now - ANSWERS_IN)),
    ]
    return sorted(found, key=lambda one: (not one.is_late, one.on is None, one.on or date.max))


def _invitations(kind: str, invitations: Iterable[Invitation]) -> list[ToDo]:
    return [ToDo(kind, one, one.created_at.date(), is_late=False) for one in invitations]


def _own_sessions(user: User, organisation: Organisation, now: datetime) -> list[OwnSession]:
    """Sessions to come with the organisation's people in them, the next first. One query."""
    standing = Registration.objects.standing().filter(Q(organisation=organisation) | Q(person=user))
    ahead = standing.filter(session__ends_at__gt=now, session__cancelled_at=None)
    rows = ahead.select_related("session", "person").order_by("session__starts_at", "session", "pk")
    found: dict[int, OwnSession] = {}
    for row in rows[:SEATS_READ]:
        one = found.setdefault(row.session_id, OwnSession(row.session, []))
        if row.state == "confirmed":
            own = row.person_id == user.pk
            one.seated.insert(0 if own else len(one.seated), _name(row.person, own=own))
    return list(found.values())[:FEW]


def _name(person: User, *, own: bool) -> str:
    return _("you") if own else str(person).split(" ")[0]


def _people(organisation: Organisation) -> QuerySet[Membership]:
    """Contact persons first, then by name."""
    acting = Membership.objects.current().filter(organisation=organisation)
    return acting.select_related("person").order_by("role", "person__sort_name", "pk")
