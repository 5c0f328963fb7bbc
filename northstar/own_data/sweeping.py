"""Taking a name and an address out of every text of the database, whatever table it stands in."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from partners.models import ERASED, Organisation, OrganisationAlias, User

HIDDEN = "•••"
_NOT_AFTER, _NOT_BEFORE = "(?<![[:alnum:]_.+-])", "(?![[:alnum:]_-])"  # a longer address
# The libraries' own tables, and the people: another may have the same name.
PASSED_OVER = {"auth", "contenttypes", "sessions"}
# An organisation may be called as its owner: that is its name, in public.
KEEP_THEIR_NAMES = (Organisation, OrganisationAlias)


@dataclass(frozen=True)
class Needle:
    """What is looked for, as PostgreSQL has it, and what stands in its place."""

    pattern: str
    instead: str


def needles(person: User, *, with_name: bool) -> list[Needle]:
    """The address and the telephone of *person*, and their name where it is theirs alone."""
    found = [
        Needle(rf"(?<![[:alnum:]_.+-]){re.escape(t)}(?![[:alnum:]_-])", HIDDEN) for t in _of(person)
    ]
    return [*found, Needle(rf"\m{re.escape(person.name)}\M", ERASED)] if with_name else found


def _of(person: User) -> list[str]:
    return [text for text in (person.email, person.phone) if text]


def name_is_their_own(person: User) -> bool:
    """Whether *person*'s name, found in a text, means them: two words, and nobody else has it."""
    others = User.objects.filter(name__iexact=person.name).exclude(pk=person.pk)
    return " " in person.name.strip() and not others.exists()


def sweep(person: User) -> None:
    """Take *person* out of every text: a query a table, and one more."""
    with_name = name_is_their_own(person)
    for model in apps.get_models(include_auto_created=True):
        if model is User or model._meta.app_label in PASSED_OVER:
            continue
        keeps_name = issubclass(model, KEEP_THEIR_NAMES)
        _sweep(model, needles(person, with_name=with_name and not keeps_name))


def columns(model: type[models.Model]) -> list[models.Field]:
    """The columns of *model* that hold what somebody typed."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [f for f in model._meta.concrete_fields if isinstance(f, kinds) and not f.choices]


def _sweep(model: type[models.Model], wanted: list[Needle]) -> None:
    found = columns(model)
    if not found or not wanted:
        return
    sets: list[str] = []
    set_values: list[str] = []
    for column in found:
        text, values = _replaced(column, wanted)
        sets.append(f"{_name(column)} = {text}")
        set_values += values
    any_of = "|".join(f"(?:{one.pattern})" for one in wanted)
    where = " OR ".join(f"{_name(column)}::text ~* %s" for column in found)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {', '.join(sets)} WHERE {where}",  # noqa: S608 (our own columns)
            [*set_values, *[any_of] * len(found)],
        )


def _name(column: models.Field) -> str:
    return connection.ops.quote_name(str(column.column))


def _replaced(column: models.Field, wanted: list[Needle]) -> tuple[str, list[str]]:
    """*column* without what is *wanted*, as SQL with its values; no longer than it may be."""
    text = f"{_name(column)}::text"
    values: list[str] = []
    for one in wanted:
        text = f"regexp_replace({text}, %s, %s, 'gi')"
        values += [one.pattern, "" if isinstance(column, models.EmailField) else one.instead]
    if isinstance(column, models.JSONField):
        return f"({text})::jsonb", values
    return (f"left({text}, {column.max_length})" if column.max_length else text), values
