"""When several want the same at once: each in their turn, again when it was busy, a click once."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
R = TypeVar("R")

# Deadlock, serialization failure, lock not available: the same work may succeed a moment later.
PASSING = {"40P01", "40001", "55P03"}
TRIES = 3
# Whoever has waited this long for others hears that it is busy: a reader waits LOCK_TIMEOUT once.
WAITS_S = 2.0

DOUBLE_CLICK = timedelta(minutes=2)  # the same from the same person within it was meant once


def made_just_now(rows: QuerySet[M]) -> M | None:
    """The one of *rows* that a first click has made: by the same person, saying the same.

    Asked under a lock or in a turn, so that of two clicks at once one finds the other's. One query.
    """
    return rows.filter(created_at__gte=timezone.now() - DOUBLE_CLICK).first()


def take_turn(name: str) -> None:
    """Wait for whoever has the turn *name*, and have it until the transaction ends. One query.

    For what has no row of its own to lock yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def patient(operation: Callable[P, R]) -> Callable[P, R]:
    """Run an atomic operation again, twice at most, when the database let it down in passing.

    Not after WAITS_S, for a row that was held so long is held by somebody who does not go on.
    Inside an outer transaction it runs once, for only the outermost can be repeated.
    Raises ValidationError ("busy") when the last try failed too.
    """

    @wraps(operation)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return operation(*args, **kwargs)
        end = time.monotonic() + WAITS_S
        for attempt in range(1, TRIES + 1):
            try:
                return operation(*args, **kwargs)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in PASSING:
                    raise
                if attempt == TRIES or time.monotonic() > end:
                    break
                time.sleep(random.uniform(0.02, 0.1) * attempt)  # noqa: S311 (no secret: it parts them)
        raise ValidationError(
            _("Many people are doing this right now. Wait a moment and try again."), code="busy"
        )

    return tried
