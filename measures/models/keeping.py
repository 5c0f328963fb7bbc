"""What organisations tell of the keeping of their promise: a target, contributions, reports."""

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation, User, in_words

FIRST_TARGET_YEAR, LAST_TARGET_YEAR = 2000, 2100


def _sees_all(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.is_coordinator


class OwnTargetQuerySet(models.QuerySet["OwnTarget"]):
    def visible_to(self, user: User | AnonymousUser) -> "OwnTargetQuerySet":
        """What partners aim at is public, as their promise is."""
        if _sees_all(user):
            return self.all()
        own = Q(organisation__in=Organisation.objects.of(user))
        return self.filter(own | Q(organisation__in=Organisation.objects.partners().values("pk")))


class OwnTarget(models.Model):
    """What an organisation knows of its own emissions, and how far it means to cut them.

    mapped_year is the latest year whose emissions are mapped; the target is to cut them by
    reduction_percent until target_year. NULL: not yet.
    """

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="own_target")
    mapped_year = models.PositiveSmallIntegerField(
        _("emissions mapped for the year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_TARGET_YEAR), MaxValueValidator(LAST_TARGET_YEAR)],
    )
    reduction_percent = models.PositiveSmallIntegerField(
        _("cut by, per cent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    target_year = models.PositiveSmallIntegerField(
        _("until the year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_TARGET_YEAR), MaxValueValidator(LAST_TARGET_YEAR)],
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = OwnTargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("an organisation’s own target")
        verbose_name_plural = _("organisations’ own targets")
        constraints = [
            models.CheckConstraint(
                condition=Q(reduction_percent__isnull=True, target_year__isnull=True)
                | Q(reduction_percent__isnull=False, target_year__isnull=False),
                name="owntarget_rate_and_year_go_together",
                violation_error_message=_("Give both by how much and until when."),
            ),
            models.CheckConstraint(
                condition=Q(reduction_percent__isnull=True)
                | Q(reduction_percent__gte=1, reduction_percent__lte=100),
                name="owntarget_rate_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "organisation")


class ContributionKind(models.TextChoices):
    SUMMIT = "summit", _("the climate summit")
    THEMATIC_GROUP = "thematic_group", _("a thematic group")
    STRATEGIC_GROUP = "strategic_group", _("the strategic group")
    PUBLISHED = "published", _("a published contribution")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def standing(self) -> "ContributionQuerySet":
        return self.filter(removed_at=None)

    def visible_to(self, user: User | AnonymousUser) -> "ContributionQuerySet":
        """Partners' contributions are public; what was taken away is for coordinators."""
        if _sees_all(user):
            return self.all()
        own = Q(organisation__in=Organisation.objects.of(user))
        public = Q(organisation__in=Organisation.objects.partners().values("pk"))
        return self.standing().filter(own | public)


class Contribution(models.Model):
    """How an organisation took part in the learning, beside sessions; a coordinator's one line."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contributions")
    kind = models.CharField(_("kind"), max_length=15, choices=ContributionKind)
    on = models.DateField(_("day"))
    line = models.CharField(_("in one line"), max_length=200)
    link = models.URLField(_("link"), blank=True, max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContributionKind.values), name="contribution_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True) | Q(removed_at__isnull=False),
                name="contribution_removed_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.line


class SharedReportQuerySet(models.QuerySet["SharedReport"]):
    def standing(self) -> "SharedReportQuerySet":
        return self.filter(removed_at=None)

    def visible_to(self, user: User | AnonymousUser) -> "SharedReportQuerySet":
        """What partners share is public; what was taken away is for coordinators."""
        if _sees_all(user):
            return self.all()
        own = Q(organisation__in=Organisation.objects.of(user))
        public = Q(organisation__in=Organisation.objects.partners().values("pk"))
        return self.standing().filter(own | public)


class SharedReport(models.Model):
    """What an organisation shares of a year: a link to its own sustainability report.

    year is the year told of, not the one in which it was handed in.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="shared_reports")
    year = models.PositiveSmallIntegerField(
        _("about the year"),
        validators=[MinValueValidator(FIRST_TARGET_YEAR), MaxValueValidator(LAST_TARGET_YEAR)],
    )
    link = models.URLField(_("link"), max_length=500)
    title = models.CharField(_("what it is called"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = SharedReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared report")
        verbose_name_plural = _("shared reports")
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "link"],
                condition=Q(removed_at=None),
                name="sharedreport_each_link_once",
                violation_error_message=_("This link is there already for the year."),
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True) | Q(removed_at__isnull=False),
                name="sharedreport_removed_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.link
