"""How exact an effect is shown."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

from measures.figures import arithmetic

register = template.Library()

MANY = 100  # tonnes from which a tenth of one says nothing


@register.filter
def as_known(tonnes: Decimal | None, method: str) -> Decimal | None:
    """An estimate with two significant figures, others as they were given."""
    return arithmetic.shown(tonnes, method)


@register.filter
def two_figures(value: Decimal | None) -> Decimal | None:
    return None if value is None else arithmetic.two_figures(value)


@register.filter
def three_figures(value: Decimal | None) -> Decimal | None:
    return None if value is None else arithmetic.three_figures(value)


@register.filter
def signed(value: Decimal) -> str:
    """+1 334 · −2,0 · 0: a difference, with one decimal below a hundred."""
    decimals = 1 if abs(value) < MANY else 0
    size = number_format(f"{abs(value):.{decimals}f}" if value else "0", force_grouping=True)
    return f"+{size}" if value > 0 else f"\u2212{size}" if value < 0 else size
