import pytest

from learning.sessions.programme import Item, items


@pytest.mark.parametrize(
    ("line", "clock", "text"),
    [
        ("09.00 Rollspel: tre hus", "09.00", "Rollspel: tre hus"),
        ("9:00 Paus", "09.00", "Paus"),
        ("kl. 13.30: Samtal", "13.30", "Samtal"),
        ("9.00–10.20 Rundvandring", "09.00–10.20", "Rundvandring"),
        ("09:00 - 10:20 - Rundvandring", "09.00–10.20", "Rundvandring"),
    ],
)
def test_a_line_that_begins_with_a_time_is_understood(line, clock, text):
    assert items(line) == (Item(clock, text),)


@pytest.mark.parametrize("line", ["Kaffe", "25.10 Kaffe", "09.60 Kaffe", "9 personer", "09.00"])
def test_what_is_not_understood_stays_text(line):
    assert items(line) == (Item("", line),)


def test_a_line_without_a_time_belongs_to_the_time_above_it():
    assert items("Välkommen\n\n09.00 Rollspel\r\nI grupper om fyra.\n10.20 Paus", mark=":") == (
        Item("", "Välkommen"),
        Item("09:00", "Rollspel", ("I grupper om fyra.",)),
        Item("10:20", "Paus"),
    )


def test_no_programme_is_no_items():
    assert items(" \n ") == ()
