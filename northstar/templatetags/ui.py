"""How dates, numbers and components look, everywhere. Built in: no {% load %} needed.

Nothing here queries. Moments are shown in the time of the place (Europe/Stockholm), in the language
of the page. What is not known is None and shows as a dash with words for a screen reader, never 0.
"""

import re
from collections.abc import Hashable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.urls import get_urlconf, reverse
from django.utils import formats, timezone
from django.utils.dateformat import format as write_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from northstar.context import site
from partners.reading import addresses

register = template.Library()

NBSP = "\u00a0"
MINUS = "\u2212"
TAG_KINDS = {"ok", "warn", "err", "info", "plain"}

Number = Decimal | int | float | str | None


def _is_swedish() -> bool:
    return (get_language() or "sv").startswith("sv")


def _local(value: date | datetime) -> date | datetime:
    """A moment in the time of the place; a day as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _unknown() -> SafeString:
    return format_html(
        '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>',
        _("not known"),
    )


# Dates and times


@lru_cache(maxsize=4_096)
def _written(value: date | datetime, pattern: str, language: str | None) -> str:
    return write_date(value, pattern)


def format_date(value: date | datetime, pattern: str) -> str:
    """A day written in the active language; remembered, for a list writes the same ones again."""
    return _written(value, pattern, get_language())


@register.filter
def date_long(value: date | datetime | None) -> str:
    """tisdag 12 mars 2027 · Tuesday 12 March 2027"""
    return format_date(_local(value), "l j F Y") if value else ""


@register.filter
def date_short(value: date | datetime | None) -> str:
    """12 mars 2027 · 12 March 2027"""
    return format_date(_local(value), "j F Y") if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """09.00 · 09:00"""
    return format_date(_local(value), "H.i" if _is_swedish() else "H:i") if value else ""


@register.filter
def clock_here(value: datetime | None) -> str:
    """09.00 · 09:00 Swedish time, where a time stands alone"""
    return f"{clock(value)}{_zone()}" if value else ""


@register.simple_tag
def zone() -> str:
    """Swedish time, over a list of times on English pages; nothing on Swedish ones."""
    return _zone().strip()


@register.filter
def moment(value: datetime | None) -> str:
    """tisdag 12 mars 2027 kl. 09.00 · Tuesday 12 March 2027, 09:00 Swedish time"""
    return f"{_moment(value)}{_zone()}" if value else ""


@register.filter
def stamp(value: datetime | None) -> str:
    """12 mars 2027 09.00 · 12 March 2027 09:00 Swedish time, for tables"""
    return f"{date_short(value)} {clock(value)}{_zone()}" if value else ""


def _moment(value: datetime) -> str:
    joint = f" kl.{NBSP}" if _is_swedish() else ", "
    return f"{date_long(value)}{joint}{clock(value)}"


def _zone() -> str:
    """Whoever reads English may sit anywhere; whoever reads Swedish knows which clock is meant."""
    return "" if _is_swedish() else f" Swedish{NBSP}time"


@register.simple_tag
def when(start: datetime | None, end: datetime | None = None) -> str:
    """tisdag 12 mars 2027 kl. 09.00–11.30; the second date too where it is another day."""
    if not start or not end:
        return moment(start)
    if date_long(start) == date_long(end):
        return f"{_moment(start)}–{clock(end)}{_zone()}"
    return f"{_moment(start)} – {_moment(end)}{_zone()}"


@register.filter
def unbroken(text: str) -> str:
    """09.00–11.30 and 8–16 ton on one line, as a dash else may end it."""
    return text.replace("–", "–\u2060")


def _days_since(value: date | datetime) -> int:
    """Whole days from *value* until today, at the place; less than nothing for what is ahead."""
    day = _local(value)
    return (timezone.localdate() - (day.date() if isinstance(day, datetime) else day)).days


def _length(days: int) -> str:
    """So many days in the largest unit of which there are two: 12 days, 4 weeks, 5 months."""
    if days < 14:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if days < 61:
        return ngettext("%(n)s week", "%(n)s weeks", days // 7) % {"n": days // 7}
    if days < 730:
        return ngettext("%(n)s month", "%(n)s months", days // 30) % {"n": days // 30}
    return ngettext("%(n)s year", "%(n)s years", days // 365) % {"n": days // 365}


@register.filter
def ago(value: date | datetime | None) -> str:
    """i dag · i går · för 12 dagar sedan · för 4 veckor sedan"""
    if not value:
        return ""
    days = _days_since(value)
    if days < 1:
        return _("today")
    return _("yesterday") if days == 1 else _("%(length)s ago") % {"length": _length(days)}


@register.filter
def until(value: date | datetime | None) -> str:
    """3 veckor sen, of a day that has passed; else i dag · i morgon · om 12 dagar"""
    if not value:
        return ""
    days = -_days_since(value)
    if days < 0:
        return _("%(length)s late") % {"length": _length(-days)}
    if days < 2:
        return _("tomorrow") if days else _("today")
    return _("in %(length)s") % {"length": _length(days)}


@register.simple_tag
def date_tile(start: date | datetime | None, is_past: bool = False) -> str:
    """The day as a tile for the left of a row; in outline when it has been."""
    if not start:
        return ""
    day = _local(start)
    return format_html(
        '<time class="date-tile{}" datetime="{}"><span>{}</span> <strong>{}</strong> '
        '<span>{}<span class="visually-hidden"> {}</span></span></time>',
        " past" if is_past else "",
        format_date(day, "Y-m-d"),
        format_date(day, "D").lower() if _is_swedish() else format_date(day, "D"),
        day.day,
        format_date(day, "M").lower() if _is_swedish() else format_date(day, "M"),
        day.year,
    )


@register.simple_tag
def printed_at() -> str:
    """The minute of rendering, for the head of a printed page."""
    return _said(timezone.now().replace(second=0, microsecond=0), get_language() or "sv")


@lru_cache(maxsize=4)
def _said(minute: datetime, language: str) -> str:
    return moment(minute)


# Numbers


def _decimal(value: Number) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _grouped(value: Decimal) -> str:
    plain = value.normalize() if value else Decimal(0)
    text = formats.number_format(f"{plain:f}", use_l10n=True, force_grouping=True)
    return text.replace("-", MINUS)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@register.filter
def number(value: Number, decimals: int = 3) -> str:
    """41 380 · 12,5 · −3, with as many decimals as needed but at most *decimals*."""
    found = _decimal(value)
    return _unknown() if found is None else _grouped(_rounded(found, decimals))


@register.filter
def tonnes(value: Number) -> str:
    """A quantity in tonnes: exact below 100, one decimal below 10 000, whole tonnes above."""
    found = _decimal(value)
    if found is None:
        return _unknown()
    size = abs(found)
    return number(found, 3 if size < 100 else 1 if size < 10_000 else 0)


@register.filter
def percent(value: Number, decimals: int = 0) -> str:
    """49 % · 49%, of a number that is already in per cent; None where there is nothing to share."""
    found = _decimal(value)
    if found is None:
        return _unknown()
    return _grouped(_rounded(found, decimals)) + (f"{NBSP}%" if _is_swedish() else "%")


@register.filter
def readable(address: str | None) -> str:
    """An e-mail address as people write it: info@åäö.se; nothing for nobody's."""
    return addresses.readable(address) if address else ""


@register.filter
def dialled(phone: str) -> str:
    """The address behind a telephone number: tel:+4690160000; an extension is dialled later."""
    digits = re.sub(r"[^\d+]", "", phone.partition(" ext.")[0])
    return f"tel:+46{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


@register.filter
def filesize_short(value: int | None) -> str:
    """340 kB · 1,2 MB, in thousands of bytes."""
    found = _decimal(value)
    if found is None:
        return _unknown()
    if found < 1_000_000:
        return f"{_grouped(max(Decimal(1), _rounded(found / 1000, 0)))}{NBSP}kB"
    return f"{_grouped(_rounded(found / 1_000_000, 1))}{NBSP}MB"


# Components


@register.simple_tag
def tag(text: object, kind: str = "plain") -> str:
    """A word about the state of something; the colour never stands alone."""
    return format_html(
        '<span class="tag tag-{}">{}</span>', kind if kind in TAG_KINDS else "plain", text
    )


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """The address's query with some keys changed; None or "" takes a key away. Starts with "?"."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def remembered(template_name: str, **given: Hashable) -> SafeString:
    """A part of the page that depends on nothing but what is *given*, and the language.

    It is rendered once for the same *given* and kept by the process. It cannot be about the wrong
    reader, since it sees neither request nor user: only *given* and the words of the site.
    """
    known = site() | given
    return _rendered(template_name, get_urlconf(), get_language(), tuple(known.items()))


@lru_cache(maxsize=2_000)
def _rendered(name: str, urlconf: object, language: str, known: tuple) -> SafeString:
    return render_to_string(name, dict(known))


@register.simple_tag(takes_context=True)
def nav_link(context: Context, url_name: str, text: str, *beside: str) -> str:
    """A link of the menu that knows where the reader is, also below the pages *beside* its own.

    Needs in the context: path.
    """
    address, home = _address(url_name), _address("home")
    here = str(context.get("path", ""))
    below = address != home and here.startswith((address, *map(_address, beside)))
    current = "page" if here == address else "true" if below else ""
    if not current:
        return format_html('<li><a href="{}">{}</a></li>', address, text)
    return format_html('<li><a href="{}" aria-current="{}">{}</a></li>', address, current, text)


def _address(url_name: str) -> str:
    return _known_address(url_name, get_urlconf(), get_language() or "sv")


@lru_cache(maxsize=500)
def _known_address(url_name: str, urlconf: object, language: str) -> str:
    # The menu's addresses stand on every page and never change while the process lives.
    return reverse(url_name)


@register.simple_tag
def error_links(form: BaseForm) -> list[tuple[str, str, str]]:
    """What needs fixing in a form, in the order of its fields: (id to go to, label, text).

    The label of a box to tick is what the reader would say, and not said before they do.
    """
    found = [("", "", str(text)) for text in form.non_field_errors()]
    for field in form:
        goal = f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
        is_unsaid = field.is_hidden or field.widget_type == "checkbox"
        label = "" if is_unsaid else str(field.label)
        found += [("" if field.is_hidden else goal, label, str(text)) for text in field.errors]
    return found


# What a page is called where a link to it is shown


@register.filter
def absolute(path: str) -> str:
    """The full address of a path on this portal."""
    return settings.SITE_URL + path
