"""What is saved beside what somebody typed: shown when two changed the same thing at once."""

from collections.abc import Mapping
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
    """The fields whose *saved* values are not what was *typed*: label, saved, typed, in words."""
    return [
        (field.label, _in_words(field, saved.get(field.name)), _in_words(field, field.data))
        for field in typed.visible_fields()
        if field.field.has_changed(saved.get(field.name), field.data)
    ]


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
