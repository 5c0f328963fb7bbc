"""One after the other: what is asked for at the same moment, and a click that was meant once."""

from datetime import timedelta

from django.db import connection

DOUBLE_CLICK = timedelta(minutes=2)  # the same from the same person within it was meant once


def take_turn(name: str) -> None:
    """Wait for whoever has the turn *name*, and have it until the transaction ends. One query.

    For what has no row of its own to lock yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
