"""The city's own figures: what it emits by year, and what it means to emit at most."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import User

FIRST_YEAR, LAST_YEAR = 1900, 2100


class CityFigure(models.Model):
    """Tonnes CO2e of one year, where they are from, and who wrote them here."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    tonnes = models.DecimalField(
        _("tonnes CO₂e a year"),
        max_digits=12,
        decimal_places=3,
        validators=[MinValueValidator(0)],
    )
    source = models.CharField(_("source"), max_length=200)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year"], name="%(class)s_one_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="%(class)s_year_can_be_meant",
            ),
            models.CheckConstraint(condition=Q(tonnes__gte=0), name="%(class)s_is_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class CityEmission(CityFigure):
    """What the city emitted in a year; a year nobody knows has no row."""

    # The day the source made the figure known; NULL: not told.
    published_on = models.DateField(_("published on"), null=True, blank=True)

    class Meta(CityFigure.Meta):
        verbose_name = _("emissions of a year")
        verbose_name_plural = _("emissions by year")


class CityTarget(CityFigure):
    """What the city means to emit at most in a year."""

    wording = models.CharField(_("the target in words"), max_length=200, blank=True)

    class Meta(CityFigure.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
