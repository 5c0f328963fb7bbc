"""Rows 38 to 41, of letters: the database lets go of all, or of all for a while, or has no room.

The server of the suite serves other tests, so it is not restarted here: what a restart looks like
from outside is that no connection lives on. `make faults` restarts one of its own.
"""

import contextlib
import re
import sys
import time

import psycopg
from django.core.cache import cache
from django.db import connection

from partners.models import Message
from tests.builders import make_letter, make_person
from tests.faults.conftest import kill, wait_until
from tests.faults.web import Web


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


@contextlib.contextmanager
def narrow_role(most):
    """A login that may have *most* connections, and all that the test's own may do."""
    name, whose = "narrow", connection.ops.quote_name(connection.settings_dict["USER"])
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN CONNECTION LIMIT {most} IN ROLE {whose}")
        try:
            yield name
        finally:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [name]
            )
            cursor.execute(f"DROP ROLE {name}")


def test_row_41_without_a_free_connection_pages_say_so_and_letters_wait(sink, start, environment):
    cache.clear()
    letter = make_letter(make_person("Ada"))
    with narrow_role(12) as name:
        environment["DATABASE_URL"] = re.sub("//[^@]*@", f"//{name}@", environment["DATABASE_URL"])
        web = Web(start)
        taken = []
        with contextlib.ExitStack() as stack:
            login = connection.get_connection_params() | {"user": name, "password": None}
            drop_connections()
            with contextlib.suppress(psycopg.OperationalError):
                while len(taken) < 20:
                    taken.append(stack.enter_context(psycopg.connect(**login)))
            assert 0 < len(taken) < 20
            postman = start([sys.executable, "manage.py", "post"])
            refused = web.get("/")
            assert (refused.status, refused.headers["Retry-After"] is not None) == (503, True)
            assert refused.seconds < 7
            time.sleep(2)
            assert sink.copies.total() == 0
        assert wait_until(lambda: web.get("/").status == 200, seconds=30)
        assert wait_until(lambda: sink.takers[letter.recipient.email], seconds=30)
        assert postman.poll() is None
        kill(postman)
        kill(web.process)
    assert set(sink.copies.values()) == {1}
