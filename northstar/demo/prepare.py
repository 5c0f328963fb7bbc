"""Brings the demo up to date by two processes beside each other: its files, and its tables.

`python -m northstar.demo.prepare files`, and `… tables SIZE`.
"""

import gc
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import resolve
from django.utils import timezone

from northstar import use_settings


def files() -> None:
    """Collect the static files, and load every page: what was never run is compiled by that.

    Better now, while the tables are made, than when the first page is waited for.
    """
    call_command("collectstatic", interactive=False, verbosity=0)
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise SystemExit("The static files could not be collected.")
    resolve("/")


def tables(size: str) -> None:
    """Migrate, make the cache table, and build data if there are none."""
    started = time.monotonic()
    gc.disable()  # migrations make models by the thousand, and a sixth of the time went to sweeping
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable")
    gc.enable()
    print(f"Tables are up to date ({time.monotonic() - started:.1f} s).", flush=True)
    _build(size)


def _build(size: str) -> None:
    from northstar.demo.data import builder  # noqa: PLC0415 (models need a Django that is set up)
    from partners.ticks import tick  # noqa: PLC0415 (as above)

    started = time.monotonic()
    if builder.build_if_empty(size):
        print(f"A made-up partnership was built ({time.monotonic() - started:.1f} s).", flush=True)
    tick("watch", timezone.now())  # a demo that was closed for the night has not stood still


def main(what: str, *words: str) -> None:
    use_settings()
    django.setup()
    if what == "files":
        files()
    else:
        tables(*words)


if __name__ == "__main__":
    main(*sys.argv[1:])
