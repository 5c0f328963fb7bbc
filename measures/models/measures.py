"""Doing: challenges, climate measures, how they go, and what stood in the way."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from learning.models import BarrierType, Intention, LearningSession
from partners.models import (
    FocusArea,
    Organisation,
    OrganisationStatus,
    User,
    in_all_words,
    in_language,
    in_words,
    not_left,
    search_key,
    searches,
)
from partners.reading.searches import Sought, sought


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def open(self) -> "ChallengeQuerySet":
        """Those that can be taken on."""
        return self.filter(retired_at=None)

    def visible_to(self, user: User | AnonymousUser) -> "ChallengeQuerySet":
        """Challenges are public."""
        return self.all()


class Challenge(models.Model):
    """A challenge of the roadmap that an organisation can take on."""

    focus_area = models.ForeignKey(FocusArea, models.PROTECT, related_name="challenges")
    title_sv = models.CharField(_("title in Swedish"), max_length=150)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    # What it means to take it on. A default in the database, too, for older code.
    meaning_sv = models.TextField(
        _("what taking it on means, in Swedish"), max_length=1000, blank=True, db_default=""
    )
    meaning_en = models.TextField(
        _("what taking it on means, in English"), max_length=1000, blank=True, db_default=""
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # From when on nobody takes it on any more; who has, keeps it.
    retired_at = models.DateTimeField(_("retired at"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    updated_at = models.DateTimeField(_("changed at"), null=True, editable=False)
    updated_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["focus_area__position", "position", "pk"]
        verbose_name = _("climate challenge")
        verbose_name_plural = _("climate challenges")

    def __str__(self) -> str:
        return in_language(self.title_sv, self.title_en)

    @property
    def meaning(self) -> str:
        return in_language(self.meaning_sv, self.meaning_en)


class MeasureStatus(models.TextChoices):
    IDEA = "idea", _("idea")
    PLANNED = "planned", _("planned")
    IN_PROGRESS = "in_progress", _("in progress")
    COMPLETED = "completed", _("completed")
    PAUSED = "paused", _("paused")
    CANCELLED = "cancelled", _("cancelled")


class EffectMethod(models.TextChoices):
    """How a figure is known; many measures only enable others, and are not quantified."""

    MEASURED = "measured", _("measured")
    CALCULATED = "calculated", _("calculated")
    ESTIMATED = "estimated", _("estimated")
    NOT_QUANTIFIED = "not_quantified", _("not quantified")


# What counts in a sum: what is decided on or done, the furthest first.
COUNTING = (MeasureStatus.COMPLETED, MeasureStatus.IN_PROGRESS, MeasureStatus.PLANNED)
# Of what nobody waits for news any more.
OVER = (MeasureStatus.COMPLETED, MeasureStatus.CANCELLED)


class MeasureQuerySet(models.QuerySet["Measure"]):
    def published(self) -> "MeasureQuerySet":
        return self.filter(published_at__isnull=False)

    def awaited(self) -> "MeasureQuerySet":
        """Those of which news is waited for: shown to everybody, not over, of a partner.

        Since when, is updated_at: who changes a measure or says that nothing is new tells of it.
        """
        going_on = self.published().exclude(status__in=OVER)
        return going_on.filter(
            not_left("organisation__"), organisation__status=OrganisationStatus.ACTIVE
        )

    def visible_to(self, user: User | AnonymousUser) -> "MeasureQuerySet":
        """What is published is public; drafts belong to the organisation; coordinators see all."""
        if isinstance(user, User) and user.is_coordinator:
            return self.all()
        mine = Organisation.objects.of(user).values("pk")
        return self.filter(Q(published_at__isnull=False) | Q(organisation__in=mine))

    def with_counts(self) -> "MeasureQuerySet":
        """Add counts: whether the effect is in a sum of published measures, by the status."""
        return self.annotate(counts=Q(status__in=COUNTING))

    def with_reports(self) -> "MeasureQuerySet":
        """Fetch the progress reports, too: who wrote each, and what it says stands in the way."""
        reports = MeasureReport.objects.select_related("created_by").prefetch_related("barriers")
        return self.prefetch_related(models.Prefetch("reports", reports))

    def matching(self, wishes: Mapping[str, Any], user: User | AnonymousUser) -> "MeasureQuerySet":
        """Those *user* looks for, by name of the wish: q, area, status, organisation, ours."""
        return self.filter(*(_WISHES[name](value, user) for name, value in wishes.items()))

    def found_by(self, what: Sought, *, by_any: bool = False) -> "MeasureQuerySet":
        """Those that *what* may mean, also by whose they are; see searches.found_by."""
        text = searches.Folded("search_key")
        return searches.found_by(self, what, by_any=by_any, whole=text, organisation=Organisation)

    def nearest(self, text: str) -> tuple["MeasureQuerySet", str]:
        """Those that come near *text*, and the words that were probably meant, "" for these.

        For when nothing has the words as they stand. One query.
        """
        what = sought(text)
        said = Concat(
            "description", Value(" "), "organisation__name", output_field=models.TextField()
        )
        found = self.found_by(what).values_list("pk", "title", said)
        pks, meant = searches.nearest(what, found)
        return self.filter(pk__in=pks), meant


def _in_words(text: str, user: User | AnonymousUser) -> Q:
    return in_all_words(text, "search_key", organisation=Organisation)


_WISHES: dict[str, Callable[[Any, User | AnonymousUser], Q]] = {
    "q": _in_words,
    "area": lambda area, user: Q(focus_area=area),
    "status": lambda status, user: Q(status=status),
    "organisation": lambda organisation, user: Q(organisation=organisation),
    "ours": lambda ticked, user: Q(organisation__in=Organisation.objects.of(user).values("pk")),
}


class Effect(models.Model):
    """A yearly reduction, expected or achieved, with how it is known: both or neither.

    In tonnes CO2e a year at full effect; NULL means not known.
    """

    reduction_t = models.DecimalField(
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    method = models.CharField(
        _("how it is known"),
        max_length=14,
        choices=EffectMethod,
        default=EffectMethod.NOT_QUANTIFIED,
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(method=EffectMethod.NOT_QUANTIFIED, reduction_t__isnull=True)
                | (~Q(method=EffectMethod.NOT_QUANTIFIED) & Q(reduction_t__isnull=False)),
                name="%(class)s_figure_and_method_go_together",
                violation_error_message=_(
                    "Give both the effect and how it is known, or choose “not quantified”."
                ),
            ),
            models.CheckConstraint(
                condition=Q(method__in=EffectMethod.values), name="%(class)s_method_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reduction_t__isnull=True) | Q(reduction_t__gte=0),
                name="%(class)s_reduction_is_not_negative",
            ),
        ]


class Measure(Effect):
    """Something an organisation does for the climate.

    reduction_t is the expected effect in tonnes CO2e a year at full effect; NULL means not known.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="measures")
    title = models.CharField(_("what"), max_length=150)
    description = models.TextField(_("description"), blank=True)
    focus_area = models.ForeignKey(
        FocusArea, models.PROTECT, verbose_name=_("focus area"), related_name="measures"
    )
    challenge = models.ForeignKey(
        Challenge,
        models.PROTECT,
        verbose_name=_("climate challenge"),
        null=True,
        blank=True,
        related_name="measures",
    )
    status = models.CharField(
        _("status"), max_length=11, choices=MeasureStatus, default=MeasureStatus.PLANNED
    )
    start_on = models.DateField(_("start"), null=True, blank=True)
    end_on = models.DateField(_("end"), null=True, blank=True)
    reduction_t = models.DecimalField(
        _("expected effect, tonnes CO₂e a year"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    origin_session = models.ForeignKey(
        LearningSession,
        models.PROTECT,
        verbose_name=_("grew out of the session"),
        null=True,
        blank=True,
        related_name="measures",
    )
    origin_intention = models.ForeignKey(
        Intention, models.PROTECT, null=True, blank=True, related_name="measures"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    title_key = searches.title_key("title")
    search_key = search_key("title", "description")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("climate measure")
        verbose_name_plural = _("climate measures")
        indexes = [
            searches.title_index("measure_title_key"),
            searches.whole_index("measure_whole_text"),
        ]
        constraints = [
            *Effect.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=MeasureStatus.values), name="measure_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True)
                | Q(start_on__isnull=True)
                | Q(end_on__gte=F("start_on")),
                name="measure_ends_after_it_starts",
                violation_error_message=_(
                    "The end date is before the start date. Change one of them."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


UNDO_FOR = timedelta(minutes=15)


class MeasureReport(Effect):
    """How a measure goes, told on a day: its state, what was achieved, what comes next.

    Of one that says nothing is new, nothing_new_since is when the measure was updated before.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="reports")
    status = models.CharField(_("status"), max_length=11, choices=MeasureStatus)
    text = models.TextField(_("what has happened"))
    reduction_t = models.DecimalField(
        _("achieved effect, tonnes CO₂e a year"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    nothing_new_since = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Effect.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=MeasureStatus.values), name="measurereport_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "measure", "created_by")

    @property
    def undo_until(self) -> datetime | None:
        """Until when it can be taken back; None of a report that tells something."""
        return None if self.nothing_new_since is None else self.created_at + UNDO_FOR

    def may_be_undone(self, now: datetime) -> bool:
        return self.undo_until is not None and now < self.undo_until


class MeasureBarrier(models.Model):
    """What stood in the way of a measure, in one of the three kinds."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="barriers")
    report = models.ForeignKey(
        MeasureReport, models.CASCADE, null=True, blank=True, related_name="barriers"
    )
    type = models.CharField(_("kind of barrier"), max_length=25, choices=BarrierType)
    text = models.CharField(_("what stands in the way"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=BarrierType.values), name="measurebarrier_type_is_known"
            ),
            models.UniqueConstraint(
                fields=["measure", "report", "type"],
                nulls_distinct=False,
                name="measurebarrier_one_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.get_type_display())
