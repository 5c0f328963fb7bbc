"""Who has a place in a session, as whoever leads it looks through them."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from learning.models import Attendance, LearningSession, Registration, RegistrationState
from learning.models.places import ORDERS, RegistrationQuerySet
from partners.models import Organisation, SearchKey, in_all_words
from partners.sheets.writer import Cell, Column, Kind

ALIKE = 0.45  # how much of a misspelt name must be right


def places(session: LearningSession, by: str = "name") -> RegistrationQuerySet:
    """The standing places in *session*: seats *by* one of ORDERS, then the queue in its order."""
    return session.registrations.standing().with_place_in_queue().in_order(by)


def with_presence(found: RegistrationQuerySet) -> RegistrationQuerySet:
    """Each with how its person was noted as `presence`; None for who is not noted."""
    notes = Attendance.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
    return found.annotate(presence=Subquery(notes.values("status")))


def order(asked: str) -> str:
    """How the seats are sorted: as *asked* where that is known, else by name."""
    return asked if asked.removeprefix("-") in ORDERS else "name"


def named(found: RegistrationQuerySet, words: str) -> RegistrationQuerySet:
    """Those of *found* whose person or organisation holds all *words*, else some like them.

    One query, to see whether there are any.
    """
    exact = found.filter(in_all_words(words, "person__search_key", organisation=Organisation))
    if not words or exact.exists():
        return exact
    sought = SearchKey(Value(words))
    keys = ("person__search_key", "organisation__search_key")
    near = Greatest(*(TrigramWordSimilarity(sought, key) for key in keys))  # type: ignore[arg-type]  # takes expressions
    return found.alias(near=near).filter(near__gte=ALIKE)


def by_organisation(session: LearningSession) -> list[tuple[str, int]]:
    """Each organisation ("" for none) with how many of its people have a seat, most first."""
    seated = session.registrations.confirmed().values_list("organisation__name")
    counted = seated.annotate(people=Count("pk"))
    rows = counted.order_by("-people", "organisation__sort_name")
    return [(name or "", people) for name, people in rows]


def columns() -> list[Column]:
    """What a file of the places holds."""
    return [
        Column(_("Name"), width=30),
        Column(_("Organisation"), width=34),
        Column(_("E-mail"), width=34),
        Column(_("Seat or queue"), width=16),
        Column(_("Registered"), Kind.MOMENT, 18),
    ]


def cells(place: Registration) -> tuple[Cell, ...]:
    """*place* (in_order, with_place_in_queue) as a row of such a file."""
    has_seat = place.state == RegistrationState.CONFIRMED
    in_queue = _("queue, place %(n)s") % {"n": place.place_in_queue}
    return (
        str(place.person),
        str(place.organisation or ""),
        place.person.email or "",
        _("has a seat") if has_seat else in_queue,
        place.created_at,
    )
