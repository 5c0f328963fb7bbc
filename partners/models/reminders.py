"""Rules of reminders, whatever they are about: an app makes its own table of them."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import moments
from partners.models.people import User

MOST_DAYS = 60
MOST_MINUTES = MOST_DAYS * 24 * 60
UNDO_FOR = timedelta(minutes=15)  # after it was removed


class ReminderRuleUnit(models.TextChoices):
    DAYS = "days", _("days")
    MINUTES = "minutes", _("minutes")


class ReminderRuleSide(models.TextChoices):
    BEFORE = "before", _("before")
    AFTER = "after", _("after")


class ReminderRuleEdge(models.TextChoices):
    START = "start", _("the start")
    END = "end", _("the end")


def rule_constraints(most_days: int) -> list[models.BaseConstraint]:
    """What holds of every rule, for a table of rules that are due *most_days* away at most."""
    return [
        models.CheckConstraint(
            condition=Q(unit__in=ReminderRuleUnit.values), name="%(class)s_unit_is_known"
        ),
        models.CheckConstraint(
            condition=Q(side__in=ReminderRuleSide.values), name="%(class)s_side_is_known"
        ),
        models.CheckConstraint(
            condition=Q(edge__in=ReminderRuleEdge.values), name="%(class)s_edge_is_known"
        ),
        models.CheckConstraint(
            condition=Q(unit=ReminderRuleUnit.DAYS, amount__lte=most_days, clock__isnull=False)
            | Q(unit=ReminderRuleUnit.MINUTES, amount__lte=most_days * 24 * 60, clock__isnull=True),
            name="%(class)s_days_have_a_clock_time_and_are_few",
        ),
        models.CheckConstraint(
            condition=Q(switched_by__isnull=True) | Q(switched_at__isnull=False),
            name="%(class)s_switched_by_has_a_moment",
        ),
        models.CheckConstraint(
            condition=Q(removed_by__isnull=True) | Q(removed_at__isnull=False),
            name="%(class)s_removed_by_has_a_moment",
        ),
    ]


class ReminderRule(models.Model):
    """So many days or minutes before or after something begins or ends, somebody is reminded.

    Where it is days, at a clock time. What a rule says is never changed: another takes its place,
    so that what it once did can still be read.
    """

    amount = models.PositiveIntegerField(_("how long"))
    unit = models.CharField(_("unit"), max_length=7, choices=ReminderRuleUnit)
    side = models.CharField(_("side"), max_length=6, choices=ReminderRuleSide)
    edge = models.CharField(_("counted from"), max_length=5, choices=ReminderRuleEdge)
    clock = models.TimeField(_("clock time"), null=True, blank=True)
    is_off = models.BooleanField(_("switched off"), default=False)
    # It is about moments from here on; NULL: about all, as of what has always been so.
    counts_from = models.DateTimeField(_("counts from"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    # NULL: the portal came with it
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    switched_at = models.DateTimeField(_("switched on or off at"), null=True, editable=False)
    switched_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    removed_at = models.DateTimeField(_("removed at"), null=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = rule_constraints(MOST_DAYS)

    def undo_until(self) -> datetime | None:
        """Until when whoever removed it may let it hold again; None while it holds."""
        return self.removed_at + UNDO_FOR if self.removed_at else None

    def may_be_restored(self, by: User, now: datetime) -> bool:
        """Whether *by* has removed it so lately that they may let it hold again."""
        until = self.undo_until()
        return until is not None and self.removed_by_id == by.pk and now < until

    def moment(self, starts_at: datetime, ends_at: datetime) -> datetime:
        """When the rule is due for something that lasts from *starts_at* to *ends_at*."""
        edge = starts_at if self.edge == ReminderRuleEdge.START else ends_at
        amount = -self.amount if self.side == ReminderRuleSide.BEFORE else self.amount
        if self.unit == ReminderRuleUnit.MINUTES or self.clock is None:
            return moments.by_minutes(edge, amount)
        return moments.by_days(edge, amount, self.clock)
