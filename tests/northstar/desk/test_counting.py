"""A request that a database error ends is counted as such."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from northstar.desk.counting import DATABASE_ERRORS, Counted


@pytest.mark.parametrize(("error", "more"), [(OperationalError("away"), 1), (ValueError("x"), 0)])
def test_database_errors_are_counted(error, more):
    before = DATABASE_ERRORS._value.get()
    Counted(lambda request: None).process_exception(RequestFactory().get("/"), error)
    assert DATABASE_ERRORS._value.get() - before == more
