"""Several connections that act at the same moment."""

import threading

from django.db import connection


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
