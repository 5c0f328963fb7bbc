"""Makes the pictures of docs/img from a demo of its own, so that they are never old."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "img"
WIDTH, HEIGHT = 1280, 900
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@dataclass(frozen=True)
class Picture:
    """One of the ten main pages: who looks at it, and how they come there."""

    name: str
    persona: str  # as the demo calls them
    path: str
    follow: str = ""  # a link of that page to go on by


PICTURES = [
    Picture("start", "visitor", "/"),
    Picture("project", "visitor", "/projektet/"),
    Picture("partner", "visitor", "/partner/", "main a[href^='/partner/'][href$='/']"),
    Picture("measures", "visitor", "/atgarder/"),
    Picture("session", "member", "/traffar/", "main article a[href^='/traffar/']"),
    Picture("contact-person", "contact", "/"),
    Picture("lead-session", "lead", "/traffar/", "main article a[href^='/traffar/']"),
    Picture("attendance", "lead", "/", "main a[href$='/narvaro/']"),
    Picture("coordinator", "coordinator", "/"),
    Picture("participation", "coordinator", "/rapporter/deltagande/"),
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def wait_for(address: str, demo: subprocess.Popen, seconds: int = 300) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if demo.poll() is not None:
            raise RuntimeError("the demo ended before its first page")
        try:
            with urllib.request.urlopen(f"{address}/demo/", timeout=5):  # noqa: S310 (our own demo)
                return
        except OSError:
            time.sleep(1)
    raise RuntimeError("the demo does not come up")


def page_of(browser: Browser, address: str, persona: str) -> Page:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale="sv-SE", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{address}/demo/")
    page.click(f"form[action*='{persona}'] button")
    return page


def take(browser: Browser, address: str, picture: Picture) -> None:
    page = page_of(browser, address, picture.persona)
    page.goto(address + picture.path)
    if picture.follow:
        goal = page.locator(picture.follow).first.get_attribute("href")
        page.goto(f"{address}{goal}")
    page.screenshot(path=str(IMAGES / f"{picture.name}.png"))
    page.context.close()


def main() -> int:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        environment = os.environ | {"DEMO_DIR": f"{folder}/demo", "PORT": str(port)}
        demo = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(address, demo)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), args=QUIET
                )
                for picture in PICTURES:
                    take(browser, address, picture)
                browser.close()
        finally:
            demo.terminate()
            demo.wait(30)
    return 0


if __name__ == "__main__":
    sys.exit(main())
