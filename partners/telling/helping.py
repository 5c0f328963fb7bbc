"""Which of the pages of help is a reader's own."""

from partners.models import ContentKey, Membership, MembershipRole, User


def own_help(user: object) -> ContentKey:
    """The page of the role in which *user* is here. One query for who has no role in the portal."""
    if not isinstance(user, User):
        return ContentKey.HELP_VISITOR
    if user.is_coordinator:
        return ContentKey.HELP_COORDINATOR
    if user.is_project_lead:
        return ContentKey.HELP_LEAD
    roles = Membership.objects.acting().filter(person=user).values_list("role", flat=True)
    if MembershipRole.CONTACT_PERSON in set(roles):
        return ContentKey.HELP_CONTACT
    return ContentKey.HELP_MEMBER
