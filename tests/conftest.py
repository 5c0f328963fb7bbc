"""The cast every test may use: people with a role each, in two organisations and the portal."""

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from learning.models import SessionReminder
from measures.models import MeasureReminder
from northstar.context import Foot, kept
from northstar.servers.broker import Broker
from partners.models import ContentPage, FocusArea, MembershipRole, StaffRole
from tests.builders import make_member, make_organisation, make_person

# What runs real processes, races for seconds or counts on the clock: not part of `make quick`.
SLOW = ("tests/faults/", "test_supervisor.py", "northstar/servers/", "test_operations.py")
SLOW += ("test_four_at_once.py",)


def pytest_collection_modifyitems(items):
    for item in items:
        if any(part in item.nodeid for part in SLOW):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Replant what migrations planted, as soon as the flush after a test has taken it.

    After and not before: whatever runs next, on whichever worker, finds the tables as migrated.
    After the last test the database is gone.
    """
    torn_down = yield
    mark = item.get_closest_marker("django_db")
    flushes = {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    if nextitem is not None and (flushes or (mark and mark.kwargs.get("transaction"))):
        with item.config.stash[blocking_manager_key].unblock():
            FocusArea.objects.plant()
            ContentPage.objects.plant()
            SessionReminder.objects.plant()
            MeasureReminder.objects.plant()
    return torn_down


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """A transaction round a whole module, so that a fixture can make rows once for all its tests.

    Each test runs in a savepoint of its own and sees what the module made as it was made. Not for
    modules with tests that commit.
    """
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        yield
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def first_language():
    """Every test begins in Swedish, whatever the last page of the test before was written in."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def nobody_at_the_foot():
    """What a minute ago stood at the foot of pages is no test's business, and asks nothing."""
    kept.hold(Foot(), seconds=3600)


@pytest.fixture
def bostaden(db):
    return make_organisation("Bostaden", org_number="556500-4600")


@pytest.fixture
def norrbyggen(db):
    return make_organisation("Norrbyggen")


@pytest.fixture
def ada(bostaden):
    """A member of Bostaden."""
    return make_member(bostaden, "Ada Åström")


@pytest.fixture
def cai(bostaden):
    """Bostaden's contact person."""
    return make_member(bostaden, "Cai Öberg", role=MembershipRole.CONTACT_PERSON)


@pytest.fixture
def bo(norrbyggen):
    """A member of another organisation."""
    return make_member(norrbyggen, "Bo Berg")


@pytest.fixture
def lo(db):
    """A project lead."""
    return make_person("Lo Lind", staff_role=StaffRole.PROJECT_LEAD)


@pytest.fixture
def kim(db):
    """A coordinator."""
    return make_person("Kim Krans", staff_role=StaffRole.COORDINATOR)


@pytest.fixture
def as_(client):
    """Log a person in: as_(ada).get(…)."""

    def log_in(person):
        client.force_login(person)
        return client

    return log_in


@pytest.fixture
def broker():
    server = Broker()
    server.start()
    yield server
    server.stop()
