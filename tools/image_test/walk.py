"""What a person does in a browser through the proxy: log in, register, send a file, fetch it."""

import base64
import hashlib
import hmac
import re
import shutil
import struct
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PERSON = "prov@klimat.example"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 (of the app of a person made up for this)
FILE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SEED = f"""
from datetime import timedelta
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from learning.models import LearningSession, Series
from partners.models import User
now = timezone.now()
kim = User.objects.create_user("{PERSON}", "Prov Person", staff_role="coordinator")
TOTP.activate(kim, "{SECRET}")
series = Series.objects.create(title_sv="Prov", slug="prov")
session = LearningSession.objects.create(
    series=series, title_sv="Provet", venue="Rum 1", created_by=kim, published_at=now,
    starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=9, hours=2))
print("session", session.pk)
"""
COUNT = """
from learning.models import Material, Registration
from partners.models import Message, User
print("rows", User.objects.count(), Registration.objects.count(), Material.objects.count())
"""

Letters = Callable[[], list[str]]


def walk(address: str, session: str, letters: Letters, file: Path) -> str:
    """Do all of it; return the address of the file that was sent."""
    file.write_bytes(FILE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            base_url=address, ignore_https_errors=True, locale="sv-SE", reduced_motion="reduce"
        )
        page = context.new_page()
        _log_in(page, letters)
        before = len(letters())
        page.goto(f"/traffar/{session}/?as=participant")
        page.locator("#seat-panel button").first.click()
        wait_until(lambda: len(letters()) > before, 60, "no letter about the place")
        link = _send_file(page, session, file)
        if context.request.get(link).body() != FILE:
            raise AssertionError("another file came back")
        browser.close()
    return link


def _log_in(page: Page, letters: Letters) -> None:
    before = len(letters())
    wait_until(lambda: _opens(page, "/logga-in/"), 20, "the network does not come to rest")
    page.locator("input[name=email]").fill(PERSON)
    page.locator("main form button").first.click()
    wait_until(lambda: len(letters()) > before, 60, "no letter with a code")
    page.locator("input[name=code]").fill(code_in(letters()[-1]))
    page.locator("main form button").first.click()
    page.wait_for_url("**/logga-in/andra-steget/")
    page.locator("input[name=code]").fill(code_of_the_app(time.time()))
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Prov Person").first.wait_for()


def _opens(page: Page, path: str) -> bool:
    """Open *path*; not while the machine still adds the network of the containers."""
    try:
        page.goto(path)
    except Error as error:
        if "ERR_NETWORK_CHANGED" not in error.message:
            raise
        return False
    return True


def code_of_the_app(now: float) -> str:
    """What an app with SECRET shows at the moment *now* (RFC 6238)."""
    counter = struct.pack(">Q", int(now) // 30)
    digest = hmac.new(base64.b32decode(SECRET), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[at : at + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


def code_in(letter: str) -> str:
    """The code of a login letter."""
    found = re.search(r"\b[A-Z0-9]{4}[ -][A-Z0-9]{4}\b", letter)
    if found is None:
        raise AssertionError("no code in the letter")
    return found.group()


def _send_file(page: Page, session: str, file: Path) -> str:
    page.goto(f"/traffar/{session}/ladda-upp/")
    page.locator("input[name=file]").set_input_files(file)
    page.locator("input[name=title]").fill("Provfilen")
    page.locator("input[name=audience]").first.check()
    page.get_by_role("button", name="Ladda upp filen").click()
    page.goto(f"/traffar/{session}/?as=participant")
    link = page.get_by_role("link", name=re.compile("Provfilen")).first.get_attribute("href")
    return link or ""


def wait_until(true: Callable[[], object], seconds: float, else_: str) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise AssertionError(else_)
        time.sleep(0.3)
