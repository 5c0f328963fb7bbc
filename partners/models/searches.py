"""Rows that come near what somebody searches for, found by an index and ranked by their words."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf, StrIndex

from partners.models.texts import SearchKey
from partners.reading.searches import Sought, fold, forms, nearness, parts, pieces

AT_MOST = 100  # rows of a kind that are compared word by word
_NOWHERE = 1_000.0  # how far into a text a word stands that is not in it as written
_SHORTEST = 4  # letters of a word in which slips are forgiven

Rows = TypeVar("Rows", bound=models.QuerySet)
Text = models.expressions.Combinable


class Folded(models.Func):
    """A search_key without the dots of å, ä and ö: what is found is ranked with them."""

    template = "TRANSLATE(%(expressions)s, 'åäö', 'aao')"
    output_field = models.TextField()


class Like(models.Func):
    """A text beside a pattern: true where it is like that."""

    template = "%(expressions)s"
    arg_joiner = " LIKE "
    output_field = models.BooleanField()


def title_key(*fields: str) -> models.GeneratedField:
    """A stored column in which searches look for what *fields* call a row, slips forgiven."""
    text = models.TextField()
    said = (Coalesce(field, Value(""), output_field=text) for field in fields)
    return models.GeneratedField(
        expression=Folded(SearchKey(*said)), output_field=text, db_persist=True
    )


def title_index(name: str) -> GinIndex:
    """The index of a title_key."""
    return GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name=name)


def whole_index(name: str) -> GinIndex:
    """The index by which found_by finds words of a search_key that says more than the title."""
    return GinIndex(OpClass(Folded("search_key"), "gin_trgm_ops"), name=name)


def found_by(
    rows: Rows,
    what: Sought,
    *,
    by_any: bool = False,
    whole: Text = F("title_key"),  # noqa: B008 (only named)
    scanned: str = "",
    **related: type[models.Model],
) -> Rows:
    """Those of *rows* that may be meant by *what*, the likeliest first, AT_MOST of them.

    Every word must stand in the *whole* text of a row in one of its forms, or nearly in its title,
    or in that of a row which a foreign key named in *related* leads to. *by_any*, one word is
    enough, or a piece of one. A search_key without a whole_index is named as *scanned*: to read it
    with wildcards for letters with dots takes a tenth of what folding it takes. What is really
    near, and how, *partners.reading.searches* says.
    """
    if not what.words:
        return rows.none()
    wanted = Q()
    for word in what.words:
        near = _near(rows.model, word, whole, scanned, related, by_pieces=by_any)
        wanted = wanted | near if by_any else wanted & near
    found = rows.alias(whole=whole).filter(wanted)
    return found.order_by(_apart(what), "-pk")[:AT_MOST]


def _near(
    model: type[models.Model],
    word: str,
    whole: Text,
    scanned: str,
    related: dict[str, type[models.Model]],
    *,
    by_pieces: bool,
) -> Q:
    """In subqueries, so that each way is gone by its own index."""
    plain = fold(word)
    texts = {*forms(plain), *((*parts(plain), *pieces(plain)) if by_pieces else ())}
    least = sorted(text for text in texts if not any(one in text for one in texts - {text}))
    spelled = Q(*(("whole__contains", text) for text in least), _connector=Q.OR)
    like = Q(*(Like(F(scanned), Value(_pattern(text))) for text in least), _connector=Q.OR)
    texts_of_rows = model._default_manager.alias(whole=whole)
    ways = [("pk", texts_of_rows.filter(like if scanned else spelled))]
    for name, other in [("pk", model), *related.items()]:
        rows = other._default_manager.alias(whole=F("title_key"))
        if name != "pk":
            ways.append((name, rows.filter(spelled)))
        if len(plain) >= _SHORTEST:
            ways.append((name, rows.filter(title_key__trigram_word_similar=plain)))
    found: list[tuple[str, Any]] = [(f"{name}__in", rows.values("pk")) for name, rows in ways]
    return Q(*found, _connector=Q.OR)


def _pattern(text: str) -> str:
    """*text* anywhere, folded as it is, with any letter where å, ä or ö may have been."""
    return f"%{re.sub(r'[_ao]', '_', text)}%"


def _apart(what: Sought) -> Text:
    """How far into a row its words stand: titles come first in a search_key."""
    apart: Text = Value(0.0)
    for word in what.words:
        plain = fold(word)
        place = NullIf(StrIndex("whole", Value(forms(plain)[-1])), 0)
        unlike = _NOWHERE * (Value(2.0) - TrigramWordSimilarity(plain, "title_key"))
        apart = apart + Coalesce(place, unlike, output_field=models.FloatField())
    return apart


def nearest(what: Sought, rows: Iterable[tuple[int, str, str]]) -> tuple[list[int], str]:
    """The ids of *rows* (id, title, body) in which all words stand, in some way, nearest first.

    And the words as the nearest one spells them: "" where it has them as they were typed.
    """
    compared = [(nearness(what, [title], [body]), pk) for pk, title, body in rows]
    near = sorted(
        ((one, pk) for one, pk in compared if one.is_whole),
        key=lambda pair: pair[0].score,
        reverse=True,
    )
    meant = near[0][0].words if near else what.words
    return [pk for _one, pk in near], "" if meant == what.words else " ".join(meant)
