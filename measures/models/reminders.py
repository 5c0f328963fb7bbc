"""When partners are reminded of measures nobody has told of for long, and what became of it."""

from datetime import datetime, time

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.measures import Measure
from partners.models import (
    ReminderRule,
    ReminderRuleEdge,
    ReminderRuleSide,
    ReminderRuleUnit,
    User,
    rule_constraints,
)

FEWEST_DAYS, MOST_DAYS = 14, 730  # of silence before somebody is reminded
FIRST_CLOCK, LAST_CLOCK = time(8), time(16, 59)  # when: in working hours
# Of a measure that was told of at some moment: so long after it.
COUNTED = {
    "unit": ReminderRuleUnit.DAYS,
    "side": ReminderRuleSide.AFTER,
    "edge": ReminderRuleEdge.END,
}
# What the portal comes with: after half a year, and once more a month later.
STANDARD_DAYS = (180, 210)
STANDARD_CLOCK = time(9, 0)


class MeasureReminderQuerySet(models.QuerySet["MeasureReminder"]):
    def plant(self) -> None:
        """Make the rules the portal comes with if there are none; a migration made them first."""
        if not self.exists():
            self.bulk_create(
                self.model(**COUNTED, amount=days, clock=STANDARD_CLOCK) for days in STANDARD_DAYS
            )

    def standing(self) -> "MeasureReminderQuerySet":
        return self.filter(removed_at__isnull=True).order_by("amount", "clock", "pk")

    def visible_to(self, user: User | AnonymousUser) -> "MeasureReminderQuerySet":
        """They hold for all partners: coordinators see them, nobody else does."""
        return self.all() if isinstance(user, User) and user.is_coordinator else self.none()


class MeasureReminder(ReminderRule):
    """A rule: so many days after a measure was last told of, its partner is reminded of it."""

    objects = MeasureReminderQuerySet.as_manager()

    class Meta(ReminderRule.Meta):
        verbose_name = _("reminder of measures")
        verbose_name_plural = _("reminders of measures")
        constraints = [
            *rule_constraints(MOST_DAYS),
            models.CheckConstraint(
                condition=Q(**COUNTED), name="measurereminder_counts_days_after_the_last_news"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=FEWEST_DAYS), name="measurereminder_gives_time_to_tell"
            ),
            models.CheckConstraint(
                condition=Q(clock__range=(FIRST_CLOCK, LAST_CLOCK)),
                name="measurereminder_is_due_in_working_hours",
            ),
            models.UniqueConstraint(
                fields=["amount", "clock"],
                condition=Q(removed_at__isnull=True),
                name="measurereminder_is_there_once",
                violation_error_message=_("That reminder is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.get_unit_display()}, {self.clock:%H:%M}"


class MeasureReminderRunState(models.TextChoices):
    DONE = "done", _("done")
    MISSED = "missed", _("missed")


class MeasureReminderRunBecause(models.TextChoices):
    """Why a run was missed."""

    CLOCK = "clock", _("The portal’s clock stood still until it was too late.")
    NOBODY = "nobody", _("There was nobody to write to, not even a coordinator.")


class MeasureReminderWhom(models.TextChoices):
    """Who was written to."""

    CONTACT = "contact", _("the contact persons")
    MEMBER = "member", _("another of the partner’s people")
    COORDINATOR = "coordinator", _("the coordinators")


class MeasureReminderRunQuerySet(models.QuerySet["MeasureReminderRun"]):
    def done(self) -> "MeasureReminderRunQuerySet":
        return self.filter(state=MeasureReminderRunState.DONE)

    def missed(self) -> "MeasureReminderRunQuerySet":
        return self.filter(state=MeasureReminderRunState.MISSED)

    def occasions(self, since: datetime) -> list[str]:
        """How the keys of the letters of these begin that were written *since*. One query."""
        written = self.done().filter(noted_at__gte=since)
        return list(written.order_by().values_list("occasion", flat=True).distinct())


class MeasureReminderRun(models.Model):
    """What became of a rule at a measure, for the moment at which it was due."""

    rule = models.ForeignKey(MeasureReminder, models.PROTECT, related_name="runs")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="reminder_runs")
    due_at = models.DateTimeField(_("due at"))
    told_at = models.DateTimeField(_("last told of then"))
    state = models.CharField(_("state"), max_length=6, choices=MeasureReminderRunState)
    # Who was written to, and how the keys of the letters begin; "": nobody was.
    whom = models.CharField(_("to whom"), max_length=11, choices=MeasureReminderWhom, blank=True)
    occasion = models.CharField(_("how the keys of its letters begin"), max_length=80, blank=True)
    because = models.CharField(
        _("reason"), max_length=6, choices=MeasureReminderRunBecause, blank=True
    )
    # When it was too late to catch it up. NULL: it was done.
    lapsed_at = models.DateTimeField(_("too late from"), null=True, blank=True)
    noted_at = models.DateTimeField(_("noted at"))

    objects = MeasureReminderRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a reminder of measures")
        verbose_name_plural = _("runs of reminders of measures")
        indexes = [models.Index(fields=["due_at"], name="measurereminderrun_due_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "rule", "due_at"], name="measurereminderrun_is_done_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MeasureReminderRunState.values),
                name="measurereminderrun_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(because="") | Q(because__in=MeasureReminderRunBecause.values),
                name="measurereminderrun_because_is_known",
            ),
            models.CheckConstraint(
                condition=Q(whom="") | Q(whom__in=MeasureReminderWhom.values),
                name="measurereminderrun_whom_is_known",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=MeasureReminderRunState.DONE, because="", lapsed_at__isnull=True)
                    & ~Q(whom="")
                    & ~Q(occasion="")
                )
                | (
                    Q(state=MeasureReminderRunState.MISSED, lapsed_at__isnull=False)
                    & Q(whom="", occasion="")
                    & ~Q(because="")
                ),
                name="measurereminderrun_is_written_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.due_at:%Y-%m-%d %H:%M}"
