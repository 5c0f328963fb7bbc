"""How exact an effect is shown."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

from measures.figures import arithmetic

register = template.Library()


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
    """+80,0 · −2,5 · 0: a difference, with the one decimal that its neighbours have."""
    size = number_format(f"{abs(value):.1f}" if value else "0", force_grouping=True)
    return f"+{size}" if value > 0 else f"\u2212{size}" if value < 0 else size
