"""Why an organisation is to be contacted: rules over what is known of it, without queries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import CallReason, CommitmentPeriod, ContactNote, Measure
from measures.standing import words
from measures.standing.card import Card
from partners.models import Organisation, User

UNSEEN_FOR = timedelta(days=182)
TERM_ENDS_WITHIN = timedelta(days=180)
REPORT_LATE_FROM = (2, 1)  # month and day of the year after the one told of
UNANSWERED_FOR = timedelta(days=30)  # an invitation waits so long before somebody asks
STALE_FOR = timedelta(days=120)  # a measure nobody has told of for so long stands still


@dataclass(frozen=True)
class Contact:
    """A contact person, and whether the portal reaches them."""

    person: User
    is_dead: bool  # e-mails come back
    invited_at: datetime | None

    def is_active(self, now: datetime) -> bool:
        return not self.is_dead and not self.lets_wait(now)

    def lets_wait(self, now: datetime) -> bool:
        """Never logged in, though invited long ago."""
        if self.person.last_login or self.invited_at is None:
            return False
        return self.invited_at < now - UNANSWERED_FOR


@dataclass(frozen=True)
class Known:
    """What the reasons look at, of one organisation."""

    card: Card
    contacts: list[Contact] = field(default_factory=list)
    noted: ContactNote | None = None  # the latest
    is_renewed: bool = False  # its letter of intent for the next term is there
    stale: Measure | None = None  # the one that has stood still longest
    late_steps: int = 0

    @property
    def organisation(self) -> Organisation:
        return self.card.organisation

    @property
    def seen_on(self) -> date | None:
        at = self.card.facts.latest_at
        return timezone.localdate(at) if at else None


@dataclass(frozen=True)
class Reason:
    """One reason, as a sentence of fact, and what it counts."""

    kind: CallReason
    text: str
    points: int


def reasons_of(known: Known, points: Mapping[str, int], now: datetime) -> list[Reason]:
    """Those that count, the heaviest first."""
    told = ((kind, say(known, now)) for kind, say in _RULES.items())
    found = [Reason(kind, text, points[kind]) for kind, text in told if text and points[kind]]
    return sorted(found, key=lambda reason: -reason.points)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _follow_up(known: Known, now: datetime) -> str:
    due = known.noted and known.noted.next_on
    if not due or due > timezone.localdate(now):
        return ""
    return _("You agreed to be in touch again on %(day)s") % {"day": _day(due)}


def _no_contact(known: Known, now: datetime) -> str:
    if not known.contacts:
        return _("Has no contact person")
    if any(one.is_active(now) for one in known.contacts):
        return ""
    first = known.contacts[0]
    if first.is_dead:
        return _("E-mails to %(name)s come back") % {"name": first.person}
    return _("The contact person has not answered the invitation")


def _term_ends(known: Known, now: datetime) -> str:
    if known.card.unsigned:
        return words.said(known.card.unsigned).rstrip(".")
    term: CommitmentPeriod | None = known.card.period
    last_day = term.ends_on if term else None
    if not last_day or known.is_renewed:
        return ""
    if last_day - timezone.localdate(now) > TERM_ENDS_WITHIN:
        return ""
    return _("The term %(term)s ends on %(day)s") % {"term": term, "day": _day(last_day)}


def _report_late(known: Known, now: datetime) -> str:
    today = timezone.localdate(now)
    if not known.card.sharing.is_open or (today.month, today.day) < REPORT_LATE_FROM:
        return ""
    return words.said(known.card.sharing.missing[0]).rstrip(".")


def _unseen(known: Known, now: datetime) -> str:
    before = timezone.localdate(now) - UNSEEN_FOR
    if known.seen_on:
        told = _("Has not been at a session since %(day)s") % {"day": _day(known.seen_on)}
        return told if known.seen_on < before else ""
    joined = known.organisation.joined_on
    return "" if joined and joined >= before else _("Has not been at any session yet")


def _waiting(known: Known, now: datetime) -> str:
    if known.stale:
        told = {
            "measure": known.stale.title,
            "day": _day(timezone.localdate(known.stale.updated_at)),
        }
        return _("No news of %(measure)s since %(day)s") % told
    if not known.late_steps:
        return ""
    return ngettext("%(n)d next step is late", "%(n)d next steps are late", known.late_steps) % {
        "n": known.late_steps
    }


_RULES: dict[CallReason, Callable[[Known, datetime], str]] = {
    CallReason.FOLLOW_UP: _follow_up,
    CallReason.NO_CONTACT: _no_contact,
    CallReason.TERM_ENDS: _term_ends,
    CallReason.REPORT_LATE: _report_late,
    CallReason.UNSEEN: _unseen,
    CallReason.WAITING: _waiting,
}
