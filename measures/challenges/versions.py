"""Two who change the same row at once: the second is told, and sees what both wrote."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import (
    Challenge,
    CommitmentPeriod,
    CounterCommitment,
    LetterOfIntent,
    OwnTarget,
)
from partners.differences import differing
from partners.models import User

R = TypeVar("R", Challenge, CommitmentPeriod, CounterCommitment, LetterOfIntent, OwnTarget)


def says(row: R, facts: Mapping[str, Any]) -> bool:
    """Whether *row* has every one of *facts* already: a second click is nothing new."""
    return all(getattr(row, name) == value for name, value in facts.items())


def write_over(row: R, facts: Mapping[str, Any], *, version: int, by: User) -> R:
    """Let a locked *row* say *facts*, if nobody has changed it since *version*.

    Saving what is saved changes nothing. Raises ValidationError ("changed").
    """
    if says(row, facts):
        return row
    if row.version != version:
        raise ValidationError(
            _(
                "%(name)s saved something else here while you were writing. Both versions "
                "are below: choose what to keep and save again."
            ),
            code="changed",
            params={"name": row.updated_by or _("Somebody")},
        )
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_by = by
    row.updated_at = timezone.now()
    row.save(update_fields=[*facts, "version", "updated_by", "updated_at"])
    return row


def both(form: Form, saved: R, facts: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    """What is saved now beside what was typed; saving again is a decision, not an accident."""
    form.data = cast(QueryDict, form.data).copy()
    form.data["version"] = str(saved.version)
    return differing(form, facts)
