"""Brings the demo's database and files up to date: tables, static files, data if there are none."""

import sys
import threading
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from northstar import use_settings


def _collect_static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def prepare(size: str) -> None:
    """Migrate, make the cache table, collect static files, and build data if there are none."""
    use_settings()
    django.setup()
    static = threading.Thread(target=_collect_static)
    static.start()
    started = time.monotonic()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable")
    print(f"Tables are up to date ({time.monotonic() - started:.1f} s).", flush=True)
    _build(size)
    static.join()
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise SystemExit("The static files could not be collected; see above.")


def _build(size: str) -> None:
    from northstar.demo.data import builder  # noqa: PLC0415 (models need a Django that is set up)

    started = time.monotonic()
    if builder.build_if_empty(size):
        print(f"A made-up partnership was built ({time.monotonic() - started:.1f} s).", flush=True)


if __name__ == "__main__":
    prepare(sys.argv[1])
