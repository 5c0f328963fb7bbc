from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from northstar.login.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept(**words):
    store = SessionStore()
    store.update(words)
    store.save()
    return store.session_key


def test_a_login_is_read_as_it_was_kept(django_assert_num_queries):
    key = kept(place="Umeå")
    with django_assert_num_queries(1):
        assert SessionStore(key)["place"] == "Umeå"


def test_of_one_that_is_over_nothing_is_known_and_its_number_is_given_up():
    key = kept(place="Umeå")
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    found = SessionStore(key)
    assert found.get("place") is None
    assert found.session_key is None


def test_a_number_that_nobody_was_given_is_not_taken_on():
    found = SessionStore("a" * 32)
    assert dict(found.items()) == {}
    found["place"] = "Umeå"
    found.save()
    assert found.session_key != "a" * 32
