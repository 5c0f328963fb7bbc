"""Somebody leaves an organisation, and a colleague takes over what they answer for: one act."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.next_steps import following
from learning.places import passing_on, registration, waitlist
from northstar.handover import mails
from northstar.handover.plan import Plan, coming_places, plan, successors
from partners.models import Membership, MembershipRole, User
from partners.patience import patient
from partners.people import membership


@patient
@transaction.atomic
def hand_over(leaver: Membership, successor: Membership, *, seal: str, by: User) -> Plan:
    """Let *successor* have all that *leaver* answers for; the leaver's membership ends now.

    All of it or nothing, and nobody can undo it. Locks both people in one order, then the sessions
    in theirs. Both get one letter; the successor one for each seat, too, for their calendar.

    Raises ValidationError: "ended" when the leaver acts for the organisation no more, "successor"
    when the other does not, "changed" when it is not what *seal* was of, and "busy".
    """
    leaver, successor = _held(leaver, successor)
    now = timezone.now()
    waitlist.lock_all(place.session for place in coming_places(leaver, now))
    found = plan(leaver, successor, now)
    if found.seal != seal:
        raise ValidationError(
            _("Something has changed since you looked. Look once more before you hand over."),
            code="changed",
        )
    for place in found.seats:
        passing_on.pass_on(place, successor.person, by=by)
    for place in found.given_back:
        registration.withdraw(place, by=by)
    for step in found.steps:
        following.pass_on(step, successor.person, by=by)
    if found.is_contact:
        membership.change_role(successor, MembershipRole.CONTACT_PERSON, by=by)
    membership.end(leaver, by=by)
    mails.handed_over(
        leaver,
        successor,
        seats=found.seats,
        given_back=found.given_back,
        steps=found.steps,
        is_contact=found.is_contact,
    )
    return found


def _held(leaver: Membership, successor: Membership) -> tuple[Membership, Membership]:
    """Both as they are now, their people held until the transaction ends."""
    people = User.objects.select_for_update(no_key=True).order_by("pk")
    list(people.filter(pk__in=[leaver.person_id, successor.person_id]).values_list("pk"))
    rows = Membership.objects.select_related("person", "organisation")
    leaver = rows.get(pk=leaver.pk)
    if leaver.ended_at is not None:
        raise ValidationError(
            _("%(name)s no longer acts for %(organisation)s."),
            code="ended",
            params={"name": leaver.person, "organisation": leaver.organisation},
        )
    found = successors(leaver).filter(pk=successor.pk).first()
    if found is None:
        raise ValidationError(
            _("Whoever takes over must act for the organisation. Choose somebody else."),
            code="successor",
        )
    return leaver, found
