"""Groups are handed in by whoever knows their people, as in every process of the product."""

import pytest

import learning.tasks  # noqa: F401 (hands in the groups of a session)
from tests.builders import make_mailing, make_person, make_registration, make_session


@pytest.fixture
def session(lo, ada):
    session = make_session("Budget", lead=lo)
    make_registration(session, ada)
    return session


@pytest.fixture
def mailing(lo, session):
    return make_mailing(lo, session)


@pytest.fixture
def other_lead(db):
    return make_person("Annan Lind", staff_role="project_lead")
