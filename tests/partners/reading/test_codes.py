"""Codes of digits as they are pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.reading.codes import read_digits, with_plain_digits
from partners.reading.text import Unclear


@pytest.mark.parametrize(
    "text",
    [
        "123456",
        "123 456",
        " 12-34-56\n",
        "123\u2013456",
        "１２３\u00a0４５６",
        "١٢٣٤٥٦",
        "12\u200b3456\ufeff",
        "“123456”.",
        "<123456>",
        "123\u202f456",
    ],
)
def test_the_digits_are_what_counts(text):
    assert read_digits(text) == "123456"


@pytest.mark.parametrize("text", ["", "12345a", "12E456", "½", "code"])
def test_letters_are_asked_about(text):
    with pytest.raises(Unclear):
        read_digits(text)


@given(st.text("0123456789", min_size=1), st.text(" -\u00a0\u2013.\u200b", max_size=3))
def test_what_stands_between_digits_does_not_matter(digits, between):
    assert read_digits(between.join(digits)) == digits


def test_dashes_are_hyphens():
    assert with_plain_digits("556000–１２３４") == "556000-1234"
