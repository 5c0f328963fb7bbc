"""Each row of the matrix above has a test that bears its number."""

import re
from pathlib import Path

import pytest

from tests import faults

TESTS = Path(__file__).parent.parent
ROW = re.compile(r"^    (\d\d)  ", re.MULTILINE)
NAMED = re.compile(r"def test_row_(\d+)(?:_(and|to)_(\d+))?_")


def tried():
    """The rows of which a test says that it tries them."""
    rows = set()
    for path in TESTS.rglob("test_*.py"):
        for first, between, last in NAMED.findall(path.read_text()):
            rows.add(int(first))
            if between == "to":
                rows |= set(range(int(first), int(last) + 1))
            elif between:
                rows.add(int(last))
    return rows


@pytest.mark.parametrize("row", [int(row) for row in ROW.findall(faults.__doc__)])
def test_it_has_its_test(row):
    assert row in tried()
