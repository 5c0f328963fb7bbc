"""The demo is an app of its own: production neither loads it nor needs its folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()
TAKEN = [line.removeprefix("!") for line in IGNORED if line.startswith("!")]
LEFT_OUT = [line for line in IGNORED if line.startswith(("northstar/", "templates/"))]
LOADED = """
import sys, django
django.setup()
from django.test import Client
from django.urls import get_resolver
import northstar.celery, northstar.wsgi
get_resolver().url_patterns
assert Client().get("/health/", secure=True).status_code == 200
apart = ("northstar.demo", "northstar.servers")
print(*sorted(name for name in sys.modules if name.startswith(apart)))
"""


def run(words, folder=ROOT, **more):
    named = ("DEMO", "DEBUG", "TESTING", "DJANGO_ALLOW_ASYNC_UNSAFE")
    environment = {name: value for name, value in os.environ.items() if name not in named}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "northstar.settings",
        "SECRET_KEY": "long enough " * 8,
        "SITE_URL": "https://northstar.example",
        "ALLOWED_HOSTS": "testserver",
        "DATABASE_POOL": "0",
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment | more,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_loads_nothing_of_the_demo_or_its_servers():
    done = run(["-c", LOADED])
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_the_demo_does_load_it():
    done = run(["-c", LOADED], DEMO="1")
    assert "northstar.demo.clock" in done.stdout.split(), done.stderr


def test_the_image_holds_neither_and_passes_its_checks(tmp_path):
    assert {"northstar/demo", "northstar/servers"} <= set(LEFT_OUT)
    for name in TAKEN:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    for name in LEFT_OUT:
        shutil.rmtree(tmp_path / name)
    checks = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = run(checks, tmp_path)
    assert done.returncode == 0, done.stderr
    done = run(["-c", LOADED], tmp_path)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr
