"""Who may look at whom: for every rule of the house a planted breach that it must catch.

A breach is a text read as if it lay at a path; nothing of it is run or written.
"""

import pytest

from tests.northstar import walls
from tests.northstar.planting import ROOMS, STANDING, TOKENS, WAITLIST, looks, plant
from tests.northstar.sources import Source


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
            "from learning.places.leaving import UNDO_FOR",
            "learning.places.leaving",
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
