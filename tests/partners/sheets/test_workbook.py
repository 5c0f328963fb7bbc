"""A cell of a workbook, as a person would type it."""

from datetime import date, datetime, time, timedelta

import pytest

from partners.sheets import workbook
from partners.sheets.budget import Budget, Refused


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (7.5, "7.5"),
        (0.1 + 0.2, "0.3"),
        (1e16, "1e+16"),
        (date(2024, 2, 7), "2024-02-07"),
        (datetime(2024, 2, 7), "2024-02-07"),
        (datetime(2024, 2, 7, 9, 30), "2024-02-07 09:30"),
        (time(9, 30), "09:30"),
        (timedelta(hours=3), "3:00:00"),
        ("#1 i listan", "#1 i listan"),
        ("å" * 5_001, "å" * 5_000),
    ],
)
def test_a_cell_is_text(value, text):
    assert workbook.text_of(value) == text


class Sheet:
    merged_cell_ranges = None

    def __init__(self, rows, height=0, width=0, start=(0, 0)):
        self.rows, self.start = rows, start
        self.total_height, self.total_width = height or len(rows), width or 3

    def iter_rows(self):
        yield from self.rows


def test_rows_are_trimmed_at_the_right_and_counted():
    budget = Budget(cells=4, letters=4)
    assert workbook.rows_of(Sheet([["a", "", "b"], ["c", "", ""]]), budget) == [
        ["a", "", "b"],
        ["c"],
    ]
    assert (budget.cells, budget.letters) == (0, 1)


def test_columns_before_the_first_are_counted_along():
    assert workbook.rows_of(Sheet([["a"]], start=(0, 2)), Budget()) == [["", "", "a"]]


@pytest.mark.parametrize(
    ("sheet", "budget", "why"),
    [
        (Sheet([], height=20_001), Budget(), "rows"),
        (Sheet([], width=201), Budget(), "columns"),
        (Sheet([["a", "b"]]), Budget(cells=1), "cells"),
        (Sheet([["abc", "b"]]), Budget(letters=3), "letters"),
    ],
)
def test_a_sheet_too_large_is_refused(sheet, budget, why):
    with pytest.raises(Refused, match=why):
        workbook.rows_of(sheet, budget)
