"""manage.py post: sends letters until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from partners.post import postman


class Command(BaseCommand):
    help = "Sends the letters of the outbox, with the database alone, until SIGTERM or Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        postman.go_round(stopping)
