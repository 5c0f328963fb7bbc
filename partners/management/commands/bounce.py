"""manage.py bounce: reads what mail servers send back, from a pipe or from a mailbox."""

import mailbox
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from partners.bounces import mailboxes, noting
from partners.bounces.reading import MOST_BYTES

TRY_AGAIN = 75  # EX_TEMPFAIL: the mail server keeps the message and comes back with it


class Command(BaseCommand):
    help = (
        "Reads one returned message from standard input, or all that are new in a mailbox, and "
        "notes which letters came back. Ends with 75 when it should be tried again."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--maildir", type=Path, help="a folder with new/ and cur/")
        where.add_argument("--mbox", type=Path, help="a file with all messages")

    def handle(self, *args: Any, **options: Any) -> None:
        came_of_it: Counter[str] = Counter()

        def note(raw: bytes) -> None:
            came_of_it[noting.note(raw).value] += 1

        try:
            if options["maildir"]:
                mailboxes.read_maildir(options["maildir"], note)
            elif options["mbox"]:
                mailboxes.read_mbox(options["mbox"], note)
            else:
                self._note_from_pipe(note)
        except (DatabaseError, ValidationError) as error:
            self._end(error)
        except (OSError, ValueError, mailbox.Error) as error:
            raise CommandError(str(error)) from error
        if options["maildir"] or options["mbox"]:
            for noted, number in sorted(came_of_it.items()):
                self.stdout.write(f"{number} {noted}")

    def _note_from_pipe(self, note: Callable[[bytes], None]) -> None:
        """Whatever goes wrong here, the mail server keeps the message and tries again."""
        try:
            note(_from_pipe())
        except Exception as error:
            self._end(error)

    def _end(self, error: Exception) -> NoReturn:
        self.stderr.write(f"nothing noted, try again: {type(error).__name__}")
        sys.exit(TRY_AGAIN)


def _from_pipe() -> bytes:
    """The beginning of the message; the rest is taken in, too, or its writer thinks it failed."""
    raw = sys.stdin.buffer.read(MOST_BYTES)
    while sys.stdin.buffer.read(MOST_BYTES):
        pass
    return raw
