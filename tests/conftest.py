"""The cast every test may use: people with a role each, in two organisations and the portal."""

import pytest

from partners.models import MembershipRole, StaffRole
from tests.builders import make_member, make_organisation, make_person


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
