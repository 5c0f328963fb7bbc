"""Several connections that act at the same moment."""

import contextlib
import re
import threading

from django.db import connection

WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE)\b|pg_advisory")  # rows are also locked FOR UPDATE


def at_once(*calls):
    """Run the calls at the same moment; what each returned or raised."""
    gate = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run(number, call):
        try:
            gate.wait(5)
            results[number] = call()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


def neck_and_neck(*calls):
    """Run the calls at once, none of which locks or writes before all have read so far.

    Whoever reads, then decides, and only then locks is found out each time, and not by luck.
    """
    gate = threading.Barrier(len(calls))
    return at_once(*(_held(call, gate) for call in calls))


def _held(call, gate):
    def held():
        first_write = _FirstWrite(gate)
        with connection.execute_wrapper(first_write):
            try:
                return call()
            finally:
                if not first_write.is_past:
                    gate.abort()  # nobody waits for one who writes nothing

    return held


class _FirstWrite:
    """Waits once at the gate: before the first statement that locks or writes."""

    def __init__(self, gate):
        self.gate = gate
        self.is_past = False

    def __call__(self, execute, sql, params, many, context):
        if not self.is_past and WRITES.search(sql):
            self.is_past = True
            with contextlib.suppress(threading.BrokenBarrierError):
                self.gate.wait(5)
        return execute(sql, params, many, context)
