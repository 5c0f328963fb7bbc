"""A real Chromium for the whole run, a fresh context for every test, and people logged in at once.

Where there is no Chromium these tests are skipped and say so; with CI=true that is a failure.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from learning.models import SessionReminder
from partners.models import FocusArea
from tests.browser.pages import make_pages
from tests.factors import show

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            only_looks = "pages" in item.fixturenames
            item.add_marker(pytest.mark.django_db(transaction=not only_looks))


@pytest.fixture(scope="session")
def server(django_db_setup):
    """The portal on a port of its own; unlike live_server it leaves the database as it is."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium(django_db_setup):
    if CHROMIUM is None:
        reason = "no chromium on this machine: apt-get install chromium"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()  # while Playwright's loop runs, Django keeps connections apart


@pytest.fixture(scope="module")
def pages(chromium, server, django_db_blocker):
    """Every page with its address, of one world that is committed once and only looked at."""
    with django_db_blocker.unblock():
        made = make_pages()
        for person, _arguments in made.values():
            if person is not None:  # logged in here, where it is committed and the server sees it
                person.cookie = session_cookie(person, server.url)
        yield made
        call_command("flush", interactive=False, verbosity=0)
        FocusArea.objects.plant()
        SessionReminder.objects.plant()


@pytest.fixture
def open_page(chromium, server):
    """Open an address as somebody: open_page("/traffar/", ada, width=360, javascript=False).

    The page collects errors of its console, broken requests and breaches of the content security
    policy in page.problems. Addresses are paths; goto("/…") goes on from there.
    """
    contexts = []

    def open_page(path=None, person=None, *, width=1280, javascript=True, **options):
        page = _page_of(
            chromium, server, person, width=width, java_script_enabled=javascript, **options
        )
        contexts.append(page.context)
        if path is not None:
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def look_as(chromium, server):
    """A page of somebody's that stays open for a module whose tests only look: look_as(ada).

    The next test goes on in it, as a reader goes from page to page.
    """
    kept = {}

    def look_as(person):
        key = person and person.pk
        if key not in kept or kept[key].is_closed():
            kept[key] = _page_of(chromium, server, person, width=1280)
        kept[key].problems.clear()
        return kept[key]

    yield look_as
    for page in kept.values():
        page.context.close()


def _page_of(chromium, server, person, *, width, **options):
    context = chromium.new_context(
        base_url=server.url,
        viewport={"width": width, "height": 800 if width > 600 else 640},
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(15_000)  # a busy machine is no fault of the page
    if person is not None:
        cookie = getattr(person, "cookie", None) or session_cookie(person, server.url)
        context.add_cookies([cookie])
    page = context.new_page()
    page.problems = []
    page.on("console", lambda m: m.type == "error" and page.problems.append(m.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    return page


def session_cookie(person, url):
    client = Client()
    client.force_login(person)
    show(client, person)  # just now, so that the pages behind it open
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
