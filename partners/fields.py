"""Form fields that take what people write, understood whole by *partners.reading* or refused."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.forms.utils import from_current_timezone
from django.forms.widgets import DateTimeBaseInput
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.dates import names_another_weekday, read_clock, read_day
from partners.models import Organisation, OrganisationQuerySet
from partners.reading.addresses import read_address, readable
from partners.reading.codes import read_digits
from partners.reading.names import read_name
from partners.reading.numbers import NO_UNIT, SEATS, read_number
from partners.reading.organisation_numbers import read_org_number
from partners.reading.telephones import read_phone
from partners.reading.text import Unclear, canonical, one_line, plain

SUGGESTED = 100  # names a browser offers while somebody writes
NAMED = 5  # organisations said to be what was meant

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
_ISO_CLOCK = re.compile(r"\d{2}:\d{2}(:\d{2})?")
_MOMENT = re.compile(
    r"(.+?)(?:,\s*|\s+|(?<=\d)T)"
    r"((?:kl\.?|klockan|at)\s*\d.*|\d{1,2}[.:]\d\d.*|\d{1,2}\s*[ap]\.?m\.?)",
    re.IGNORECASE,
)


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


class ClockInput(_NativeInput):
    shape, native = _ISO_CLOCK, "time"
    format_key = "TIME_INPUT_FORMATS"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class _Read:
    """What is typed is read by one reader, or refused beside the field in the reader's words."""

    error_messages: dict[str, Any]

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            return super().to_python(value)  # type: ignore[misc]  # that of the field it is mixed into
        try:
            return self.read(value)
        except Unclear as unclear:
            code = unclear.code if unclear.code in self.error_messages else "invalid"
            raise ValidationError(
                self.error_messages[code], code=code, params=unclear.said
            ) from unclear


class DateField(_Read, forms.DateField):
    """A day, picked or written."""

    widget = DateInput
    default_error_messages = {
        "invalid": _("Write the date with day, month and year, for example 2027-03-12."),
        "weekday": _("The weekday is not that of the date. Check both, or write the date alone."),
    }

    def read(self, text: str) -> date:
        today = timezone.localdate()
        day = read_day(text, today)
        if day is None:
            raise Unclear("weekday" if names_another_weekday(text, today) else "invalid")
        return day


class ClockField(_Read, forms.TimeField):
    """A time of day, picked or written: 9, 9.30, kl. 09:30."""

    widget = ClockInput
    default_error_messages = {
        "invalid": _("Write the time of day in figures, for example 9.30."),
        "two_times": _(
            "Write one time of day here, for example 9.30. The other one has its own field."
        ),
    }

    def read(self, text: str) -> time:
        return read_clock(text)


class DateTimeField(_Read, forms.DateTimeField):
    """A moment in the time of the place, picked or written: 12 mars 2027 kl. 9.00."""

    widget = DateTimeInput
    default_error_messages = {
        "invalid": _("Write the date and the time, for example 2027-03-12 09:00.")
    }

    def read(self, text: str) -> datetime:
        found = _MOMENT.fullmatch(plain(text))
        day = read_day(found[1], timezone.localdate()) if found else None
        if found is None or day is None:
            raise Unclear("invalid")
        return from_current_timezone(datetime.combine(day, read_clock(found[2])))


class _WrittenNumber(_Read):
    """What the number fields share: plain text with a numeric keyboard, and the units they know."""

    unit = NO_UNIT
    default_error_messages: ClassVar[Any] = {
        "unit": _("“%(words)s” is not understood here. Write the figures alone, for example 12."),
        "range": _("Write one number, for example 12, not from one to another."),
        "thousands": _("Do you mean %(thousands)s or %(decimals)s? Write the one you mean."),
        "long": _("That number is longer than any that can be meant here."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("localize", True)
        kwargs.setdefault("widget", forms.TextInput)
        super().__init__(**kwargs)

    def run_validators(self, value: Any) -> None:
        """Say one thing that is wrong: a number beyond the most has too many figures as well."""
        try:
            super().run_validators(value)  # type: ignore[misc]  # that of Django's field
        except ValidationError as found:
            raise found.error_list[0] from found

    def read(self, text: str) -> Any:
        number = read_number(text, get_language() or "", self.unit)
        whole = number == number.to_integral_value()
        plain = f"{number:.0f}" if whole else f"{number:f}"
        return super(_Read, self).to_python(plain)  # type: ignore[misc]  # that of Django's field


class DecimalField(_WrittenNumber, forms.DecimalField):
    """A number with decimals: 12,5 · 1 234,5 · ca 12,5."""

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


class SeatsField(IntegerField):
    """How many there is room for: 40, 40 platser."""

    unit = SEATS


class CharField(forms.CharField):
    """A text in the one spelling in which the portal keeps texts; all forms use it."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser cuts what is pasted at a maxlength, and says nothing.
        attrs: dict[str, Any] = super().widget_attrs(widget)
        return {name: value for name, value in attrs.items() if name != "maxlength"}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str) or "\0" in text:
            return text
        return canonical(text) if isinstance(self.widget, forms.Textarea) else one_line(text)


class NameField(_Read, CharField):
    """The name of one person, as it is spoken."""

    default_error_messages = {
        "invalid": _("Write the name in letters, for example Karin Lund."),
        "link": _("Write the name alone, without a link or an address."),
        "several": _("Write one person’s name. “%(first)s” and “%(second)s” look like two."),
        "shared": _("Write one person’s name. “%(first)s” and “%(second)s” look like two."),
        "comma": _("Write the name as it is spoken, without a comma, for example Karin Lund."),
        "beside": _("Write the name alone, without “%(beside)s”."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 150)
        super().__init__(**kwargs)

    def read(self, text: str) -> str:
        found = read_name(one_line(text))
        if beside := found.title or found.organisation:
            raise Unclear("beside", beside=beside)
        return found.name


class EmailField(_Read, forms.EmailField):
    """The address of a mailbox: kept with its domain in ASCII, shown as people write it."""

    default_error_messages = {
        "invalid": _("Enter an e-mail address such as karin.lund@example.se."),
        "letters": _(
            "Before the @ only the letters a–z can be used. Check the address, for example "
            "karin.lund@example.se."
        ),
        "several": _("Enter one e-mail address only."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def read(self, text: str) -> str:
        return read_address(text)

    def prepare_value(self, value: Any) -> Any:
        return readable(value) if isinstance(value, str) else value


class PhoneField(_Read, CharField):
    """A telephone number that can be dialled."""

    default_error_messages = {
        "invalid": _("Write one number that can be dialled, for example 070-123 45 67."),
        "several": _("Write one telephone number only."),
    }

    def read(self, text: str) -> str:
        return read_phone(text)


class OrgNumberField(_Read, CharField):
    """An organisation number, whose last digit fits the others; empty is no number."""

    default_error_messages = {
        "invalid": _("An organisation number has ten digits, for example 556677-8899."),
        "check": _("The last digit does not fit the others. Check the number."),
        "personal": _(
            "This may be a personal identity number. The portal does not keep such numbers."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_value": None, "required": False} | kwargs)

    def read(self, text: str) -> str:
        return read_org_number(text)


class CodeField(_Read, CharField):
    """A code of digits, pasted with whatever stands around it."""

    default_error_messages = {"invalid": _("The code has digits only, for example 12345678.")}

    def read(self, text: str) -> str:
        return read_digits(text)


class WebAddressField(CharField, forms.URLField):
    """An address a browser opens: http or https."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class OrganisationInput(forms.TextInput):
    """A text field that suggests names where the browser can."""

    template_name = "components/organisation_input.html"
    offered = Organisation.objects.none()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        listed = {"list": f"names-{name}", "autocomplete": "off"}
        context = super().get_context(name, value, {**(attrs or {}), **listed})
        names = self.offered.in_order().values_list("name", flat=True)
        context["widget"]["names"] = names[:SUGGESTED]
        return context


class OrganisationField(CharField):
    """One of *offered* by its name, a part of it, or its short name in addresses.

    A list to choose from would hold everybody, on each page that has one.
    """

    widget = OrganisationInput
    default_error_messages = {
        "unknown": _("No organisation here has “%(words)s” in its name. Check the spelling."),
        "several": _("“%(words)s” can mean %(names)s. Write the whole name."),
    }

    def __init__(self, offered: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 200, "empty_value": None} | kwargs)
        self.offer(offered)

    def offer(self, offered: OrganisationQuerySet) -> None:
        """Let the reader mean one of *offered*."""
        self.offered = offered
        self.widget.offered = offered.all()

    def clean(self, value: Any) -> Organisation | None:
        text = super().clean(value)
        return self._meant(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """The name, also where a link gave the short one."""
        if isinstance(value, Organisation):
            return value.name
        named = self.offered.filter(slug=value).first() if value else None
        return named.name if named else value

    def _meant(self, text: str) -> Organisation:
        by_name = self.offered.matching(text).in_order()
        named = self.offered.filter(Q(slug=text) | Q(name__iexact=text))
        found = list(named[:2]) or list(by_name[: NAMED + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                self.error_messages["unknown"], code="unknown", params={"words": text}
            )
        names = ", ".join(organisation.name for organisation in found[:NAMED])
        more = ", …" if len(found) > NAMED else ""
        said = {"words": text, "names": names + more}
        raise ValidationError(self.error_messages["several"], code="several", params=said)


@dataclass(frozen=True)
class Card:
    """The name of a choice, with one line that says what it means."""

    name: str | Promise
    line: str | Promise = ""

    def __str__(self) -> str:
        return str(self.name)


class ChoiceCards(forms.RadioSelect):
    """Choices one of which is made; a label that is a Card shows its line below its name."""

    option_template_name = "components/choice_card.html"


def choices_of(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    """The field *name* of *form*, which chooses among rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    return field
