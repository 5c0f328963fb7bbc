"""A storm over letters of all kinds, at full size.

    make faults                              50,000 letters
    .venv/bin/python -m tests.faults 2000 7  2,000 letters, dice of seed 7
    setsid nohup make faults > faults.log &  alone; it says how far it is

Two workers with a beat each, a broker, a database and a mail server of its own. Ends with 1 if
anything was lost, came twice without having been in hand when something broke, or came although
it was true no more.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from northstar import use_settings
from northstar.servers.broker import Broker
from northstar.servers.postgres import PostgreSQL


@contextlib.contextmanager
def processes(environment, folder):
    """Start processes of the product; at the end they are killed with all their children."""
    started = []

    def start(command, **more):
        with (folder / f"process-{len(started)}.log").open("wb") as log:
            started.append(
                subprocess.Popen(
                    command,
                    env=environment | more,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )
        return started[-1]

    try:
        yield start
    finally:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def main(letters, seed):
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ns-storm-")))
        database, broker = _servers(stack, folder)
        os.environ |= _environment(database, folder)
        use_settings()
        from tests.faults import moved_clock  # noqa: PLC0415 (before models are loaded)

        clock = moved_clock.install(folder / "clock")
        import django  # noqa: PLC0415 (needs the settings)

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 (likewise)
        from django.utils import timezone  # noqa: PLC0415 (likewise)

        from tests.faults import storm  # noqa: PLC0415 (likewise)
        from tests.faults.doors import Scissors  # noqa: PLC0415 (likewise)
        from tests.faults.storm_work import Work, monday_morning  # noqa: PLC0415 (likewise)

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        clock.move(monday_morning(timezone.now()) - timezone.now())
        sink = storm.Keeper()
        sink.start()
        stack.callback(sink.stop)
        scissors = Scissors(sink.port, most=500, cuts=1)
        environment = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{scissors.port}"}
        start = stack.enter_context(processes(environment, folder))
        work = Work()
        work.lay_out(letters)
        wind = storm.Storm(
            work,
            sink,
            scissors,
            broker,
            clock,
            start=start,
            restart_database=lambda: _restart(database),
            dice=random.Random(seed),
        )
        return _run(wind, letters)


def _servers(stack, folder):
    data = Path(tempfile.mkdtemp(prefix="ns-data-", dir="/tmp"))
    database = PostgreSQL(data, {})
    database.start()
    stack.callback(shutil.rmtree, data, ignore_errors=True)
    stack.callback(database.stop)
    broker = Broker()
    broker.start()
    stack.callback(broker.stop)
    return database, broker


def _environment(database, folder):
    return {
        "SECRET_KEY": "for storms only, and long enough to be taken for a secret",
        "DATABASE_URL": database.url(),
        "DATABASE_POOL": "0",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SITE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "LOG_LEVEL": "ERROR",
        "TESTING": "1",
    }


def _restart(database):
    """As pg_ctl restart -m immediate: no transaction ends, and what was committed stays."""
    database.process.send_signal(signal.SIGQUIT)
    database.process.wait()
    database.start()


def _run(storm, letters):
    began = time.monotonic()
    for _ in range(2):
        storm.start_worker()
    print(f"{letters:,} letters to {len(storm.work.people):,} people", flush=True)
    breaks = [*storm.all_that_breaks(), storm.freeze_worker]
    storm.says = lambda: print(
        f"{time.monotonic() - began:.0f} s: {len(storm.sink.came):,} have come, "
        f"{sum(storm.broke.values())} things broke",
        flush=True,
    )
    storm.blow(breaks, expected=0.8 * letters, between=300)
    print(f"{time.monotonic() - began:.0f} s: {len(storm.sink.came):,} have come", flush=True)
    storm.calm()
    storm.let_leases_end()
    found = list(storm.work.faults(storm.sink.came, storm.in_hand))
    copies = sum(map(len, storm.sink.came.values())) - len(storm.sink.came)
    print(", ".join(f"{name} {number} x" for name, number in sorted(storm.broke.items())))
    print(f"{time.monotonic() - began:.0f} s, {len(storm.sink.came):,} e-mails have come; ", end="")
    print(f"{copies} copies, {storm.in_hand} in hand when something broke")
    print("\n".join(found) or "Nothing is lost, nothing untrue was sent.", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    wanted = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(wanted + [50_000, 1][len(wanted) :])))
