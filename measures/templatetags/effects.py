"""How exact an effect is shown."""

from decimal import Decimal

from django import template

from measures import arithmetic

register = template.Library()


@register.filter
def as_known(tonnes: Decimal | None, method: str) -> Decimal | None:
    """An estimate with two significant figures, others as they were given."""
    return arithmetic.shown(tonnes, method)


@register.filter
def two_figures(value: Decimal | None) -> Decimal | None:
    return None if value is None else arithmetic.two_figures(value)
