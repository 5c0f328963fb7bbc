"""What was done to how people log in."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.people import User


class FactorReset(models.Model):
    """Once somebody's second step was taken away for them: whose, when, and by whom."""

    person = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"), related_name="+")
    reset_at = models.DateTimeField(_("taken away at"), default=timezone.now, editable=False)
    # NULL: whoever runs the portal, by a command on its machine.
    reset_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("taken away by"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("second step taken away")
        verbose_name_plural = _("second steps taken away")

    def __str__(self) -> str:
        return f"{_('second step taken away')}, {self.reset_at:%Y-%m-%d}"
