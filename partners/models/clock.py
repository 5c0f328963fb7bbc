"""When nothing was sent: because somebody stopped it, or because the clock stood still."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.models.people import User


class PostStopQuerySet(models.QuerySet["PostStop"]):
    def standing(self) -> "PostStopQuerySet":
        """The one that has not been lifted, if any."""
        return self.filter(lifted_at=None)


class PostStop(models.Model):
    """Somebody lets no letter leave until they say so; login codes go all the same."""

    stopped_at = models.DateTimeField(_("stopped at"))
    stopped_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("stopped by")
    )
    why = models.CharField(_("why"), max_length=200, blank=True)
    lifted_at = models.DateTimeField(_("let go at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("let go by")
    )

    objects = PostStopQuerySet.as_manager()

    class Meta:
        verbose_name = _("stop of all e-mails")
        verbose_name_plural = _("stops of all e-mails")
        constraints = [
            models.UniqueConstraint(
                fields=["lifted_at"], nulls_distinct=False, name="post_is_stopped_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="post_stop_is_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.stopped_at)


class ClockGapQuerySet(models.QuerySet["ClockGap"]):
    def untold(self, before: datetime) -> "ClockGapQuerySet":
        """Those that ended *before* and that nobody has been told of, the oldest first."""
        return self.filter(told_at=None, ended_at__lte=before).order_by("began_at")


class ClockGap(models.Model):
    """A time in which the clock did nothing."""

    began_at = models.DateTimeField(_("from"), unique=True)  # the last that was done before it
    ended_at = models.DateTimeField(_("to"))
    told_at = models.DateTimeField(_("coordinators told at"), null=True, blank=True)
    caught_up = models.PositiveIntegerField(_("sent afterwards"), default=0)  # once it is told
    missed = models.PositiveIntegerField(_("too late to send"), default=0)  # likewise

    objects = ClockGapQuerySet.as_manager()

    class Meta:
        verbose_name = _("time in which the clock stood still")
        verbose_name_plural = _("times in which the clock stood still")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gt=F("began_at")), name="clock_gap_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return f"{self.began_at} – {self.ended_at}"
