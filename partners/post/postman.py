"""Letters leave as long as there is a database: a loop that needs neither broker nor worker.

Somebody who waits for a login code must not wait for a queue to come back. The clock's task sends
letters, too; both claim what they send, so none goes twice.
"""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from partners.post import delivery
from partners.ticks import tick

log = logging.getLogger(__name__)

LOOKS_EVERY_S = 0.5
TICKS_EVERY = 10  # looks


def go_round(stopping: threading.Event) -> None:
    """Send what is due, again and again, until *stopping* is set. Never raises."""
    looks = 0
    was_well = True
    while not stopping.is_set():
        try:
            delivery.deliver_all(stop=stopping.is_set)
            if looks % TICKS_EVERY == 0:
                tick("post", timezone.now())
            was_well = True
        except DatabaseError as error:
            if was_well:
                log.error("no letters are sent: the database does not answer: %s", error)
            was_well = False
            connection.close()
        except Exception:  # whatever it is, the next round may do better
            log.exception("a round of the postman failed")
        close_old_connections()
        looks += 1
        stopping.wait(LOOKS_EVERY_S)
