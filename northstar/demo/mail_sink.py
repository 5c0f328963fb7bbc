"""A mail server that sends nothing on: every letter becomes a file for the demo's mailbox."""

import itertools
import os
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_numbers = itertools.count()


class Sink:
    """Files what it receives, whole or not at all, named so that names sort by time."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.say = say

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        name = f"{time.time_ns():020d}-{os.getpid()}-{next(_numbers)}"
        half = self.folder / f"{name}.half"
        half.write_bytes(content)
        half.rename(self.folder / f"{name}.eml")
        letter = message_from_bytes(content, policy=policy.default)
        self.say(f"{', '.join(envelope.rcpt_tos)}: {letter['subject']}")
        return "250 Filed"


def start(folder: Path, say: Callable[[str], None], port: int) -> Controller:
    """Serve in a thread of this process on loopback, until stop() is called."""
    folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(
        Sink(folder, say), hostname="127.0.0.1", port=port, data_size_limit=30 * 1024 * 1024
    )
    controller.start()
    return controller
