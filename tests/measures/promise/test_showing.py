import pytest
from django.core.exceptions import ValidationError

from measures.models import OwnTarget, SharedReport
from measures.promise import showing
from tests.races import neck_and_neck

pytestmark = pytest.mark.django_db
AIM = {"mapped_year": 2024, "reduction_percent": 50, "target_year": 2030}
REPORT = {"year": 2024, "link": "https://bostaden.example/2024.pdf", "title": "Årsboken"}


def test_a_target_is_set_and_who_changes_it_after_another_is_told(bostaden, cai, kim):
    assert showing.aim(bostaden, AIM, version=0, by=cai).version == 1
    showing.aim(bostaden, AIM | {"target_year": 2035}, version=1, by=kim)
    with pytest.raises(ValidationError, match="Kim Krans"):
        showing.aim(bostaden, AIM | {"target_year": 2040}, version=1, by=cai)
    assert OwnTarget.objects.get().target_year == 2035


def test_the_same_link_for_a_year_is_one_and_may_come_back(bostaden, cai):
    shared = showing.share(bostaden, REPORT, by=cai)
    assert showing.share(bostaden, REPORT, by=cai) == shared
    with pytest.raises(ValidationError, match="redan"):
        showing.share(bostaden, REPORT | {"title": "En annan"}, by=cai)
    showing.take_away(shared, by=cai)
    assert showing.share(bostaden, REPORT, by=cai) != shared
    assert SharedReport.objects.standing().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_first_targets_at_once_one_is_told(bostaden, cai, kim):
    came = neck_and_neck(
        lambda: showing.aim(bostaden, AIM, version=0, by=cai),
        lambda: showing.aim(bostaden, AIM | {"target_year": 2040}, version=0, by=kim),
    )
    assert sorted(type(one).__name__ for one in came) == ["OwnTarget", "ValidationError"]
