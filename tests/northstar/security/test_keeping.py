"""Factors are taken into use and put away, each with a letter; recovery codes are shown once."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from northstar.security import keeping
from partners.models import FactorReset, Message
from tests.factors import SECRET, code_of_app, make_app, make_passkey_row, show, unsealed
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")


@pytest.fixture
def fresh(client, ada):
    client.force_login(ada)
    show(client, ada)
    return client


def letters():
    return [one.letter.partition("/")[2] for one in Message.objects.order_by("pk")]


def test_an_app_is_set_up_by_the_code_it_shows(fresh, ada):
    page = fresh.get(reverse("factor_app"))
    secret = page.context["secret"].replace(" ", "")
    assert "<svg" in page.text
    assert "data:" not in page.text.split("<main")[1]
    assert fresh.get(reverse("factor_app")).context["secret"].replace(" ", "") == secret

    answer = fresh.post(reverse("factor_app"), {"code": "000000"})
    assert answer.status_code == 422
    assert not Authenticator.objects.exists()
    answer = fresh.post(reverse("factor_app"), {"code": code_of_app(secret)})

    assert answer["Location"] == reverse("recovery_codes")
    row = Authenticator.objects.get(type="totp")
    assert unsealed(row) == secret
    assert secret not in str(row.data)
    assert letters() == ["factor_added"]
    assert "En app som visar koder" in Message.objects.get().text
    assert fresh.get(reverse("factor_app"))["Location"] == reverse("security")


def test_the_secret_does_not_lie_open_in_the_session(fresh):
    secret = fresh.get(reverse("factor_app")).context["secret"].replace(" ", "")
    assert secret not in str(dict(fresh.session))


def test_recovery_codes_are_shown_once_by_a_button(fresh, ada):
    make_app(ada)
    assert keeping.of(ada).codes_left is None
    assert keeping.of(ada).codes_left is None  # looking shows nothing
    page = fresh.get(reverse("recovery_codes"))
    first = keeping.new_codes(ada)
    assert first[0][:4] not in page.text
    assert len(set(first)) == keeping.CODES

    again = fresh.post(reverse("recovery_codes"))  # a second click
    assert [code.replace(" ", "") for code in again.context["codes"]] == first

    with time_machine.travel(timezone.now() + timedelta(seconds=20)):
        later = fresh.post(reverse("recovery_codes")).context["codes"]
    assert not {code.replace(" ", "") for code in later} & set(first)
    assert letters() == ["factor_added", "codes_renewed"]


def test_recovery_codes_without_a_factor_there_are_none(fresh, ada):
    assert fresh.get(reverse("recovery_codes"))["Location"] == reverse("security")
    assert keeping.new_codes(ada) == []


def test_the_last_factor_takes_the_recovery_codes_with_it(fresh, ada):
    row = make_app(ada)
    assert fresh.get(reverse("factor_remove", args=[row.pk])).status_code == 200
    fresh.post(reverse("factor_remove", args=[row.pk]))
    assert not Authenticator.objects.exists()
    assert letters() == ["factor_added", "factor_removed"]
    fresh.post(reverse("factor_remove", args=[row.pk]))  # gone already
    assert len(letters()) == 2


def test_one_of_two_leaves_the_other_and_the_codes(ada):
    row = make_app(ada)
    make_passkey_row(ada)
    keeping.remove(ada, row.pk)
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == [
        "recovery_codes",
        "webauthn",
    ]


def test_who_works_for_the_portal_keeps_one(kim, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    row = make_app(kim)
    with pytest.raises(ValidationError) as refused:
        keeping.remove(kim, row.pk)
    assert refused.value.code == "last"
    make_passkey_row(kim)
    keeping.remove(kim, row.pk)


def test_a_factor_of_somebody_else_is_not_there(fresh, kim):
    row = make_app(kim)
    assert fresh.get(reverse("factor_remove", args=[row.pk])).status_code == 404
    fresh.post(reverse("factor_remove", args=[row.pk]))
    assert Authenticator.objects.filter(pk=row.pk).exists()
    codes = Authenticator.objects.get(user=kim, type="recovery_codes")
    keeping.remove(kim, codes.pk)
    assert Authenticator.objects.filter(pk=codes.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(fresh, ada, count, django_assert_num_queries):
    make_app(ada)
    for _ in range(count - 1):
        make_passkey_row(ada)
    fresh.get(reverse("security"))
    with django_assert_num_queries(3):  # session, person, factors
        page = fresh.get(reverse("security"))
    assert len(page.context["kept"].factors) == count


@pytest.mark.parametrize("said", ["", "[]", "5", "{}", '{"id": "a"}', '"x"'])
def test_a_made_up_passkey_is_not_kept(fresh, said):
    assert fresh.get(reverse("factor_passkey")).status_code == 200
    assert fresh.post(reverse("factor_passkey"), {"credential": said}).status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_apps_at_once_are_one(ada):
    at_once(lambda: keeping.add_app(ada, SECRET), lambda: keeping.add_app(ada, SECRET))
    assert Authenticator.objects.filter(type="totp").count() == 1
    assert len(letters()) == 1


# A lost one


@pytest.fixture
def coordinator(client, kim):
    client.force_login(kim)
    show(client, kim)
    return client


def test_another_coordinator_takes_a_lost_one_away(coordinator, ada, kim):
    make_app(ada)
    hers = Client()
    hers.force_login(ada)
    Message.objects.all().delete()
    page = coordinator.get(reverse("factor_reset", args=[ada.pk]))
    assert "Ada" in page.text
    answer = coordinator.post(reverse("factor_reset", args=[ada.pk]))
    assert answer["Location"] == reverse("person_edit", args=[ada.pk])
    assert not Authenticator.objects.exists()
    assert FactorReset.objects.values_list("person", "reset_by").get() == (ada.pk, kim.pk)
    told = {(one.letter, one.recipient_id) for one in Message.objects.all()}
    assert told == {
        ("northstar/factor_reset", ada.pk),
        ("northstar/factor_reset_done", kim.pk),
    }
    assert kim.name in Message.objects.get(recipient=ada).text
    assert ada.name in Message.objects.get(recipient=kim).text
    assert hers.get(reverse("profile")).status_code == 302, "she is logged out everywhere"


def test_a_reset_asks_who_one_is_first(client, ada, kim):
    make_app(ada)
    client.force_login(kim)
    where = reverse("factor_reset", args=[ada.pk])
    assert client.post(where)["Location"].startswith(reverse("prove"))
    assert Authenticator.objects.filter(user=ada).exists()


def test_nobody_takes_away_ones_own(coordinator, kim):
    make_app(kim)
    where = reverse("factor_reset", args=[kim.pk])
    assert coordinator.get(where).status_code == 403
    assert coordinator.post(where).status_code == 403
    assert Authenticator.objects.filter(user=kim).exists()


def test_where_there_is_none_nothing_is_done_and_it_is_said(coordinator, ada):
    assert (
        "Personen har inget andra steg"
        in coordinator.get(reverse("factor_reset", args=[ada.pk])).text
    )
    coordinator.post(reverse("factor_reset", args=[ada.pk]))
    assert not FactorReset.objects.exists()
    assert letters() == []


def test_the_last_coordinator_is_helped_on_the_machine(kim, capsys):
    make_app(kim)
    call_command("reset_factor", kim.email.upper())
    assert not Authenticator.objects.exists()
    assert FactorReset.objects.get().reset_by is None
    assert Message.objects.get(letter="northstar/factor_reset").recipient == kim
    assert kim.name in capsys.readouterr().out
    with pytest.raises(CommandError, match="no second step"):
        call_command("reset_factor", kim.email)
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_factor", "nobody@people.example")


def test_the_workshop_shows_nobodys_secrets(client):
    assert Authenticator not in admin.site._registry
