"""A process that sends letters when told to, and says how long it took: for benchmarks of the post.

    python -m tests.benchmarks.sender outbox     until none is due, as the postman does
    python -m tests.benchmarks.sender bare 500   so many written and sent over one connection
    python -m tests.benchmarks.sender server     takes letters, and says at which port

It waits for a line before it begins, and for another before it ends.
"""

import asyncio
import sys
import time

import django


def outbox():
    from partners.post import delivery  # noqa: PLC0415 (needs the settings)

    delivery.deliver_all()


def bare(number):
    """Write each letter in its reader's language, build the mail, send it: no row, no promise."""
    from django.core.mail import get_connection  # noqa: PLC0415 (needs the settings)

    from learning.models import LearningSession  # noqa: PLC0415 (needs the settings)
    from partners.models import Message  # noqa: PLC0415 (needs the settings)
    from partners.post import letters, mime  # noqa: PLC0415 (needs the settings)

    one = Message.objects.select_related("recipient").first()
    session = LearningSession.objects.first()
    about = {"session": session, "title": session.title, "session_url": "http://localhost/"}
    with get_connection() as server:
        for _ in range(number):
            letters.write(one.language, one.letter, about)
            server.send_messages([mime.mail_of(one, str(one.recipient.email))])


class Taking(asyncio.Protocol):
    """Takes letters with as little work as it can: a mail server has a machine of its own."""

    def connection_made(self, transport):
        self.transport, self.said, self.in_letter = transport, b"", False
        transport.write(b"220 bench\r\n")

    def data_received(self, data):
        self.said += data
        while self._answered():
            pass

    def _answered(self):
        """Answer one command, or one letter, if it is whole."""
        end = b"\r\n.\r\n" if self.in_letter else b"\r\n"
        first, found, rest = self.said.partition(end)
        if not found:
            return False
        self.said = rest
        is_data = not self.in_letter and first[:4].upper() == b"DATA"
        is_end = not self.in_letter and first[:4].upper() == b"QUIT"
        self.in_letter = is_data
        self.transport.write(b"354 go on\r\n" if is_data else b"250 taken\r\n")
        if is_end:
            self.transport.close()
        return not is_end


def takes_letters():
    async def serve():
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(Taking, "127.0.0.1", 0)
        print(listening.sockets[0].getsockname()[1], flush=True)
        await loop.run_in_executor(None, sys.stdin.readline)

    asyncio.run(serve())


def main(what, *number):
    if what == "server":
        takes_letters()
        return
    django.setup()
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.monotonic()
    {"outbox": outbox, "bare": bare}[what](*map(int, number))
    print(began, time.monotonic(), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
