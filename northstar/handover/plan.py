"""What moves when somebody leaves, and to whom: looked at before it is done."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from learning.models import Intention, LearningSession, Registration, SurveyInvitation
from measures.models import Measure
from partners.models import Membership, MembershipQuerySet, MembershipRole

EXAMPLES = 5  # of each kind that are named


@dataclass(frozen=True)
class Plan:
    """What becomes of all that somebody answers for in one organisation."""

    seats: list[Registration]  # go to the successor, on a seat or in the queue
    given_back: list[Registration]  # the successor comes already, or they were being left
    steps: list[Intention]  # go to the successor
    steps_kept: list[Intention]  # the successor has one from the same session
    surveys: int  # stay the person's own
    measures: int  # are the organisation's, and stay
    is_contact: bool  # the role goes to the successor

    @property
    def seal(self) -> str:
        """Of all that moves: what was shown is what is done."""
        rows = (self.seats, self.given_back, self.steps)
        keys = [[row.pk for row in kind] for kind in rows]
        return sha256(repr((keys, self.is_contact)).encode()).hexdigest()


def successors(leaver: Membership) -> MembershipQuerySet:
    """Who can take over: the others who act for the organisation and may log in."""
    others = Membership.objects.current().filter(organisation=leaver.organisation_id)
    others = others.filter(person__is_active=True, person__email__isnull=False)
    return others.exclude(person=leaver.person_id).in_order("name")


def coming_places(leaver: Membership, now: datetime) -> list[Registration]:
    """Places of *leaver* for the organisation in sessions to come. One query."""
    coming = LearningSession.objects.live().filter(starts_at__gt=now)
    own = Registration.objects.standing().filter(
        person=leaver.person_id, organisation=leaver.organisation_id, session__in=coming
    )
    return list(own.select_related("session", "person").order_by("session__starts_at", "pk"))


def plan(leaver: Membership, successor: Membership, now: datetime) -> Plan:
    """What *leaver* hands over to *successor*. Six queries, for any number of rows."""
    places = coming_places(leaver, now)
    comes = set(
        Registration.objects.standing()
        .filter(person=successor.person_id, session__in=[one.session_id for one in places])
        .values_list("session", flat=True)
    )
    passed = [one for one in places if one.session_id not in comes and not one.is_leaving]
    ahead = Intention.objects.ahead().filter(
        person=leaver.person_id, organisation=leaver.organisation_id
    )
    steps = list(ahead.select_related("session").order_by("pk"))
    taken = set(
        Intention.objects.filter(
            person=successor.person_id, session__in=[step.session_id for step in steps]
        ).values_list("session", flat=True)
    )
    return Plan(
        seats=passed,
        given_back=[one for one in places if one not in passed],
        steps=[step for step in steps if step.session_id not in taken],
        steps_kept=[step for step in steps if step.session_id in taken],
        surveys=_open_surveys(leaver, now),
        measures=Measure.objects.filter(organisation=leaver.organisation_id).count(),
        is_contact=leaver.role == MembershipRole.CONTACT_PERSON,
    )


def _open_surveys(leaver: Membership, now: datetime) -> int:
    mine = SurveyInvitation.objects.filter(
        person=leaver.person_id, organisation=leaver.organisation_id, closes_at__gt=now
    )
    return mine.filter(completed_at=None).count()
