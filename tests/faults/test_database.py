"""Rows 38 to 40, of letters: the database lets go of all, or of all for a while.

The server of the suite serves other tests, so it is not restarted here: what a restart looks like
from outside is that no connection lives on. `make faults` restarts one of its own.
"""

import contextlib
import time

from django.core.cache import cache
from django.db import connection

from partners.models import Message
from tests.builders import make_letter, make_person
from tests.faults.conftest import wait_until


def drop_connections():
    """End all connections to the test's database but this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def forget_claims():
    """As when the lease of what a sender had is over."""
    Message.objects.exclude(claim=None).update(claim=None, claimed_until=None)


@contextlib.contextmanager
def closed():
    """Nobody gets in."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection._nodb_cursor() as cursor:  # of another database, or it would be refused
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        try:
            drop_connections()
            yield
        finally:
            cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_row_38_to_40_the_senders_wait_for_the_database_and_go_on(sink, start_postman):
    cache.clear()
    reader = make_person("Ada")
    letters = [make_letter(reader) for _ in range(80)]
    sink.pause_s = 0.02
    postman = start_postman()
    assert wait_until(lambda: sink.copies.total() >= 10)
    drop_connections()
    forget_claims()
    assert wait_until(lambda: sink.copies.total() >= 30)
    with closed():
        time.sleep(1.5)
        came = sink.copies.total()
        time.sleep(0.5)
        assert sink.copies.total() <= came + 1
        assert postman.poll() is None
    forget_claims()
    assert wait_until(lambda: not Message.objects.exclude(state="sent").exists(), seconds=30)
    assert postman.poll() is None, "it has waited, and did not crash"
    assert len(sink.copies) == len(letters)
    assert sink.copies.total() - len(letters) <= 2, "what was in hand"
