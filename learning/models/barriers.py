"""What stands in the way."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.sessions import LearningSession
from partners.models import Organisation, User


class BarrierType(models.TextChoices):
    """What stands in the way, in the project's three kinds (RISE, The North Star)."""

    LOCK_IN = "organisational_lock_in", _("organisational lock-in")
    BEHAVIOUR = "behaviour_change", _("behaviour change")
    SUB_OPTIMISATION = "sub_optimisation", _("sub-optimisation")


class BarrierObservation(models.Model):
    """Somebody saw something standing in the way."""

    session = models.ForeignKey(
        LearningSession, models.PROTECT, null=True, related_name="barrier_observations"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="barrier_observations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="barrier_observations"
    )
    type = models.CharField(_("kind of barrier"), max_length=25, choices=BarrierType)
    text = models.CharField(_("what stands in the way"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("barrier observation")
        verbose_name_plural = _("barrier observations")
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=BarrierType.values), name="barrierobservation_type_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.get_type_display())
