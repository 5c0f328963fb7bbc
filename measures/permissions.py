"""May somebody do this to a climate measure?"""

from measures.models import Measure
from partners.models import Organisation, User
from partners.permissions import Asker, acts_for, is_contact_person, is_coordinator


def may_create(user: Asker) -> bool:
    """Create a measure for some organisation. One query."""
    return isinstance(user, User) and Organisation.objects.of(user).exists()


def may_keep_the_city(user: Asker) -> bool:
    """Write down the city's emissions and targets."""
    return is_coordinator(user)


def may_set_reminders(user: Asker) -> bool:
    """Decide when partners are reminded of measures nobody tells of."""
    return is_coordinator(user)


def may_see_cards(user: Asker) -> bool:
    """See how the promises of all partners stand, in one table."""
    return is_coordinator(user)


def may_keep_contact(user: Asker) -> bool:
    """See whom to contact and why, and note what was said."""
    return is_coordinator(user)


def may_keep_challenges(user: Asker) -> bool:
    """Keep the challenges of the roadmap, and what the city promises back for them."""
    return is_coordinator(user)


def may_see_promise(user: Asker, organisation: Organisation) -> bool:
    """Read all *organisation* has promised and done: its people, and coordinators. One query."""
    return is_coordinator(user) or acts_for(user, organisation)


def may_promise(user: Asker, organisation: Organisation) -> bool:
    """Write what *organisation* promises: its contact persons, and coordinators. One query."""
    return is_coordinator(user) or is_contact_person(user, organisation)


def may_edit(user: Asker, measure: Measure) -> bool:
    """Edit and report progress: the organisation's own people, and coordinators. One query."""
    return is_coordinator(user) or acts_for(user, measure.organisation)
