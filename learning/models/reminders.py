"""When people are reminded of sessions: the rules, and what became of each at a session."""

from datetime import datetime, time

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from learning.models.places import RegistrationState
from learning.models.sessions import LearningSession, Series
from partners.models import (
    Message,
    MessageState,
    ReminderRule,
    ReminderRuleEdge,
    ReminderRuleSide,
    ReminderRuleUnit,
    User,
)


class SessionReminderLetter(models.TextChoices):
    REMINDER = "session_reminder", _("Reminder before the session")
    MATERIAL = "session_material", _("The material after the session")


class SessionReminderWhom(models.TextChoices):
    CONFIRMED = "confirmed", _("those who have a seat")
    WAITING = "waiting", _("those in the queue")
    ATTENDED = "attended", _("those who came")
    ABSENT = "absent", _("those who did not come")
    LEAD = "lead", _("whoever leads the session")


# From where a letter counts: nobody is reminded of what has been, and material comes afterwards.
COUNTED_FROM = {
    SessionReminderLetter.REMINDER: (ReminderRuleSide.BEFORE, ReminderRuleEdge.START),
    SessionReminderLetter.MATERIAL: (ReminderRuleSide.AFTER, ReminderRuleEdge.END),
}
# What the portal does where nobody has said anything else: the day before at nine.
STANDARD_CLOCK = time(9, 0)
STANDARD = {
    "letter": SessionReminderLetter.REMINDER,
    "whom": SessionReminderWhom.CONFIRMED,
    "amount": 1,
    "unit": ReminderRuleUnit.DAYS,
    "side": ReminderRuleSide.BEFORE,
    "edge": ReminderRuleEdge.START,
    "clock": STANDARD_CLOCK,
}


class SessionReminderQuerySet(models.QuerySet["SessionReminder"]):
    def plant(self) -> None:
        """Make the portal's standard if there is none; a migration made it at first."""
        if not self.standard().standing().exists():
            self.create(**STANDARD)

    def standing(self) -> "SessionReminderQuerySet":
        return self.filter(removed_at__isnull=True)

    def standard(self) -> "SessionReminderQuerySet":
        """What holds where neither series nor session has rules of its own."""
        return self.filter(series__isnull=True, session__isnull=True)

    def concerning(
        self, sessions: "list[LearningSession]", series: "list[int]"
    ) -> "SessionReminderQuerySet":
        """The rules, removed ones too, of these, of these series, and the standard."""
        standard = Q(series__isnull=True, session__isnull=True)
        these = Q(session__in=[session.pk for session in sessions]) | Q(series__in=series)
        return self.filter(standard | these).order_by("pk")

    def visible_to(self, user: User | AnonymousUser) -> "SessionReminderQuerySet":
        """Those who plan sessions see the rules of series and sessions; coordinators all."""
        if not isinstance(user, User) or not user.is_staff_of_portal:
            return self.none()
        if user.is_coordinator:
            return self.all()
        return self.exclude(series__isnull=True, session__isnull=True)


class SessionReminder(ReminderRule):
    """A rule: so long before or after a session, these people get this letter.

    Of a series, of one session, or of neither: that is the portal's standard. A session's own rules
    take the place of those of its series as a whole, and these that of the standard.
    """

    series = models.ForeignKey(
        Series, models.CASCADE, verbose_name=_("series"), null=True, related_name="reminders"
    )
    session = models.ForeignKey(
        LearningSession, models.CASCADE, null=True, related_name="reminders"
    )
    letter = models.CharField(_("e-mail"), max_length=20, choices=SessionReminderLetter)
    whom = models.CharField(_("to whom"), max_length=9, choices=SessionReminderWhom)

    objects = SessionReminderQuerySet.as_manager()

    class Meta(ReminderRule.Meta):
        verbose_name = _("reminder of sessions")
        verbose_name_plural = _("reminders of sessions")
        constraints = [
            *ReminderRule.Meta.constraints,
            models.CheckConstraint(
                condition=Q(letter__in=SessionReminderLetter.values),
                name="sessionreminder_letter_is_known",
            ),
            models.CheckConstraint(
                condition=Q(whom__in=SessionReminderWhom.values),
                name="sessionreminder_whom_is_known",
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True) | Q(session__isnull=True),
                name="sessionreminder_is_of_a_series_or_a_session_not_both",
            ),
            models.UniqueConstraint(
                fields=["series", "session", "letter", "whom"]
                + ["amount", "unit", "side", "edge", "clock"],
                condition=Q(removed_at__isnull=True),
                nulls_distinct=False,
                name="sessionreminder_is_there_once",
                violation_error_message=_("That reminder is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_letter_display()}: {self.get_whom_display()}"


class SessionReminderRunState(models.TextChoices):
    DONE = "done", _("done")
    MISSED = "missed", _("missed")


class SessionReminderRunBecause(models.TextChoices):
    """Why a run was missed."""

    CLOCK = "clock", _("The portal’s clock stood still until it was too late.")
    UNPUBLISHED = "unpublished", _("The session was not published then.")
    NOT_NOTED = "not_noted", _("Attendance was not noted in time.")
    NO_MATERIAL = "no_material", _("There was no material in time.")


_KEY = "learning.session_reminder:"


class SessionReminderRunQuerySet(models.QuerySet["SessionReminderRun"]):
    def done(self) -> "SessionReminderRunQuerySet":
        return self.filter(state=SessionReminderRunState.DONE)

    def lacking(self, now: datetime, midnight: datetime) -> "SessionReminderRunQuerySet":
        """Done for sessions that have not begun, while somebody with a place has no row of it.

        They got their place later, or took back what they had given up. On the day itself, before
        *midnight* (the next one), also whose letter of the day before did not leave in time. Each
        run once for each of them; one query.
        """
        place = "session__registrations__"
        seated = Q(rule__whom=SessionReminderWhom.CONFIRMED)
        seated &= Q(**{f"{place}state": RegistrationState.CONFIRMED})
        waits = Q(rule__whom=SessionReminderWhom.WAITING)
        waits &= Q(**{f"{place}state": RegistrationState.QUEUED})
        reached = Q(**{f"{place}leaves_at": None, f"{place}person__is_active": True})
        reached &= Q(**{f"{place}person__email__isnull": False})
        texts = [Value(_KEY), _text("session_id"), Value(":"), _text(f"{place}person_id")]
        key = Concat(*texts, Value(":"), F("occasion"), output_field=TextField())
        of_today = Concat(OuterRef("key"), Value(":day"), output_field=TextField())
        letters = Message.objects.filter(key=OuterRef("key"))
        lapsed = letters.filter(state=MessageState.SKIPPED, useless_after__lte=now)
        again = Q(Exists(lapsed), session__starts_at__lt=midnight, since__lte=F("due_at"))
        return (
            self.done()
            .filter(
                seated | waits,
                reached,
                session__starts_at__gt=now,
                session__published_at__isnull=False,
                session__cancelled_at__isnull=True,
                starts_at=F("session__starts_at"),
                rule__letter=SessionReminderLetter.REMINDER,
                rule__is_off=False,
                rule__removed_at__isnull=True,
            )
            .annotate(key=key, since=Coalesce(f"{place}seated_at", f"{place}created_at"))
            .exclude(Exists(Message.objects.filter(key=of_today)))
            .filter(~Exists(letters) | again)
        )


def _text(name: str) -> Cast:
    return Cast(F(name), TextField())


class SessionReminderRun(models.Model):
    """What became of a rule at a session, for the moment at which it was due."""

    rule = models.ForeignKey(SessionReminder, models.PROTECT, related_name="runs")
    session = models.ForeignKey(LearningSession, models.PROTECT, related_name="reminder_runs")
    due_at = models.DateTimeField(_("due at"))
    starts_at = models.DateTimeField(_("the session’s start then"))
    occasion = models.CharField(_("how the keys of its letters end"), max_length=40)
    state = models.CharField(_("state"), max_length=6, choices=SessionReminderRunState)
    letters = models.PositiveIntegerField(_("letters"), default=0)
    because = models.CharField(
        _("reason"), max_length=11, choices=SessionReminderRunBecause, blank=True
    )
    # When it was too late to catch it up. NULL: it was done.
    lapsed_at = models.DateTimeField(_("too late from"), null=True, blank=True)
    noted_at = models.DateTimeField(_("noted at"))

    objects = SessionReminderRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a reminder")
        verbose_name_plural = _("runs of reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "rule", "due_at", "starts_at"],
                name="sessionreminderrun_is_done_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SessionReminderRunState.values),
                name="sessionreminderrun_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(because="") | Q(because__in=SessionReminderRunBecause.values),
                name="sessionreminderrun_because_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state=SessionReminderRunState.DONE, because="", lapsed_at__isnull=True)
                | (
                    Q(state=SessionReminderRunState.MISSED, lapsed_at__isnull=False)
                    & ~Q(because="")
                ),
                name="sessionreminderrun_missed_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.due_at:%Y-%m-%d %H:%M}"
