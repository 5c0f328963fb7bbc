"""A cell of a workbook, as a person would type it."""

from datetime import date, datetime, time, timedelta

import pytest

from partners.sheets import workbook


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (7.5, "7.5"),
        (1e16, "1e+16"),
        (date(2024, 2, 7), "2024-02-07"),
        (datetime(2024, 2, 7), "2024-02-07"),
        (datetime(2024, 2, 7, 9, 30), "2024-02-07 09:30"),
        (time(9, 30), "09:30"),
        (timedelta(hours=3), "3:00:00"),
        ("#N/A", ""),
        ("#REF!", ""),
        ("#1 i listan", "#1 i listan"),
        ("å" * 5_001, "å" * 5_000),
    ],
)
def test_a_cell_is_text(value, text):
    assert workbook.text_of(value) == text


class Sheet:
    def __init__(self, rows, height=0, width=0):
        self.rows = rows
        self.total_height, self.total_width = height or len(rows), width or 3

    def to_python(self, *, skip_empty_area):
        return [] if skip_empty_area else self.rows


def test_rows_are_trimmed_at_the_right_and_counted():
    budget = [4]
    assert workbook.rows_of(Sheet([["a", "", "b"], ["c", "", ""]]), budget) == [
        ["a", "", "b"],
        ["c"],
    ]
    assert budget == [0]


@pytest.mark.parametrize(
    ("sheet", "budget", "why"),
    [
        (Sheet([], height=20_001), 9, "rows"),
        (Sheet([], width=201), 9, "columns"),
        (Sheet([["a", "b"]]), 1, "cells"),
    ],
)
def test_a_sheet_too_large_is_refused(sheet, budget, why):
    with pytest.raises(workbook.Refused, match=why):
        workbook.rows_of(sheet, [budget])
