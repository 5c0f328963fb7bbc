"""May somebody do this to a session and what belongs to it?"""

from learning.models import (
    AttendanceStatus,
    Intention,
    LearningSession,
    Registration,
    SessionAudience,
)
from partners.models import User
from partners.permissions import (
    Asker,
    acts_for,
    acts_for_a_partner,
    is_contact_person,
    is_coordinator,
    is_staff_of_portal,
)


def may_plan(user: Asker) -> bool:
    """Create sessions."""
    return is_staff_of_portal(user)


def may_edit(user: Asker, session: LearningSession) -> bool:
    """Edit, publish, cancel, take attendance, publish material."""
    return is_staff_of_portal(user)


def may_read_letters(user: Asker, session: LearningSession) -> bool:
    """What the portal wrote to its people: who leads it, and coordinators, as of all letters."""
    return is_coordinator(user) or (is_staff_of_portal(user) and session.lead_id == user.pk)


def may_write_to(user: Asker, session: LearningSession) -> bool:
    """Write to those with a place: whoever may read what was written to them."""
    return may_read_letters(user, session)


def may_set_usual_reminders(user: Asker) -> bool:
    """Those of all series and sessions that have none of their own."""
    return is_coordinator(user)


def may_register(user: Asker, session: LearningSession) -> bool:
    """Ask for a seat: whoever logs in, in an open session; in the partners', who acts for one.

    Whether there is a seat is a rule of the world. One query at most.
    """
    if not isinstance(user, User) or not user.is_active or session.published_at is None:
        return False
    return session.audience == SessionAudience.PUBLIC or acts_for_a_partner(user)


def may_read_reports(user: Asker) -> bool:
    return is_coordinator(user)


def may_read_survey(user: Asker, session: LearningSession) -> bool:
    """What a session gave, added up."""
    return is_staff_of_portal(user)


def may_read_outcome(user: Asker, session: LearningSession) -> bool:
    """The same on the session's own page: whoever was there (with_presence), and staff."""
    was_there = session.own_presence == AttendanceStatus.PRESENT
    return is_staff_of_portal(user) or (isinstance(user, User) and user.is_active and was_there)


def may_change_next_step(user: Asker, intention: Intention) -> bool:
    """Whoever wrote it, and colleagues of the organisation it is for. At most one query."""
    if intention.person_id == user.pk:
        return isinstance(user, User) and user.is_active
    return intention.organisation is not None and acts_for(user, intention.organisation)


def may_withdraw(user: Asker, registration: Registration) -> bool:
    """One's own place, one that one asked for, and as contact person those of one's people."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.pk in {registration.person_id, registration.created_by_id} or user.is_staff_of_portal:
        return True
    organisation = registration.organisation
    return organisation is not None and is_contact_person(user, organisation)
