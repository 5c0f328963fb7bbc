"""Letters that say the same to many: the database puts each together from what all share.

So a page of HTML goes there once, and not for each of two thousand readers.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from partners.models import Message
from partners.post.letters import Swap

MOST = 2_500  # readers in one statement

_KEEP = """
    INSERT INTO partners_message ({names})
    SELECT {values}
    FROM json_to_recordset(%s) AS own (
        key text, recipient_id bigint, calendar text, calendar_method text,
        "text" text[], html text[]
    )
    ON CONFLICT DO NOTHING
"""
_OWN = {name: f"own.{name}" for name in ("key", "recipient_id", "calendar", "calendar_method")}
_OWN["message_id"] = "gen_random_uuid()"
_FIELDS = [f for f in Message._meta.concrete_fields if not (f.generated or f.primary_key)]


@dataclass(frozen=True)
class Own:
    """What is one reader's own in a letter that many get."""

    key: str
    recipient: int
    calendar: str
    calendar_method: str
    swaps: Sequence[Swap]  # of the same marks for all


def keep(shared: Message, copies: Iterable[Own]) -> None:
    """Keep *shared* for each of *copies*, with what is their own in its place.

    What has its key already is left alone, so that the caller's transaction lives on. One query
    for MOST.
    """
    rows = list(copies)
    for first in range(0, len(rows), MOST):
        _keep(shared, rows[first : first + MOST])


def _keep(shared: Message, rows: list[Own]) -> None:
    marks = [swap.mark for swap in rows[0].swaps]
    values, parameters = [], []
    for field in _FIELDS:
        if field.attname in _OWN:
            values.append(_OWN[field.attname])
        else:
            value = field.get_db_prep_save(field.pre_save(shared, add=True), connection)
            swapped = marks if field.attname in {"text", "html"} else []
            values.append(_swapped("%s", field.attname, len(swapped)))
            parameters += [value, *swapped]
    names = ", ".join(field.attname for field in _FIELDS)
    with connection.cursor() as cursor:
        statement = _KEEP.format(names=names, values=", ".join(values))
        cursor.execute(statement, [*parameters, _as_json(rows)])


def _swapped(value: str, name: str, times: int) -> str:
    for number in range(1, times + 1):
        value = f"replace({value}, %s, own.{name}[{number}])"
    return value


def _as_json(rows: list[Own]) -> str:
    return json.dumps(
        [
            {
                "key": row.key,
                "recipient_id": row.recipient,
                "calendar": row.calendar,
                "calendar_method": row.calendar_method,
                "text": [swap.in_text for swap in row.swaps],
                "html": [swap.in_html for swap in row.swaps],
            }
            for row in rows
        ],
        ensure_ascii=False,
    )
