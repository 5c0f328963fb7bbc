"""Who holds what row, and who waits for it, as PostgreSQL sees it."""

import contextlib

from django.db import connection


def how_many(condition):
    """How many other connections to the test's database are like that now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # in a transaction it would stand still
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            f"AND pid <> pg_backend_pid() AND {condition}"
        )
        return cursor.fetchone()[0]


def waiting():
    return how_many("wait_event_type = 'Lock'")


def hanging():
    return how_many("state = 'idle in transaction'")


def deadlocks():
    """How many there have been in the test's database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


@contextlib.contextmanager
def held(row):
    """Hold *row* over a connection of its own."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            table = connection.ops.quote_name(row._meta.db_table)
            cursor.execute(f"SELECT FROM {table} WHERE id = %s FOR NO KEY UPDATE", [row.pk])
        yield
    finally:
        other.close()
