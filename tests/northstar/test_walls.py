"""The walls see: for every rule of the house a planted breach that it must catch.

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
from tests.northstar import mirrors, sizes, walls
from tests.northstar.sources import ROOT, House, Source

STANDING = House.standing()
TOKENS, WAITLIST = "partners/post/tokens.py", "learning/places/waitlist.py"


def plant(path, text):
    """Read *text* as if it lay at *path*; return it with the house it then lies in."""
    house = STANDING.with_({path: text})
    return Source(path, text), house


def looks(path, text):
    return {whom: why for _, whom, why in walls.wrong_looks(*plant(path, text))}


@pytest.mark.parametrize(
    ("path", "text", "whom"),
    [
        (
            "learning/permissions.py",
            "from learning.participation import views",
            "learning.participation.views",
        ),
        (WAITLIST, "from learning.sessions import views", "learning.sessions.views"),
        (TOKENS, "from ... import measures", "measures"),
        (TOKENS, "from ...measures.models import Measure", "measures.models"),
        ("partners/models/people.py", "from ..post import outbox", "partners.post.outbox"),
        (TOKENS, "import measures", "measures"),
        (TOKENS, "import measures.models as m", "measures.models"),
        (TOKENS, "from measures.models import Measure as M", "measures.models"),
        (TOKENS, "from learning import *", "learning"),
        (
            TOKENS,
            "def f():\n    from measures.planning import planning",
            "measures.planning.planning",
        ),
        (
            TOKENS,
            "if TYPE_CHECKING:\n    from measures.planning import planning",
            "measures.planning.planning",
        ),
        (
            "learning/places/mails.py",
            "from learning.places.reminders import REMIND_AT",
            "learning.places.reminders",
        ),
        (
            "learning/places/mails.py",
            "from learning.places import waitlist",
            "learning.places.waitlist",
        ),
        (WAITLIST, "from learning.surveys import results", "learning.surveys.results"),
        (
            WAITLIST,
            "from learning import participation\nparticipation.rows.Counts",
            "learning.participation.rows",
        ),
        (
            WAITLIST,
            "import learning.models\nlearning.attendance.forms.SearchForm",
            "learning.attendance.forms",
        ),
        (WAITLIST, "from learning.places import forms", "learning.places.forms"),
        ("learning/places/forms.py", "from learning.places import views", "learning.places.views"),
        ("learning/places/forms.py", "from learning.tasks import sweep", "learning.tasks"),
        ("learning/models/places.py", "from learning import permissions", "learning.permissions"),
        (
            "learning/models/places.py",
            "from learning.places.waitlist import lock",
            "learning.places.waitlist",
        ),
        (
            "learning/surveys/views.py",
            "from learning.participation import views",
            "learning.participation.views",
        ),
        (
            "measures/catalogue/views.py",
            "from learning.attendance.forms import SearchForm",
            "learning.attendance.forms",
        ),
        ("measures/planning/planning.py", "from partners import admin", "partners.admin"),
    ],
)
def test_a_look_the_wrong_way_is_seen(path, text, whom):
    assert whom in looks(path, text)


def test_a_look_the_right_way_is_let_through():
    text = (
        "from learning.models import LearningSession\n"
        "from learning.places import registration\n"
        "from learning.places.forms import RegisterForm\n"
        "from partners.post import outbox\n"
    )

    assert looks("learning/places/queue_views.py", text) == {}
    assert looks("measures/urls.py", "from measures.catalogue import views") == {}
    assert looks("measures/admin.py", "from partners.admin import ReadOnly") == {}


ROOMS = {  # two rooms of learning, with a module of every kind
    "learning/places/__init__.py": "",
    "learning/places/mails.py": "",
    "learning/places/registration.py": "",
    "learning/places/report.py": "",
    "learning/places/forms.py": "",
    "learning/places/panel.py": "",
    "learning/places/views.py": "",
    "learning/places/queue_views.py": "",
    "learning/sessions/__init__.py": "",
    "learning/sessions/scheduling.py": "",
    "learning/sessions/forms.py": "",
    "learning/sessions/views.py": "",
}


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("places/registration.py", "from learning.sessions import scheduling", "room to the right"),
        ("sessions/views.py", "from learning.places import views", "another room's"),
        ("sessions/views.py", "from learning.places.views import seat", "another room's"),
        ("sessions/forms.py", "from learning.places.forms import Form", "another room's"),
        (
            "../measures/catalogue/views.py",
            "from learning.places.forms import Form",
            "another room's",
        ),
        ("places/queue_views.py", "from learning.places import views", "one view from another"),
        ("places/mails.py", "from learning.places import registration", "looks up"),
        ("places/registration.py", "from learning.places import report", "looks up"),
        ("places/report.py", "from learning.places import panel", "looks up"),
        ("places/forms.py", "from learning.places import views", "looks up"),
        ("places/registration.py", "from learning import urls", "hall above"),
        ("permissions.py", "from learning.places import registration", "hall into a room"),
    ],
)
def test_a_look_the_wrong_way_is_seen_among_rooms(path, text, why):
    path = f"learning/{path}".replace("learning/../", "")
    house = STANDING.with_(ROOMS | {path: text})
    (found,) = walls.wrong_looks(Source(path, text), house)

    assert why in found[2]


def test_rooms_look_to_the_left():
    path = "learning/sessions/views.py"
    text = "from learning.places import mails, panel, registration\nfrom learning import models"
    house = STANDING.with_(ROOMS | {path: text})

    assert list(walls.wrong_looks(Source(path, text), house)) == []


def test_a_circle_is_seen():
    house = STANDING.with_(
        {
            "learning/one.py": "from learning import two",
            "learning/two.py": "from learning import three",
            "learning/three.py": "from learning.one import something",
        }
    )

    assert walls.circles(house) == ["learning.one", "learning.three", "learning.two"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("from .people import membership", "relatively"),
        ("from .models import User", "relatively"),
        ("from tests import builders", "of the tests"),
        ("import tests.builders as b", "of the tests"),
        ("from partners.models import *", "everything"),
        ("import partners", "whole room"),
        ("from partners.post.delivery import _send", "private"),
        ("from partners.post import delivery\ndelivery._send", "private"),
        ("import partners.post.delivery as post\npost._send", "private"),
        ("from partners.post.outbox import letters", "has it from partners.post.letters"),
        (
            "from partners.post import outbox\noutbox.letters.render",
            "has it from partners.post.letters",
        ),
        ("from partners.people.membership import Invitation", "has it from partners.models"),
    ],
)
def test_an_import_that_hides_is_seen(text, what):
    found = list(walls.imports_are_plain(*plant("partners/tasks.py", text)))

    assert any(what in breach for breach in found), found


def test_an_import_of_a_whole_room_is_seen():
    text = "from learning import places\nplaces.registration.register"
    house = STANDING.with_(ROOMS)

    assert list(walls.imports_are_plain(Source("learning/sessions/views.py", text), house))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("partners/models/people.py", 'models.ForeignKey("measures.Measure", models.PROTECT)'),
        ("learning/models/places.py", 'models.ManyToManyField(to="measures.Measure")'),
        ("learning/urls.py", 'path("", include("measures.urls"))'),
        ("learning/tasks.py", 'shared_task(name="measures.planning.create")'),
    ],
)
def test_what_lies_to_the_right_named_by_a_text_is_seen(path, text):
    assert list(walls.wider_strings(*plant(path, text)))
    assert list(walls.wider_strings(*plant("northstar/pages/home.py", text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "session.measures.all()",
        "LearningSession.objects.filter(measures__status='done')",
        "sessions.annotate(n=Count('measures'))",
        "sessions.order_by('-measures__pk')",
        "sessions.prefetch_related('organisation__x', 'measures')",
        "person.intentions.filter(measures__isnull=False)",
    ],
)
def test_a_relation_followed_to_the_right_is_seen(text):
    assert list(walls.reaches_back(*plant(WAITLIST, text)))
    assert list(walls.reaches_back(*plant("measures/planning/planning.py", text))) == []


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


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        ("learning/utils.py", "", "called utils"),
        ("learning/services/places.py", "", "called services"),
        ("learning/helpers/__init__.py", "", "called helpers"),
        (WAITLIST, "x = 1\n" * 401, "longer than 400"),
        ("learning/places/__init__.py", "from learning import models", "says something"),
    ],
)
def test_a_bad_size_or_name_is_seen(path, text, what):
    assert any(what in breach for breach in sizes.sizes_and_names(*plant(path, text)))


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        (ROOMS | {"learning/places/queue/__init__.py": ""}, "learning.places has a folder"),
        (ROOMS | {"learning/places/queue/first.py": ""}, "learning.places has a folder"),
        ({"learning/material/__init__.py": "", "learning/material/words.py": ""}, "holds 1"),
        (ROOMS | {f"learning/sessions/a{n}.py": "" for n in range(10)}, "sessions holds "),
        ({"learning/material/words.py": "", "learning/material/forms.py": ""}, "has no __init__"),
        (ROOMS | {"learning/garden/__init__.py": "", "learning/garden/a.py": ""}, "in the plan"),
    ],
)
def test_a_bad_room_is_seen(texts, what):
    house = House.of(texts)

    assert any(what in breach for breach in sizes.floors(house))


@pytest.mark.parametrize("what", ["learning.waitlist has no place", "the hall of learning holds "])
def test_a_hall_that_is_not_as_planned_is_seen(what):
    texts = {f"learning/a{n}.py": "" for n in range(12)} | {"learning/waitlist.py": ""}

    assert any(what in breach for breach in sizes.floors(STANDING.with_(texts)))


def test_a_room_that_is_planned_and_not_there_is_seen():
    house = House.of({"learning/models/__init__.py": "", "learning/urls.py": ""} | ROOMS)

    assert "learning has no room attendance" in list(sizes.floors(house))


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        ("pass", 1),
        ("assert a", 1),
        ("if a: pass", 2),
        ("if a and b or c: pass", 4),
        ("x = 1 if a else 2", 2),
        ("x = [b for b in a for c in b if c if b]", 5),
        ("x = any(b for b in a)", 2),
        ("x = lambda: a or b", 2),
        ("def inner(): return a or b", 2),
        ("while a: pass", 2),
        ("for b in a: pass", 2),
        ("try: pass\n    except ValueError: pass", 2),
        ("match a:\n        case 1: pass\n        case _: pass", 3),
    ],
)
def test_every_way_through_a_function_counts(line, ways):
    source = Source("learning/f.py", f"class C:\n  def f(a, b, c):\n    {line}\n")
    (first, *_) = sizes.functions(source.tree, source.name)

    assert (first[0], sizes.complexity(first[1])) == ("learning.f.C.f", ways)


def test_the_linters_count_misses_what_this_one_sees():
    ways = " or ".join("abcdefghijklm")
    source = Source("learning/f.py", f"def f():\n    return {ways}")

    assert sizes.complexity(source.tree) > plan.MOST_COMPLEX


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("import smtplib  # noqa: TID251", "TID251"),
        ("import smtplib  # noqa: S1, TID251 (only once)", "TID251"),
        ("import smtplib  # noqa", "everything"),
        ("# ruff: noqa\nimport smtplib", "everything"),
        ("# ruff: noqa: C901", "C901"),
        ("def f(x): ...  #noqa:ANN001", "ANN001"),
    ],
)
def test_a_silenced_rule_is_seen(text, code):
    assert set(sizes.silences(Source(TOKENS, text))) == {("partners.post.tokens", code)}


def test_a_file_excused_from_the_house_is_seen():
    settings = {
        "ignore": ["DTZ"],
        "per-file-ignores": {
            "learning/x.py": ["C901", "S603", "TID251"],
            "tests/*": ["ANN"],
        },
    }

    assert set(sizes.excused(settings)) == {("everywhere", "DTZ"), ("learning/x.py", "C901")}


def test_code_in_no_app_is_seen(monkeypatch, tmp_path):
    for name in ["extra/deep/a.py", "b.py", "learning/c.py", "tests/d.py", ".venv/e.py"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(mirrors, "ROOT", tmp_path)

    assert mirrors.homeless_code() == ["b.py", "extra/deep/a.py"]


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (mirrors.inline_code, "learning/a.html", "<script>alert(1)</script>"),
        (mirrors.inline_code, "learning/a.html", '<p style="color: red">'),
        (mirrors.inline_code, "learning/a.html", "<style>p {}</style>"),
        (mirrors.inline_code, "learning/a.html", '<a onclick="go()">'),
        (mirrors.inline_code, "learning/a.html", '<a href="javascript:go()">'),
        (mirrors.inline_code, "learning/a.html", '<p hx-on:click="go()">'),
        (mirrors.inline_code, "learning/a.html", "{{ text|safe }}"),
        (mirrors.fragment_root, "learning/places/_seat_panel.html", "<div>"),
        (mirrors.fragment_root, "learning/places/_seat_panel.html", '<div id="panel">'),
        (mirrors.fragment_root, "learning/places/_seat_panel.html", '{# <p id="seat-panel"> #}<p>'),
        (mirrors.includes, "learning/a.html", '{% include "measures/catalogue/sum.html" %}'),
        (
            mirrors.includes,
            "measures/a.html",
            '{% include "learning/sessions/session_row.html" with a=b %}',
        ),
        (mirrors.includes, "learning/places/a.html", '{% include "learning/surveys/b.html" %}'),
        (
            mirrors.includes,
            "components/a.html",
            '{% include "learning/sessions/session_row.html" %}',
        ),
        (mirrors.includes, "components/a.html", '{%include "base.html"%}'),
        (mirrors.includes, "base.html", '{% include "learning/sessions/session_row.html" %}'),
        (mirrors.includes, "learning/a.html", "{% include whatever %}"),
        (mirrors.includes, "learning/a.html", '{% extends "partners/a.html" %}'),
        (mirrors.includes, "partners/intake/a.html", '{% include "learning/intake/b.html" %}'),
        (
            mirrors.includes,
            "learning/intake/a.html",
            '{% include "partners/intake/import_list.html" %}',
        ),
        (mirrors.includes, "learning/intake/a.html", '{% include "partners/people/a.html" %}'),
    ],
)
def test_a_template_that_breaks_a_rule_is_seen(rule, path, text):
    assert list(rule(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("learning/surveys/a.html", '{% include "learning/places/b.html" %}'),
        ("learning/places/a.html", '{% include "learning/places/_b.html" %}'),
        ("learning/intake/a.html", '{% extends "partners/intake/import_page.html" %}'),
        ("learning/a.html", '{% extends "base.html" %}{% include "components/field.html" %}'),
        ("base.html", '{% include "northstar/demo/_demo_bar.html" %}'),
    ],
)
def test_a_template_may_include_neighbours_to_the_left(path, text):
    assert list(mirrors.includes(path, text)) == []


@pytest.mark.parametrize(
    "text", ['{% url "a" %}', '{% nav_link "a" text %}', '{% url_if_any "a" as address %}']
)
def test_a_component_that_leads_to_a_page_is_seen(text):
    assert mirrors.component_that_links("components/a.html", text) == "a"
    assert mirrors.component_that_links("learning/a.html", text) == ""
    assert mirrors.component_that_links("components/a.html", "<p>") == ""


def test_a_page_of_another_app_is_seen():
    text = 'render(request, "measures/catalogue/sum.html", {})'

    assert list(mirrors.pages_shown(*plant("learning/sessions/views.py", text)))
    assert list(mirrors.pages_shown(*plant("measures/catalogue/views.py", text))) == []


def test_a_page_of_a_room_to_the_right_is_seen():
    text = 'render(request, "learning/sessions/session_list.html", {})'
    house = STANDING.with_(ROOMS)

    assert list(mirrors.pages_shown(Source("learning/places/views.py", text), house))
    assert list(mirrors.pages_shown(Source("learning/sessions/views.py", text), house)) == []


def test_a_page_without_its_room_is_seen():
    house = STANDING.with_(ROOMS)

    assert not mirrors.has_its_room("learning/session_list.html", house)
    assert not mirrors.has_its_room("learning/session/session_list.html", house)
    assert mirrors.has_its_room("learning/sessions/session_list.html", house)
    assert mirrors.has_its_room("learning/mail/letter.html", house)
    assert mirrors.has_its_room("components/field.html", house)
    assert mirrors.has_its_room("base.html", house)


def test_a_test_without_its_module_is_seen():
    house = STANDING.with_(ROOMS)

    assert mirrors.has_its_module("tests/learning/places/test_registration.py", house)
    assert mirrors.has_its_module("tests/learning/test_permissions.py", house)
    assert not mirrors.has_its_module("tests/learning/test_nothing.py", house)
    assert not mirrors.has_its_module("tests/learning/test_panel.py", house)
    assert not mirrors.has_its_module("tests/learning/sessions/test_registration.py", house)


def test_a_module_without_its_test_is_seen():
    house = STANDING.with_({"learning/places/offers.py": "", "learning/places/offer_views.py": ""})
    missing = mirrors.untried(house, ["tests/learning/places/test_waitlist.py"])

    assert "learning.places.offers" in missing
    assert not {"learning.places.waitlist", "learning.places.offer_views"} & missing
