"""Texts in two languages, and lists in Swedish order."""

from django.db import models
from django.db.models.functions import Collate
from django.utils import translation

# Letters in the order a Swedish reader expects, on a PostgreSQL with or without ICU: å ä ö after z,
# æ and ø beside ä and ö, other accents beside their plain letter. Upper case is listed too, because
# lower() leaves it alone under a "C" locale.
_SORT_FROM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "åäæöø" + "ÅÄÆÖØ" + "éèêëÉÈÊËüÜšŠčČžŽđĐŋŊŧŦáÁóÓíÍúÚñÑçÇ"
_SORT_TO = "abcdefghijklmnopqrstuvwxyz" + "{||}}" + "{||}}" + "eeeeeeeeyysscczzddnnttaaooiiuunncc"


class SwedishSortKey(models.Func):
    """Sort key of a text in Swedish alphabetical order, for a generated column in collation C."""

    function = "TRANSLATE"

    def __init__(self, expression: str | models.expressions.Combinable) -> None:
        super().__init__(expression, models.Value(_SORT_FROM), models.Value(_SORT_TO))


def sort_key(field: str) -> models.GeneratedField:
    """A stored column that sorts *field* the Swedish way."""
    return models.GeneratedField(
        expression=Collate(SwedishSortKey(field), "C"),
        output_field=models.CharField(max_length=300),
        db_persist=True,
    )


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
