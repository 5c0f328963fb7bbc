"""Form fields that take dates and numbers the way people write them."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.forms.utils import from_current_timezone
from django.forms.widgets import DateTimeBaseInput
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.dates import read_day

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[.:]([0-5]\d)\s*$")
_ABOUT = re.compile(r"^(ca|c:a|cirka|ungefär|about|approx|~|≈)\.?\s*", re.IGNORECASE)
_UNIT = re.compile(r"(?<=\d)\s*([^\W\d_]\D*|%)$")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']")
_PLAIN_NUMBER = re.compile(r"-?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
_GROUPED_NUMBER = re.compile(
    r"-?\d{1,3}((\.\d{3})+,\d+|(,\d{3})+\.\d+|(\.\d{3}){2,}|(,\d{3}){2,})", re.ASCII
)
_ENGLISH_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


def read_number(text: str) -> str | None:
    """*text* as Python writes a number: 12,5 · 1 234,5 · ca 12,5 ton · −3; None if it is none.

    One comma or full stop is the decimal sign, except that English readers may write 41,380.
    """
    text = _UNIT.sub("", _ABOUT.sub("", text.strip())).replace("\u2212", "-").replace("–", "-")
    text = _SPACES.sub("", text)
    if not (get_language() or "").startswith("sv") and _ENGLISH_THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    if _PLAIN_NUMBER.fullmatch(text):
        return text.replace(",", ".")
    if _GROUPED_NUMBER.fullmatch(text):
        decimals = re.split("[.,]", text)[-1] if "." in text and "," in text else ""
        whole = re.sub("[.,]", "", text.removesuffix(decimals))
        return f"{whole}.{decimals}"
    return None


class _NativeInput(DateTimeBaseInput):
    """A native picker, or plain text as long as it holds something a picker cannot show."""

    shape: re.Pattern[str]
    native: str

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        fits = not shown or self.shape.fullmatch(shown)
        context["widget"]["type"] = self.native if fits else "text"
        return context


class DateInput(_NativeInput):
    shape, native = _ISO_DAY, "date"
    format_key = "DATE_INPUT_FORMATS"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(_NativeInput):
    shape, native = _ISO_MOMENT, "datetime-local"
    format_key = "DATETIME_INPUT_FORMATS"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DateField(forms.DateField):
    """A day, picked or written."""

    widget = DateInput
    default_error_messages = {
        "invalid": _("Write the date with day, month and year, for example 2027-03-12.")
    }

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except ValidationError:
            day = read_day(str(value), timezone.localdate())
            if day is None:
                raise
            return day


class DateTimeField(forms.DateTimeField):
    """A moment in the time of the place, picked or written: 12 mars 2027 kl. 9.00."""

    widget = DateTimeInput
    default_error_messages = {
        "invalid": _("Write the date and the time, for example 2027-03-12 09:00.")
    }

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as refusal:
            found = _CLOCK.search(str(value))
            if found is None:
                raise
            text = re.sub(r"[,\s]*(\bkl\.?|\bat)?\s*$", "", str(value)[: found.start()])
            day = read_day(text, timezone.localdate())
            if day is None:
                raise refusal
            return from_current_timezone(datetime.combine(day, time(int(found[1]), int(found[2]))))


class _WrittenNumber:
    """What the number fields share: plain text with a numeric keyboard, read kindly."""

    error_messages: dict[str, Any]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("localize", True)
        kwargs.setdefault("widget", forms.TextInput)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            value = read_number(value)
            if value is None:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)  # type: ignore[misc]


class DecimalField(_WrittenNumber, forms.DecimalField):
    """A number with decimals: 12,5 · 1 234,5 · ca 12,5 ton."""

    default_error_messages = {"invalid": _("Write the number in figures, for example 12.5.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Without zeros nobody wrote: 12.500 would be read as twelve thousand."""
        if isinstance(value, Decimal):
            return Decimal(f"{value.normalize() if value else 0:f}")
        return super().prepare_value(value)


class IntegerField(_WrittenNumber, forms.IntegerField):
    """A whole number: 40 · 1 000 · ca 40."""

    default_error_messages = {"invalid": _("Write a whole number in figures, for example 40.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off"}


class WebAddressField(forms.URLField):
    """An address a browser opens: http or https."""

    default_validators = [URLValidator(schemes=["http", "https"])]


def choices_of(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    """The field *name* of *form*, which chooses among rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    return field
