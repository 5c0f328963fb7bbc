"""Texts in two languages, and lists in Swedish order."""

import re
from datetime import datetime

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Collate
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partners.reading.addresses import ascii_domain

# Letters in the order a Swedish reader expects, on a PostgreSQL with or without ICU: å ä ö after z,
# æ and ø beside ä and ö, other accents beside their plain letter. Upper case is listed too, because
# lower() leaves it alone under a "C" locale.
_SORT_FROM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "åäæöø" + "ÅÄÆÖØ" + "éèêëÉÈÊËüÜšŠčČžŽđĐŋŊŧŦáÁóÓíÍúÚñÑçÇ"
_SORT_TO = "abcdefghijklmnopqrstuvwxyz" + "{||}}" + "{||}}" + "eeeeeeeeyysscczzddnnttaaooiiuunncc"


class SwedishSortKey(models.Func):
    """Sort key of a text in Swedish alphabetical order, for a generated column in collation C."""

    function = "TRANSLATE"

    def __init__(self, expression: str | models.expressions.Combinable) -> None:
        super().__init__(expression, Value(_SORT_FROM), Value(_SORT_TO))


def sort_key(field: str) -> models.GeneratedField:
    """A stored column that sorts *field* the Swedish way."""
    return models.GeneratedField(
        expression=Collate(SwedishSortKey(field), "C"),
        output_field=models.CharField(max_length=300),
        db_persist=True,
    )


# What a search does not tell apart: case, composed and decomposed letters, accents (but å, ä and ö,
# with æ and ø beside them), hyphens and spaces. Kept letters wait as private ones meanwhile.
_KEPT, _AWAY = "ÅåÄäÖöÆæØø", "\ue000\ue000\ue001\ue001\ue002\ue002\ue001\ue001\ue002\ue002"
_LEVELLED = "\ue000\ue001\ue002" + "’‘´`" + "-‐‑‒–—―−"
_LEVEL = "åäö" + "''''''''" + " " * 8


class SearchKey(models.Func):
    """Texts as searches compare them, on both sides."""

    arg_joiner = " || ' ' || "
    template = (
        "TRANSLATE(LOWER(REGEXP_REPLACE(NORMALIZE(TRANSLATE(NORMALIZE(%(expressions)s, NFKC), "
        f"'{_KEPT}', '{_AWAY}'), NFKD), '[\u0300-\u036f]', '', 'g')), '{_LEVELLED}', '{_LEVEL}')"
    )
    output_field = models.TextField()


def search_key(*fields: str) -> models.GeneratedField:
    """A stored column that a search looks into for the words of *fields*."""
    text = models.TextField()
    parts = (Coalesce(field, Value(""), output_field=text) for field in fields)
    return models.GeneratedField(expression=SearchKey(*parts), output_field=text, db_persist=True)


def in_all_words(text: str, *keys: str, **related: type[models.Model]) -> Q:
    """Rows in which each word of *text* stands in one of the search *keys*, in whatever order.

    *related* names foreign keys with their models: a word may stand in the search_key of the row
    one leads to. Those rows are found first, by their own index.
    """
    wanted = Q()
    for word in text.replace("\0", "").split():
        parts = [
            _in_one(part, keys, related)
            for part in re.split(rf"[{re.escape(_LEVELLED)}]", word)
            if part
        ]
        address = _kept_address(word)
        wanted &= (Q(*parts) | _in_one(address, keys, related)) if address else Q(*parts)
    return wanted


def _in_one(words: str, keys: tuple[str, ...], related: dict[str, type[models.Model]]) -> Q:
    sought = SearchKey(Value(words))
    found: list[tuple[str, object]] = [(f"{key}__contains", sought) for key in keys]
    for name, model in related.items():
        rows = model._default_manager.filter(search_key__contains=sought)
        found.append((f"{name}__in", rows.values("pk")))
    return Q(*found, _connector=Q.OR)


def _kept_address(word: str) -> str:
    """A *word* that is or ends in a domain with å, ä or ö as addresses are kept, else ""."""
    local, at, domain = word.rpartition("@")
    host = "" if word.isascii() else ascii_domain(domain)
    return f"{local}{at}{host}" if host else ""


def moment_in_words(moment: datetime | None) -> str:
    """A moment in a sentence; "" where there is none."""
    if moment is None:
        return ""
    # Translators: a date format, as in "Wednesday 7 April 2027, 16:00".
    when = date_format(timezone.localtime(moment), _("l j F Y, H:i"))
    return _("%(when)s Swedish time") % {"when": when}


def in_words(row: models.Model, *names: str) -> str:
    """The related rows *names* of *row*, for a __str__: never queries.

    What is loaded says its own words, what is not its number, what is not there nothing.
    """
    return ", ".join(filter(None, (_loaded(row, name) for name in names)))


def _loaded(row: models.Model, name: str) -> str:
    field = row._meta.get_field(name)
    if isinstance(field, models.ForeignKey) and not field.is_cached(row):
        pk = getattr(row, field.attname)
        return f"#{pk}" if pk else ""
    return str(getattr(row, name) or "")


def in_language(swedish: str, english: str) -> str:
    """The text in the active language; the other one when that is missing."""
    wanted, other = swedish, english
    if (translation.get_language() or "sv").startswith("en"):
        wanted, other = english, swedish
    return wanted or other
