"""Lists a coordinator uploads."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models.people import User


class ImportKind(models.TextChoices):
    PARTNERS = "partners", _("partners and contact persons")
    ATTENDANCE = "attendance", _("sessions and attendance")


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: "User | AnonymousUser") -> "ImportBatchQuerySet":
        """Lists hold addresses of people: for coordinators only."""
        if isinstance(user, User) and user.is_coordinator:
            return self.all()
        return self.none()


class ImportBatch(models.Model):
    """A list somebody uploaded: what was read of it, what they decided, and when it was applied.

    Only columns the portal has a use for are kept; the file itself is not.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=ImportKind)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    table = models.JSONField()
    decisions = models.JSONField(default=dict, blank=True)
    result = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ImportKind.values), name="importbatch_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(applied_by__isnull=True) | Q(applied_at__isnull=False),
                name="importbatch_applied_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
