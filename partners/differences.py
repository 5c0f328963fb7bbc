"""What is saved beside what somebody typed: shown when two changed the same thing at once."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BooleanField, BoundField
from django.forms.forms import BaseForm
from django.http import QueryDict
from django.utils.formats import localize_input
from django.utils.translation import gettext as _

from partners.fields import CharField
from partners.models import ReminderRule, moment_in_words

Facts = Mapping[str, Any]


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


def seal(facts: Facts) -> str:
    """What a page shows of *facts*, in short: another seal means that somebody changed them."""
    told = [f"{name}={_told(value)}" for name, value in sorted(facts.items())]
    return sha256("\n".join(told).encode()).hexdigest()


def _told(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(str(row.pk) for row in value)
    return "" if value is None else str(value)


def refuse_if_changed(now: Facts, seen: str) -> None:
    """Raises ValidationError ("changed") where *now* is not what somebody has *seen*."""
    if seal(now) != seen:
        raise ValidationError(
            _(
                "Somebody changed this while you were writing. Both versions are "
                "below: choose what to keep and save again."
            ),
            code="changed",
        )


class CorrectionForm(forms.Form):
    """Facts as they were shown, to be corrected; seen is the seal of what was shown."""

    seen = CharField(widget=forms.HiddenInput, required=False)

    @property
    def facts(self) -> dict[str, Any]:
        """What was written, without the seal."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def refused(
    form: CorrectionForm, refusal: ValidationError, saved: Facts, unique: str = ""
) -> dict[str, Any]:
    """Say what is taken beside its field; show what changed meanwhile beside what was typed."""
    form.add_error((unique or None) if refusal.code == "taken" else None, refusal)
    if refusal.code != "changed":
        return {}
    form.data = cast(QueryDict, form.data).copy()
    form.data["seen"] = seal(saved)
    return {"differing": differing(form, saved)}
