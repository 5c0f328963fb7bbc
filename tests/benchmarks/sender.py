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


def takes_letters():
    from aiosmtpd.smtp import SMTP  # noqa: PLC0415 (the senders do not wait for it)

    class Taking:
        async def handle_DATA(self, server, session, envelope):
            return "250 taken"

    async def serve():
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(lambda: SMTP(Taking()), "127.0.0.1", 0)
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
