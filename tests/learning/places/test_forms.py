"""Whom one registers is chosen among few, and looked for among many."""

import pytest
from django.urls import reverse

from learning.models import Registration
from learning.places import forms
from tests.builders import make_member, make_person, make_registration, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("register_colleague", args=[make_session().pk])


def chosen_among(page):
    return {label for value, label in page.context["form"].fields["person"].choices if value}


def test_among_few_one_chooses(as_, ada, cai, address):
    page = as_(ada).get(address)
    assert chosen_among(page) == {cai.name}
    assert 'name="name"' not in page.text


def test_among_many_one_looks_for_a_part_of_the_name(as_, lo, monkeypatch, address):
    monkeypatch.setattr(forms, "MOST_SHOWN", 2)
    wanted = make_person("Xerxes Berg")
    for name in ("Anna Ek", "Bo Lind"):
        make_person(name)
    client = as_(lo)
    page = client.get(address)
    assert len(chosen_among(page)) == 2
    assert "Fler än 2 personer kan anmälas" in page.text
    found = client.get(address + "?name=xer")
    assert chosen_among(found) == {wanted.name}
    response = client.post(address + "?name=xer", {"person": wanted.pk})
    assert response.status_code == 302


def test_what_one_looked_for_is_there_after_a_refusal(as_, lo, address):
    wanted = make_person("Xerxes Berg")
    make_person("Anna Ek")
    refused = as_(lo).post(address + "?name=xer", {"person": ""})
    assert refused.status_code == 422
    assert chosen_among(refused) == {wanted.name}
    assert 'value="xer"' in refused.text


@pytest.mark.parametrize("sought", ["finnsinte", "<b>"])
def test_who_is_not_found_is_said(as_, lo, address, sought):
    page = as_(lo).get(address, {"name": sought}).text
    assert "Ingen som kan anmälas heter" in page
    assert "<b>" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_many_there_are(
    as_, ada, bostaden, rows, django_assert_num_queries
):
    session = make_session()
    address = reverse("register_colleague", args=[session.pk])
    for number in range(rows):
        make_member(bostaden, f"Kollega {number}")
        placed = make_registration(session, make_member(bostaden, "Anmäld"))
        Registration.objects.filter(pk=placed.pk).update(created_by=ada)
    client = as_(ada)
    with django_assert_num_queries(6):
        client.get(address)
