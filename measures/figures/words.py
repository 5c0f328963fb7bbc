"""What counts in a sum, and how sure a figure is: said once, for pages, forms and files."""

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from measures.figures.arithmetic import UNCERTAINTY_PERCENT

# Both name the statuses of models.COUNTING; a test keeps them together.
COUNTED = _("Published measures that are planned, in progress or completed")
COUNTED_AND_NOT = _(
    "Published measures that are planned, in progress or completed count. Ideas, paused and "
    "cancelled measures do not."
)


def written(number: Decimal | int) -> str:
    """A number as it is written in the language of the page, without zeros nobody gave."""
    return number_format(f"{Decimal(number).normalize():f}", force_grouping=True)


def _give_or_take(text: Any) -> str:
    return str(text) % UNCERTAINTY_PERCENT


# A sentence with the numbers of arithmetic.UNCERTAINTY_PERCENT put in, when it is shown.
give_or_take = lazy(_give_or_take, str)

HOW_SURE = give_or_take(
    _("Measured ±%(measured)s %%, calculated ±%(calculated)s %%, estimated ±%(estimated)s %%")
)
RANGE = give_or_take(
    _(
        "The range follows from how each figure is known: measured ±%(measured)s %%, calculated "
        "±%(calculated)s %%, estimated ±%(estimated)s %%. An estimate is shown with two "
        "significant figures."
    )
)
