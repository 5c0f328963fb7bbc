import pytest
from django.urls import reverse

from northstar.login.backend import Backend
from partners.models import User

pytestmark = pytest.mark.django_db


def test_whoever_is_logged_in_is_known_with_all_that_is_known_of_them(
    ada, django_assert_num_queries
):
    with django_assert_num_queries(1):
        found = Backend().get_user(ada.pk)
    assert found == ada
    assert found.get_deferred_fields() == set()
    known = [field.attname for field in User._meta.concrete_fields]
    same = User.objects.get(pk=ada.pk)
    assert [getattr(found, name) for name in known] == [getattr(same, name) for name in known]
    found.name = "Ada Ek"
    found.save()  # a row that is known to be kept: changed, not made once more
    assert User.objects.get(pk=ada.pk).name == "Ada Ek"


def test_who_may_not_log_in_any_more_is_nobody(ada):
    ada.is_active = False
    ada.save()
    assert Backend().get_user(ada.pk) is None
    assert Backend().get_user(0) is None


@pytest.mark.parametrize("began_by", ["northstar.login.backend.Backend", None])
def test_a_login_goes_on_by_whichever_way_it_began(client, ada, began_by):
    before = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(ada, backend=began_by or before)
    assert client.get(reverse("profile")).status_code == 200
