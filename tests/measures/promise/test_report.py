import pytest

from measures.promise import report
from tests.promise_builders import make_adoption, make_challenge, make_letter_of_intent, make_period

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_counted_against_the_letter_else_the_term(bostaden):
    period = make_period(min_challenges=4)
    make_adoption(bostaden, period=period)
    make_adoption(bostaden, make_challenge("B"), period, state="dropped", reason="Såld")
    make_adoption(bostaden, make_challenge("C"), period, state="achieved")
    found = report.standing(bostaden)
    assert (len(found.taken), len(found.dropped), found.least, found.missing) == (2, 1, 4, 2)
    assert [str(one) for _area, rows in found.open for one in rows] == ["B"]
    make_letter_of_intent(bostaden, period, min_challenges=2)
    assert report.standing(bostaden).missing == 0


def test_without_a_term_nothing_is_open(bostaden):
    make_challenge()
    found = report.standing(bostaden)
    assert (found.period, found.open, found.least) == (None, [], 0)
