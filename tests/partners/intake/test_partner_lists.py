"""The list of partners, end to end."""

from pathlib import Path

import pytest
from django.http import QueryDict

from partners.intake import batches, partner_lists, plans
from partners.intake.words import PARTNER_LIST
from partners.models import Membership, MembershipRole, Organisation, User

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def batch(kim):
    data = (DATA / "partners.xlsx").read_bytes()
    return batches.open_batch(PARTNER_LIST, "partners.xlsx", data, by=kim)


def test_the_list_of_partners_gives_56_partners(batch, kim):
    plan = partner_lists.plan(batch)
    assert plan.counts() == {"new": 54, "wrong": 2, "repeated": 1}

    partner_lists.apply(batch, by=kim)

    assert Organisation.objects.partners().count() == 56
    assert Membership.objects.contact_persons().count() == 56
    assert User.objects.filter(memberships__isnull=False, email__isnull=True).count() == 1
    assert partner_lists.plan(batch).changes_nothing


def line_of(batch, name):
    return next(line for line in partner_lists.plan(batch).lines if line.name.startswith(name))


def test_what_is_wrong_is_said_at_its_cell(batch):
    assert set(line_of(batch, "Vindeln Vård").problems) == {"org_number"}
    wrong = line_of(batch, "Holmön Konsult")
    assert set(wrong.problems) == {"email"}
    assert wrong.proposals == {"email": "ola.nordstrom@holmon-konsult-ab.example"}
    assert "info@appelparken-akeri-ab.example" in line_of(batch, "Äppelparken Åkeri").notes[0]


def test_a_correction_on_the_page_is_used(batch, kim):
    partner_lists.apply(batch, by=kim)
    key = line_of(batch, "Holmön Konsult").record.key
    said = QueryDict(mutable=True)
    said["use"] = f"{key}:email ola.nordstrom@holmon-konsult-ab.example"

    plans.decide(batch, PARTNER_LIST, said)
    partner_lists.apply(batch, by=kim)

    person = User.objects.get(email="ola.nordstrom@holmon-konsult-ab.example")
    assert person.memberships.get().role == MembershipRole.CONTACT_PERSON
    assert Membership.objects.contact_persons().count() == 56
    assert partner_lists.plan(batch).changes_nothing


def test_a_cell_like_a_formula_is_text(batch, kim):
    partner_lists.apply(batch, by=kim)
    person = User.objects.get(email="yngve.hagglund@vindeln-folkhogskola.example")
    assert person.name == '=HYPERLINK("http://attack.example","Yngve Hägglund")'
