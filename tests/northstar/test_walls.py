"""The walls see: for every ban of the house a planted breach that it must catch.

A breach is a text read as if it lay at a path; nothing of it is run or written.
"""

import json
import subprocess
import sys

import pytest
from django.db import models
from django.test.utils import isolate_apps

from learning.models import Attendance
from measures.models import MeasureQuerySet
from tests.northstar import house as plan
from tests.northstar import walls
from tests.northstar.planting import TOKENS, plant
from tests.northstar.sources import ROOT


@pytest.mark.parametrize(
    "text",
    [
        # imports no wall can see
        'import importlib\nimportlib.import_module("measures.models")',
        'from importlib import import_module as load\nload("measures.models")',
        "import importlib.util as u",
        '__import__("measures")',
        "load = __import__",
        'exec("from measures import models")',
        'from django.utils.module_loading import import_string\nimport_string("measures.x")',
        'from django.apps import apps\napps.get_model("measures", "Measure")',
        'import sys\nsys.modules["measures.models"]',
        'import runpy\nrunpy.run_module("measures")',
        # receivers
        "from django.db.models.signals import m2m_changed\nm2m_changed.connect(print)",
        "from django.db.models.signals import pre_delete as gone\ngone.connect(print)",
        "from django.db import models\nmodels.signals.post_save.connect(print)",
        "from django.db.models import signals",
        "import django.db.models.signals as s",
        "from django.dispatch import receiver as hears",
        "from django.dispatch import Signal\ntold = Signal()",
        "from django.contrib.auth import user_logged_in\nuser_logged_in.connect(print)",
        "from allauth.account.signals import user_signed_up",
        "from celery import signals",
        # mail
        "import smtplib\nsmtplib.SMTP()",
        "from smtplib import SMTP as Post",
        "from django.core import mail\nmail.send_mail()",
        "from django.core import mail as post\npost.EmailMessage()",
        "from django.core.mail import get_connection as g",
        "from django.core.mail.message import EmailMessage",
        "import django.core.mail",
        "from django import core\ncore.mail.send_mail()",
        "from logging.handlers import SMTPHandler",
        "from django.utils import log\nlog.AdminEmailHandler()",
        "def f(user):\n    user.email_user('a', 'b')",
        "def f(adapter):\n    adapter.send_mail('a', 'b')",
        # work for later
        "def f(task):\n    task.delay()",
        "def f(task):\n    task.si(1).apply_async(countdown=1)",
        'def f(app):\n    app.send_task("x")',
        'def f(task):\n    getattr(task, "delay")()',
        "def f(task):\n    later = task.delay\n    later()",
        # the environment
        'import os\nos.environ["DEBUG"]',
        "from os import environ as e",
        'import os as o\no.getenv("DEBUG")',
        "from os import getenv",
        "import environ",
        # a second kind of person
        "from django.contrib.auth.models import User",
        # what no image holds
        "from tools import words",
        "import tests.builders",
    ],
)
def test_what_is_banned_is_seen(text):
    found = list(walls.bans(*plant(TOKENS, text)))

    assert found
    assert not any(walls.allowed(who, name) for who, name, _ in found)


def test_who_may_do_one_thing_may_not_do_another():
    text = "import os\nimport smtplib\nos.environ\nsmtplib.SMTP()"
    found = list(walls.bans(*plant("northstar/demo/supervisor.py", text)))

    assert [name for who, name, _ in found if not walls.allowed(who, name)] == ["smtplib"]


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        (TOKENS, "from django.db.models import signals", "TID251"),
        (TOKENS, "from django.db.models.signals import m2m_changed", "TID251"),
        (TOKENS, "from django.dispatch import receiver", "TID251"),
        (TOKENS, "from django.core import mail", "TID251"),
        (TOKENS, "from django.core.mail import send_mail as s", "TID251"),
        (TOKENS, "import smtplib", "TID251"),
        (TOKENS, "import importlib.util", "TID251"),
        (TOKENS, "from os import environ", "TID251"),
        ("northstar/demo/views.py", "import os\n\nprint(os.environ)", "TID251"),
        (TOKENS, "from django.contrib.auth.models import User", "TID251"),
        (TOKENS, "from .. import measures", "TID252"),
        (TOKENS, "from . import outbox", "TID252"),
        (TOKENS, "def f() -> None:\n    import os", "PLC0415"),
        (TOKENS, "def f(x): ...", "ANN001"),
        (TOKENS, "def f(): ...", "ANN201"),
        (TOKENS, "import datetime\n\ndatetime.datetime.now()", "DTZ005"),
        (TOKENS, "# old = find(old)", "ERA001"),
        (TOKENS, "def f(a, b, c, d, e, g, h, i): ...", "PLR0913"),
        (
            TOKENS,
            "def f(x: int) -> None:\n" + "    if x:\n        print(x)\n" * 8,
            "C901",
        ),
    ],
)
def test_the_linter_refuses(path, text, code):
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=json"]
    done = subprocess.run(
        [*command, "--stdin-filename", path, "-"],
        input=f"{text}\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert code in [finding["code"] for finding in json.loads(done.stdout)], done.stderr


def test_the_linter_bans_what_the_plan_bans():
    settings = (ROOT / "pyproject.toml").read_text()
    names = {name for ban in plan.BANS for name in ban.names}

    assert {name for name in names if f'\n"{name}".msg = ' not in settings} == set()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "learning/late.py",
            "from learning.models import Attendance\n"
            "class Late(Attendance):\n    def save(self): ...",
        ),
        (
            "learning/late.py",
            "import learning.models as ours\n"
            "class Late(ours.Attendance):\n    def delete(self): ...",
        ),
        (
            "learning/late.py",
            "from learning.models import Attendance\n"
            "class Late(Attendance): ...\n"
            "class Later(Late):\n    async def asave(self): ...",
        ),
        (
            "learning/late.py",
            "from django.db.models import Model as Row\n"
            "class Late(Row):\n    def save_base(self): ...",
        ),
        (
            "learning/late.py",
            "from measures.models import MeasureQuerySet\n"
            "class Late(MeasureQuerySet):\n    def bulk_create(self): ...",
        ),
        (
            "learning/late.py",
            "from django.db import models\n"
            'class Late(models.QuerySet["X"]):\n    def update(self): ...',
        ),
        (
            "learning/late.py",
            "from learning.models import Attendance\nclass Late(Attendance):\n    save = print",
        ),
    ],
)
def test_an_override_is_seen_as_written(path, text):
    assert list(walls.overrides(*plant(path, text)))


@pytest.mark.parametrize(
    "text",
    [
        "class Register:\n    def save(self): ...",
        "from django import forms\nclass Form(forms.ModelForm):\n    def save(self): ...",
    ],
)
def test_who_is_no_model_may_save(text):
    assert list(walls.overrides(*plant("learning/late.py", text))) == []


@isolate_apps("learning")
def test_an_override_is_seen_in_an_heir_as_loaded():
    class Told:
        """A mixin that is no model itself."""

        __module__ = "learning.late"

        def save(self, *args, **kwargs): ...

    class Late(Told, Attendance):
        class Meta:
            app_label = "learning"

    assert list(walls.overridden(Late)) == [
        "Late: learning.late." + Told.__qualname__ + ".save",
    ]
    assert list(walls.overridden(Attendance)) == []


def test_an_override_is_seen_in_a_manager_as_loaded():
    class Late(MeasureQuerySet):
        __module__ = "measures.late"

        def delete(self): ...

    assert [name.rpartition(".")[2] for name in walls.overridden(Late)] == ["delete"]


def test_an_override_laid_on_from_outside_is_seen(monkeypatch):
    monkeypatch.setattr(Attendance, "delete", models.Model.delete, raising=False)

    assert Attendance in set(walls.kept_classes())
    assert [name.rpartition(".")[2] for name in walls.overridden(Attendance)] == ["delete"]
