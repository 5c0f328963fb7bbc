"""Starts PostgreSQL and a Redis-compatible server before Django reads its settings.

Loaded by pytest as a plugin, so that plain `pytest` works everywhere. Workers of xdist inherit the
addresses from their controller. Everything about the environment of a test run is set here.
"""

import contextlib
import os
import tempfile

import pytest

from northstar.servers import embedded

_running = contextlib.ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    servers = _running.enter_context(embedded.running())
    os.environ["DATABASE_URL"] = servers.database_url
    os.environ["REDIS_URL"] = servers.redis_url
    os.environ.setdefault("SECRET_KEY", "for tests only, and long enough to be taken for a secret")
    os.environ.setdefault("DEBUG", "0")
    os.environ.setdefault("TESTING", "1")
    for name in ("STATIC_ROOT", "MEDIA_ROOT"):
        os.environ[name] = _running.enter_context(tempfile.TemporaryDirectory(prefix="ns-test-"))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the test's thread


def pytest_unconfigure():
    _running.close()
