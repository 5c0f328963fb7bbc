"""Keeping the city's emissions and targets: one year, or many that were pasted."""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from measures.city.pasting import Row
from measures.models import CityEmission, CityTarget
from partners.models import User
from partners.patience import patient, take_turn

log = logging.getLogger(__name__)

Figure = CityEmission | CityTarget
Kind = type[CityEmission] | type[CityTarget]
TURN = "city figures"  # so that two who write the same year at once come one after the other


@dataclass(frozen=True)
class Change:
    """What a pasted row does to a year: before and after in tonnes, None where nothing is known."""

    year: int
    before: Decimal | None
    after: Decimal | None

    @property
    def kind(self) -> str:
        if self.after is None:
            return "gap" if self.before is None else "kept"
        if self.before is None:
            return "new"
        return "same" if self.before == self.after else "changed"

    @property
    def is_written(self) -> bool:
        return self.kind in {"new", "changed"}


@patient
@transaction.atomic
def add(kind: Kind, values: Mapping[str, Any], *, by: User) -> Figure:
    """Write down a year of *kind*; what already says the same is returned as it is.

    Raises ValidationError ("taken") when the year has another figure.
    """
    take_turn(TURN)
    known = kind.objects.filter(year=values["year"]).first()
    if known is None:
        return kind.objects.create(**values, updated_by=by)
    if all(getattr(known, name) == value for name, value in values.items()):
        return known
    raise ValidationError(
        _("%(year)s is there already. Change that row instead."),
        code="taken",
        params={"year": known.year},
    )


@patient
@transaction.atomic
def change(figure: Figure, values: Mapping[str, Any], *, by: User) -> Figure:
    """Write *values* over those of *figure*.

    Raises ValidationError ("taken") when another row has its new year.
    """
    take_turn(TURN)
    others = type(figure).objects.filter(year=values["year"]).exclude(pk=figure.pk)
    if others.exists():
        raise ValidationError(
            _("%(year)s is there already. Change that row instead."),
            code="taken",
            params={"year": values["year"]},
        )
    for name, value in values.items():
        setattr(figure, name, value)
    figure.updated_by = by
    figure.save(update_fields=[*values, "updated_by", "updated_at"])
    return figure


@patient
@transaction.atomic
def remove(figure: Figure, *, by: User) -> None:
    """Take a year away. With the row goes every place to note *by* in, so the log says it."""
    take_turn(TURN)
    log.info("%s of %s removed by %s", type(figure).__name__, figure.year, by.pk)
    figure.delete()


def outcomes() -> dict[int, Decimal]:
    """The tonnes of every year that is known. One query."""
    return dict(CityEmission.objects.values_list("year", "tonnes"))


def changes(rows: Iterable[Row]) -> list[Change]:
    """What saving *rows* would do; a row without a figure takes none away. One query."""
    rows = list(rows)
    years = [row.year for row in rows]
    known = dict(CityEmission.objects.filter(year__in=years).values_list("year", "tonnes"))
    return [Change(row.year, known.get(row.year), row.tonnes) for row in rows]


def seal(found: Iterable[Change]) -> str:
    """A short mark that is another whenever *found* is."""
    said = ";".join(f"{one.year}:{_plain(one.before)}>{_plain(one.after)}" for one in found)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@patient
@transaction.atomic
def keep(rows: Iterable[Row], details: Mapping[str, Any], *, seen: str, by: User) -> int:
    """Write the figures of *rows*, with *details* for each; say how many were new or changed.

    *seen* is the seal of the changes that were shown before; where all is written already, nothing
    is left to do. Raises ValidationError ("changed") when saving would do something else by now.
    """
    take_turn(TURN)
    found = changes(rows)
    written = [one for one in found if one.is_written]
    if written and seal(found) != seen:
        raise ValidationError(
            _("Something has been saved here in the meantime. Look once more at what changes."),
            code="changed",
        )
    for one in written:
        values = {**details, "tonnes": one.after, "updated_by": by}
        CityEmission.objects.update_or_create(year=one.year, defaults=values)
    return len(written)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
