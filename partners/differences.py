"""What is saved beside what somebody typed: shown when two changed the same thing at once."""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BooleanField, BoundField
from django.forms.forms import BaseForm
from django.utils.formats import localize_input
from django.utils.translation import gettext as _

from partners.models import ReminderRule, moment_in_words


def removed_first(rule: ReminderRule, instead: str) -> ValidationError:
    """That somebody was first to remove *rule*, or to let it say *instead*: who, and when.

    Its code is "gone".
    """
    if rule.removed_by is None:
        text = _("Somebody has taken that reminder away meanwhile.")
    elif instead:
        text = _("%(who)s changed this reminder, %(when)s. It says now: %(words)s. "
                 "What you wrote is still here.")  # fmt: skip
    else:
        text = _("%(who)s removed this reminder, %(when)s. Add it again if it is still wanted.")
    when = moment_in_words(rule.removed_at)
    told = {"who": str(rule.removed_by), "when": when, "words": instead}
    return ValidationError(text % told, code="gone")


def differing(typed: BaseForm, saved: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    """The fields whose *saved* values are not what was *typed*: label, saved, typed, in words.

    Of a long text, what both begin and end with is left out.
    """
    return [
        (
            field.label,
            *_apart(_in_words(field, saved.get(field.name)), _in_words(field, field.data)),
        )
        for field in typed.visible_fields()
        if field.field.has_changed(saved.get(field.name), field.data)
    ]


def _apart(saved: str, typed: str) -> tuple[str, str]:
    """Both without the lines that they begin and end with alike, of which "…" is left."""
    one, other = saved.splitlines(), typed.splitlines()
    before = _alike(one, other)
    after = _alike(one[before:][::-1], other[before:][::-1])
    return _between(one, before, after), _between(other, before, after)


def _alike(one: list[str], other: list[str]) -> int:
    """How many lines both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _between(lines: list[str], before: int, after: int) -> str:
    kept = lines[before : len(lines) - after]
    return "\n".join([*(["…"] if before else []), *kept, *(["…"] if after else [])])


def _in_words(field: BoundField, value: Any) -> str:
    """A field's value as somebody would say it."""
    if isinstance(field.field, BooleanField):
        return _("yes") if value else _("no")
    groups: list[Any] = list(getattr(field.field, "choices", ()))
    nested = (part[1] if isinstance(part[1], list) else [part] for part in groups)
    names = {str(key): str(name) for group in nested for key, name in group}
    shown = field.field.prepare_value(value)
    if isinstance(shown, list | tuple):
        return ", ".join(names.get(str(each), str(each)) for each in shown)
    return names.get(str(shown), "" if shown is None else str(localize_input(shown)))
