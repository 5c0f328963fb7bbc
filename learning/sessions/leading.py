"""What a session asks of whoever leads it: where it stands, and the one next thing to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.models import LearningSession, SurveyTally
from learning.places.registration import Situation, situation
from learning.reminders.outlook import Line, Outlook, State
from partners.models import moment_in_words

READ_THROUGH = timedelta(days=4)  # before the reminder leaves there is time to change something
MATERIAL_IS_LATE = timedelta(days=7)  # after the end: what has not come by now is not waited for
ANSWERS_ARE_NEW = timedelta(days=60)  # after the end


class Act(StrEnum):
    """What the button of the next thing does."""

    PUBLISH = "publish"
    READ_THROUGH = "read_through"
    NOTE = "note"
    UPLOAD = "upload"
    READ_ANSWERS = "read_answers"


@dataclass(frozen=True)
class NextThing:
    """The one thing to do now, and why."""

    act: Act
    title: str
    text: str
    is_late: bool = False


@dataclass(frozen=True)
class Check:
    """One thing of the list of what there is to do, and where it is done."""

    is_done: bool | None  # None: nobody notes it
    text: str
    address: str


# How the state of a session is said to its lead, and the look of the tag.
STATES: dict[Situation, tuple[str | Promise, str]] = {
    Situation.DRAFT: (gettext_lazy("Draft"), "warn"),
    Situation.CANCELLED: (gettext_lazy("Cancelled"), "err"),
    Situation.PAST: (gettext_lazy("Has been held"), "plain"),
    Situation.NOT_YET: (gettext_lazy("Registration is not open yet"), "plain"),
    Situation.CLOSED: (gettext_lazy("Registration is closed"), "plain"),
    Situation.FULL: (gettext_lazy("Fully booked"), "warn"),
    Situation.OPEN: (gettext_lazy("Registration is open"), "ok"),
}


def state_of(session: LearningSession, now: datetime) -> tuple[str, str]:
    """How *session* (with_places) stands, in words, and the look of its tag."""
    if session.is_live and session.starts_at <= now < session.ends_at:
        return _("Going on now"), "info"
    is_draft = session.published_at is None and session.cancelled_at is None
    words, kind = STATES[Situation.DRAFT if is_draft else situation(session, None, now)]
    return str(words), kind


def how_far(session: LearningSession, now: datetime) -> str:
    """How many days there are until *session*, in words; "" where the date says enough."""
    first, last = (timezone.localtime(moment).date() for moment in (now, session.starts_at))
    days = (last - first).days
    near = {0: _("today"), 1: _("tomorrow"), 2: _("the day after tomorrow")}
    if days in near:
        return near[days]
    return _("in %(n)s days") % {"n": days} if 2 < days < 15 else ""


def is_late_for_material(session: LearningSession, now: datetime) -> bool:
    return session.ends_at + MATERIAL_IS_LATE < now


def before(session: LearningSession, reminders: Outlook, now: datetime) -> list[Check]:
    """What there is to do before *session*, with its *reminders*."""
    is_out = session.published_at is not None
    page = _address(session, "session_detail") + "?as=participant"
    checks = [
        Check(
            bool(session.programme_sv),
            _("Time, place and programme"),
            _address(session, "session_edit"),
        ),
        Check(is_out, _("The session is published"), page),
    ]
    coming = [line for line in reminders.lines if line.is_reminder]
    checks += [_leaves(session, line, now) for line in coming if is_out or now < line.due_at]
    if not coming:
        checks.append(
            Check(None, _("No reminder before the session"), _address(session, "session_reminders"))
        )
    return [*checks, Check(None, _("Print the name list"), _address(session, "participants_list"))]


def _leaves(session: LearningSession, line: Line, now: datetime) -> Check:
    """When a reminder leaves, or what became of it; of a draft none has left."""
    moment = timezone.localtime(line.due_at)
    day = date_format(moment, "j F")
    # Translators: a clock time, as in "16:00".
    said = {"day": day, "clock": date_format(moment, _("H:i"))}
    has_left = line.due_at <= now
    texts = {
        State.OFF: _("The reminder is switched off"),
        State.NEVER: _("The reminder would come after the start"),
        State.MISSED: _("The reminder of %(day)s was missed") % said,
    }
    left = _("The reminder left on %(day)s") % said
    leaves = _("The reminder: %(day)s at %(clock)s Swedish time") % said
    text = texts.get(line.state, left if has_left else leaves)
    is_done = None if line.state in {State.OFF, State.NEVER} else has_left
    return Check(
        False if line.state is State.MISSED else is_done,
        text,
        _address(session, "session_reminders"),
    )


def after(session: LearningSession) -> list[Check]:
    """What there is to do after *session* (with_material)."""
    is_noted, has_material = session.attendance_taken_at is not None, session.material_count > 0
    return [
        Check(is_noted, _("Note attendance"), _address(session, "attendance")),
        Check(has_material, _("Upload the material"), _address(session, "material_upload")),
        Check(None, _("Read the answers"), _address(session, "survey_results")),
    ]


def _address(session: LearningSession, page: str) -> str:
    return reverse(page, kwargs={"pk": session.pk})


def next_thing(session: LearningSession, reminders: Outlook, now: datetime) -> NextThing | None:
    """What whoever leads *session* (with_material) does next; None: nothing. One query at most."""
    if session.cancelled_at is not None:
        return None
    if session.published_at is None:
        text = _("Nobody but the project sees it before that.")
        return NextThing(Act.PUBLISH, _("Publish the session when it is ready"), text)
    if now < session.starts_at:
        return _before(reminders, now)
    return _after(session, now)


def _before(reminders: Outlook, now: datetime) -> NextThing | None:
    coming = [line.due_at for line in reminders.lines if line.is_next]
    leaves_at = min(coming, default=None)
    if leaves_at is None or now < leaves_at - READ_THROUGH:
        return None
    title = _("Read the page through before the reminder leaves")
    text = _("The reminder leaves on %(when)s, to everybody who has a seat.")
    return NextThing(Act.READ_THROUGH, title, text % {"when": moment_in_words(leaves_at)})


def _after(session: LearningSession, now: datetime) -> NextThing | None:
    if session.attendance_taken_at is None:
        text = _("The survey and the report on participation wait for it.")
        return NextThing(Act.NOTE, _("Attendance has not been noted"), text, is_late=True)
    is_over = session.ends_at <= now
    if is_over and not session.material_count and not is_late_for_material(session, now):
        text = _("Those who were there look for it in the first days.")
        return NextThing(Act.UPLOAD, _("Upload the material"), text)
    if is_over and now < session.ends_at + ANSWERS_ARE_NEW:
        return _answers(session)
    return None


def _answers(session: LearningSession) -> NextThing | None:
    tally = SurveyTally.objects.filter(session=session).first()
    if tally is None:
        return None
    text = _("%(n)s answers are added up.") % {"n": tally.answered}
    return NextThing(Act.READ_ANSWERS, _("Read what the participants answered"), text)
