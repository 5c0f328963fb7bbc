"""What the letters about sessions can be shown with: the sessions to come, and then the latest."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Case, F, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.models import LearningSession, Usefulness
from learning.places.mails import about
from partners.models import User
from partners.wording.samples import FEW, About, Source, Thing, dead_link, offer

# What each letter tells of somebody's place, beside what all tell of the session.
_IN_QUEUE = {"learning/place_in_queue", "learning/session_reminder_queue"}
_CHANGED = {
    "learning/session_moved": {"starts_at", "venue"},
    "learning/session_changed": {"venue", "ends_at"},
}


def things() -> Sequence[Thing]:
    """The next session first. One query."""
    is_to_come = When(starts_at__gt=timezone.now(), then=F("starts_at"))
    found = LearningSession.objects.live().annotate(comes_at=Case(is_to_come, default=None))
    in_order = found.order_by(F("comes_at").asc(nulls_last=True), "-starts_at", "pk")
    return [
        Thing(str(one.pk), f"{one.title}, {timezone.localdate(one.starts_at)}")
        for one in in_order[:FEW]
    ]


def context(letter: str, key: str, language: str, reader: User) -> dict[str, object]:
    """*letter* about the session of *key*, or about one that is made up. One query."""
    session = LearningSession.objects.filter(pk=int(key)).first() if key else None
    session = session or _made_up()
    page = "visitor_confirm" if letter == "learning/confirm_visit" else "withdraw_by_link"
    return about(session, language) | {
        "by_other": reader,
        "place": 3,
        "has_queue": True,
        "is_seated": letter not in _IN_QUEUE,
        "changed": _CHANGED.get(letter, set()),
        "previous_start": session.starts_at - timedelta(days=1),
        "has_been": True,
        "withdraw_url": dead_link("withdraw_by_link", language),
        "link": dead_link(page, language),
        "expires_at": timezone.now() + timedelta(days=1),
        "survey_url": dead_link("survey", language),
        "first_answers": [
            {"value": value, "label": str(label)} for value, label in Usefulness.choices
        ],
        "closes_at": session.ends_at + timedelta(days=14),
    }


def _made_up() -> LearningSession:
    """A session nobody has planned, for a portal that has none yet."""
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=7)
    return LearningSession(
        pk=0,
        title_sv=_("A session"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        venue=_("Town hall"),
    )


offer(
    "1 sessions",
    Source(
        gettext_lazy("Sessions"),
        {
            "learning/seat_confirmed": About(
                gettext_lazy("A seat"),
                gettext_lazy("to who has registered and got a seat"),
            ),
            "learning/registered_by_colleague": About(
                gettext_lazy("A seat, by a colleague"),
                gettext_lazy("to who was registered by somebody else and got a seat"),
            ),
            "learning/place_in_queue": About(
                gettext_lazy("A place in the queue"),
                gettext_lazy("to who has registered when the session is full"),
            ),
            "learning/seat_from_queue": About(
                gettext_lazy("A seat from the queue"),
                gettext_lazy("to who was in the queue when a seat became free"),
            ),
            "learning/place_given_back": About(
                gettext_lazy("A seat given back"),
                gettext_lazy("to who had a seat and has given it back"),
            ),
            "learning/queue_left": About(
                gettext_lazy("The queue left"),
                gettext_lazy("to who was in the queue and has left it"),
            ),
            "learning/place_forfeited": About(
                gettext_lazy("A seat lost"),
                gettext_lazy("to who has a seat for partners only, and acts for none any more"),
            ),
            "learning/queue_forfeited": About(
                gettext_lazy("A place in the queue lost"),
                gettext_lazy("to who is in a queue for partners only, and acts for none any more"),
            ),
            "learning/session_moved": About(
                gettext_lazy("New time"),
                gettext_lazy("to everybody with a place, when the session gets another time"),
            ),
            "learning/session_changed": About(
                gettext_lazy("Another place, end or link"),
                gettext_lazy("to everybody with a place, when something else is changed"),
            ),
            "learning/session_cancelled": About(
                gettext_lazy("Cancelled"),
                gettext_lazy("to everybody with a place, when the session is cancelled"),
            ),
            "learning/session_reminder": About(
                gettext_lazy("Reminder to who has a seat"),
                gettext_lazy("before the session, by the rules of its series"),
            ),
            "learning/session_reminder_queue": About(
                gettext_lazy("Reminder to who is in the queue"),
                gettext_lazy("before the session, where a rule says so"),
            ),
            "learning/session_reminder_lead": About(
                gettext_lazy("Reminder to who leads"),
                gettext_lazy("before the session, where a rule says so"),
            ),
            "learning/session_material": About(
                gettext_lazy("The material"),
                gettext_lazy("when a rule says so, or whoever leads the session tells of it"),
            ),
            "learning/survey_invitation": About(
                gettext_lazy("The survey"),
                gettext_lazy("after the session, to who came"),
            ),
            "learning/confirm_visit": About(
                gettext_lazy("Confirm a visit"),
                gettext_lazy("to who wants to come to an open session and has no account"),
            ),
        },
        things,
        context,
    ),
)
