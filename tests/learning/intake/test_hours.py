"""Hours as they are typed on the page of a list."""

import pytest

from learning.intake import hours


@pytest.mark.parametrize(
    ("text", "clock"), [("9", "09:00"), ("kl. 9.30", "09:30"), ("2 pm", "14:00"), (" ", "")]
)
def test_a_time_of_day_is_read_as_in_every_form(text, clock):
    assert (hours.read(text).value, hours.read(text).problem) == (clock, "")


@pytest.mark.parametrize("text", ["tolv", "25", "9–12", "12:70"])
def test_what_is_not_understood_is_kept_with_what_is_wrong(text):
    read = hours.read(text)
    assert (read.value, read.text) == ("", text)
    assert read.problem
