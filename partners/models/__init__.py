"""Who: people, organisations, who acts for whom, what the portal wrote to them."""

from partners.models import searches
from partners.models.asking import (
    ANSWERED_WITHIN,
    Enquiry,
    EnquiryKind,
    EnquiryQuerySet,
    EnquiryState,
)
from partners.models.bounces import BouncedAddress, BouncedAddressQuerySet
from partners.models.choices import SwitchedOff, SwitchedOffQuerySet, Topic
from partners.models.clock import ClockGap, PostStop
from partners.models.intake import ImportBatch, ImportKind
from partners.models.letters import (
    HIDDEN,
    UNWANTED,
    ClockTick,
    Message,
    MessageQuerySet,
    MessageState,
)
from partners.models.logins import FactorReset
from partners.models.mailings import Mailing, MailingQuerySet, MailingState
from partners.models.memberships import (
    Invitation,
    Membership,
    MembershipQuerySet,
    what_was,
)
from partners.models.organisations import (
    FocusArea,
    MembershipRole,
    Organisation,
    OrganisationAlias,
    OrganisationQuerySet,
    OrganisationStatus,
    Sector,
    not_left,
)
from partners.models.people import ColourScheme, Language, StaffRole, User, UserQuerySet
from partners.models.reminders import (
    MOST_DAYS,
    MOST_MINUTES,
    ReminderRule,
    ReminderRuleEdge,
    ReminderRuleSide,
    ReminderRuleUnit,
    rule_constraints,
)
from partners.models.telling import (
    Behind,
    BehindQuerySet,
    ContentKey,
    ContentPage,
    ContentVersion,
    Funder,
    Leader,
    PictureType,
)
from partners.models.texts import (
    SearchKey,
    SwedishSortKey,
    in_all_words,
    in_language,
    in_words,
    search_key,
    sort_key,
)
from partners.models.wording import LetterText, LetterTextQuerySet

__all__ = [
    "ANSWERED_WITHIN",
    "ClockGap",
    "PostStop",
    "Enquiry",
    "EnquiryKind",
    "EnquiryQuerySet",
    "EnquiryState",
    "BouncedAddress",
    "BouncedAddressQuerySet",
    "HIDDEN",
    "UNWANTED",
    "ColourScheme",
    "Language",
    "StaffRole",
    "User",
    "UserQuerySet",
    "FactorReset",
    "FocusArea",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "MembershipRole",
    "Organisation",
    "OrganisationQuerySet",
    "OrganisationAlias",
    "OrganisationStatus",
    "Sector",
    "ClockTick",
    "Message",
    "MessageQuerySet",
    "MessageState",
    "SwitchedOff",
    "SwitchedOffQuerySet",
    "Topic",
    "ImportBatch",
    "ImportKind",
    "Mailing",
    "MailingQuerySet",
    "MailingState",
    "MOST_DAYS",
    "MOST_MINUTES",
    "ReminderRule",
    "ReminderRuleEdge",
    "ReminderRuleSide",
    "ReminderRuleUnit",
    "rule_constraints",
    "Behind",
    "BehindQuerySet",
    "ContentKey",
    "ContentPage",
    "ContentVersion",
    "Funder",
    "Leader",
    "LetterText",
    "LetterTextQuerySet",
    "PictureType",
    "in_all_words",
    "in_language",
    "in_words",
    "not_left",
    "search_key",
    "searches",
    "what_was",
    "SearchKey",
    "sort_key",
    "SwedishSortKey",
]
