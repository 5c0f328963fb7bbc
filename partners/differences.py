"""What is saved beside what somebody typed: shown when two changed the same thing at once."""

from collections.abc import Mapping
from typing import Any

from django.forms import BooleanField, BoundField
from django.forms.forms import BaseForm
from django.utils.formats import localize_input
from django.utils.translation import gettext as _


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
