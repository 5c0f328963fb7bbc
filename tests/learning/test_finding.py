"""Whoever may not see a session does not learn that it exists."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from learning import finding
from tests.builders import make_registration, make_session

pytestmark = pytest.mark.django_db


def test_a_draft_is_found_by_the_project_alone(ada, lo):
    draft = make_session(published_at=None)
    assert finding.visible_session(lo, draft.pk) == draft
    assert finding.editable_session(lo, draft.pk) == draft
    for reader in (ada, AnonymousUser()):
        for find in (finding.visible_session, finding.editable_session):
            with pytest.raises(Http404):
                find(reader, draft.pk)


def test_who_sees_a_session_may_not_change_it_for_that(ada):
    session = make_session()
    assert finding.visible_session(ada, session.pk) == session
    with pytest.raises(PermissionDenied):
        finding.editable_session(ada, session.pk)


def test_the_session_to_change_knows_its_places(lo, ada, django_assert_num_queries):
    session = make_session(capacity=3)
    make_registration(session, ada)
    with django_assert_num_queries(1):
        found = finding.editable_session(lo, session.pk)
        assert (found.confirmed_count, found.seats_left) == (1, 2)
