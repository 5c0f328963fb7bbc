"""What kind of letter each one is: every letter of the portal, named once.

Whoever writes a letter says what it is about; its kind says when it may leave, and whether its
reader may switch it off.
"""

from dataclasses import dataclass
from enum import IntEnum

from partners.models import Topic


class Kind(IntEnum):
    """How much of it its reader has asked for."""

    OWN = 1  # about one's own place, a code or a change: at once, and never switched off
    REMINDER = 2  # of one's own place or duty: at its time
    UNASKED = 3  # in working hours, gathered, and few


@dataclass(frozen=True)
class Entry:
    """What is known of a letter by its name."""

    kind: Kind
    topic: Topic | None = None  # by which its reader switches it off; None: never, or see DIGEST
    of_use_days: int = 10  # working days after it was due, if it is unasked; then it lapses


OWN = Entry(Kind.OWN)

DIGEST = "partners/digest"  # has the topics of the letters that go along in it

LETTERS = {
    "northstar/clock_stood_still": Entry(Kind.REMINDER, Topic.DUTIES),
    "northstar/handed_over": OWN,
    "northstar/login_code": OWN,
    "northstar/taken_over": OWN,
    "northstar/erasure_done": OWN,
    "northstar/erasure_wanted": Entry(Kind.REMINDER, Topic.DUTIES),
    "northstar/person_erased": OWN,
    "partners/address_is_changed": OWN,
    "partners/address_was_changed": OWN,
    "partners/ask_to_act_no": OWN,
    "partners/ask_to_act_yes": OWN,
    "partners/asks_to_act": Entry(Kind.REMINDER, Topic.DUTIES),
    "partners/confirm_address": OWN,
    "partners/confirm_ask_to_act": OWN,
    "partners/confirm_wish": OWN,
    DIGEST: Entry(Kind.UNASKED),
    "partners/enquiry_received": OWN,
    "partners/invitation": OWN,
    "partners/invitation_reminder": OWN,  # two at most, to people who may have no account
    "partners/invitation_to_act": OWN,
    "partners/mailing": Entry(Kind.UNASKED, Topic.NEWS),
    "partners/mailing_own": OWN,
    "partners/mailing_test": OWN,
    "partners/mailing_to_nobody": OWN,
    "partners/new_enquiries": Entry(Kind.REMINDER, Topic.DUTIES),
    "partners/text_test": OWN,
    "partners/wish_received": OWN,
    "partners/without_contact": Entry(Kind.REMINDER, Topic.DUTIES),
    "learning/confirm_visit": OWN,
    "learning/place_forfeited": OWN,
    "learning/place_given_back": OWN,
    "learning/place_in_queue": OWN,
    "learning/queue_forfeited": OWN,
    "learning/queue_left": OWN,
    "learning/registered_by_colleague": OWN,
    "learning/seat_confirmed": OWN,
    "learning/seat_from_queue": OWN,
    "learning/session_cancelled": OWN,
    "learning/session_changed": OWN,
    "learning/session_material": Entry(Kind.UNASKED, Topic.NEWS),
    "learning/session_moved": OWN,
    "learning/session_reminder": Entry(Kind.REMINDER, Topic.PLACES),
    "learning/session_reminder_lead": Entry(Kind.REMINDER, Topic.PLACES),
    "learning/session_reminder_queue": Entry(Kind.REMINDER, Topic.PLACES),
    "learning/survey_invitation": Entry(Kind.UNASKED, Topic.SURVEYS, of_use_days=5),
    "measures/measures_stale": Entry(Kind.REMINDER, Topic.DUTIES),
    "measures/partners_to_call": Entry(Kind.REMINDER, Topic.DUTIES),
}

# Built from rows, or typed elsewhere: their files are templates of Django's, and nobody edits them.
BUILT = {
    DIGEST,
    "measures/measures_stale",
    "measures/partners_to_call",
    "northstar/clock_stood_still",
    "northstar/handed_over",
    "northstar/taken_over",
    "partners/asks_to_act",
    "northstar/erasure_done",
    "northstar/erasure_wanted",
    "northstar/person_erased",
    "partners/mailing",
    "partners/mailing_own",
    "partners/mailing_test",
    "partners/mailing_to_nobody",
    "partners/new_enquiries",
    "partners/text_test",
    "partners/without_contact",
}

UNASKED = sorted(name for name, entry in LETTERS.items() if entry.kind == Kind.UNASKED)

UNASKED_TOPICS = sorted({topic for name in UNASKED if (topic := LETTERS[name].topic)})


def of(letter: str) -> Entry:
    """What is known of *letter*; one that has no name here any more is its reader's own."""
    return LETTERS.get(letter, OWN)


def editable() -> list[str]:
    """The letters whose words coordinators may write."""
    return [name for name in LETTERS if name not in BUILT]


def about(topics: list[Topic]) -> list[str]:
    """The letters that somebody switches off with *topics*."""
    return sorted(name for name, entry in LETTERS.items() if entry.topic in set(topics))
