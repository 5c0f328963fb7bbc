"""The list of partners, end to end."""

from pathlib import Path

import pytest

from partners import imports, lists, plans
from partners.models import Membership, MembershipRole, Organisation, User

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def batch(kim):
    data = (DATA / "partners.xlsx").read_bytes()
    return lists.open_batch("partners", "partners.xlsx", data, by=kim)


def test_the_list_of_partners_gives_56_partners(batch, kim):
    plan = imports.plan(batch)
    for line in plan.lines:
        if line.problems or line.notes or line.status not in {"new"}:
            print(line.record.number, line.status, line.name, line.problems, line.notes, line.changes)
    imports.apply(batch, by=kim)
    assert Organisation.objects.partners().count() == 56
    assert Membership.objects.contact_persons().count() == 56
    again = imports.plan(batch)
    print(again.counts(), again.register.counts(), again.register.changed)
    assert again.changes_nothing
