"""In which order the list of measures stands, as its column heads and addresses say it."""

from decimal import Decimal

from django.db.models import (
    Case,
    DecimalField,
    Expression,
    ExpressionWrapper,
    F,
    IntegerField,
    OrderBy,
    Value,
    When,
)
from django.db.models.functions import NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.figures.summary import with_achieved
from measures.models import MeasureQuerySet, MeasureStatus

FIRST = "-expected"  # the greatest first, before somebody chooses

_STATUS = Case(
    *(When(status=status, then=Value(n)) for n, status in enumerate(MeasureStatus.values)),
    output_field=IntegerField(),
)
_SHARE = ExpressionWrapper(  # of what was expected, as the column shows it
    F("achieved_t") / NullIf("reduction_t", Decimal(0)), output_field=DecimalField()
)
_COLUMNS: dict[str, Expression | F] = {
    "name": F("title"),
    "area": F("focus_area__position"),
    "status": _STATUS,
    "expected": F("reduction_t"),
    "achieved": _SHARE,
    "updated": F("updated_at"),
}
_IN_WORDS: dict[str, Promise] = {
    "name": _("sorted by name"),
    "-name": _("sorted by name, from the end"),
    "area": _("sorted by focus area"),
    "-area": _("sorted by focus area, the last first"),
    "status": _("sorted by state, ideas first"),
    "-status": _("sorted by state, ideas last"),
    "expected": _("sorted by expected effect, the smallest first"),
    "-expected": _("sorted by expected effect, the greatest first"),
    "achieved": _("sorted by the share achieved, the smallest first"),
    "-achieved": _("sorted by the share achieved, the greatest first"),
    "updated": _("sorted by update, the oldest first"),
    "-updated": _("sorted by update, the latest first"),
}


def known(sort: str | None) -> str:
    """The order that *sort* names; the usual one where it names none."""
    return sort if sort in _IN_WORDS else FIRST


def in_words(sort: str) -> Promise:
    return _IN_WORDS[sort]


def in_order(measures: MeasureQuerySet, sort: str) -> MeasureQuerySet:
    """Add what each has achieved, and put *measures* in a known order: no figure stands last."""
    column = OrderBy(
        _COLUMNS[sort.removeprefix("-")], descending=sort.startswith("-"), nulls_last=True
    )
    return with_achieved(measures).order_by(column, "title", "pk")
