"""Cells and letters are paid for, whoever reads them."""

import pytest

from partners.sheets.budget import Budget, Refused


@pytest.mark.parametrize(
    ("budget", "why"), [(Budget(cells=1), "cells"), (Budget(letters=3), "letters")]
)
def test_what_cannot_be_paid_is_refused(budget, why):
    with pytest.raises(Refused) as refused:
        budget.pay(["ab", "cd"])
    assert refused.value.code == why


def test_what_is_paid_is_less():
    budget = Budget(cells=2, letters=4)
    budget.pay(["ab", "cd"])
    assert budget == Budget(cells=0, letters=0)


def test_more_to_say_than_to_read_is_refused():
    Budget().check_told(range(25_000), range(25_000))
    with pytest.raises(Refused, match="cells"):
        Budget().check_told(range(25_000), range(25_001))
