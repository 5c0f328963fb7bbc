"""What moves is worked out before anything is done, and who can take over."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from northstar.handover import handing_over
from northstar.handover.plan import plan, successors
from partners.people import membership
from tests.builders import make_member, make_registration, make_session

pytestmark = pytest.mark.django_db


def of(person):
    return person.memberships.get()


def test_only_a_colleague_who_can_log_in_takes_over(bostaden, cai, ada, bo, kim):
    mute = make_member(bostaden, "Utan adress")
    type(mute).objects.filter(pk=mute.pk).update(email=None)
    membership.shut_out(make_member(bostaden, "Utestängd"), by=kim)
    assert [one.person for one in successors(of(cai))] == [ada]
    with pytest.raises(ValidationError) as refusal:
        handing_over.hand_over(of(cai), of(bo), seal="", by=cai)
    assert refusal.value.code == "successor"


def test_the_seal_is_of_all_that_moves_and_of_the_role(bostaden, cai, ada):
    now = timezone.now()
    seals = [plan(of(cai), of(ada), now).seal]
    assert plan(of(cai), of(ada), now).seal == seals[0]
    make_registration(make_session(), cai)
    seals.append(plan(of(cai), of(ada), now).seal)
    membership.change_role(of(cai), "member", by=cai)
    seals.append(plan(of(cai), of(ada), now).seal)
    assert len(set(seals)) == 3
