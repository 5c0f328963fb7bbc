"""The one spelling in which a text is kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.reading.text import canonical, one_line, plain


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  A\u030asa\u200b\u00a0 Berg\ufeff ", "Åsa Berg"),
        ("Åsa\r\nBcc: x@y.example", "Åsa Bcc: x@y.example"),
        ("Åsa\u2028Berg\tEk", "Åsa Berg Ek"),
        ("\u202eÅsa\u2069\x00\x1b", "Åsa"),
    ],
)
def test_one_line_holds_what_is_seen(written, kept):
    assert one_line(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("علی\u200cرضا کریمی", "علی\u200cرضا کریمی"),
        ("क्\u200dष", "क्\u200dष"),
        ("\U0001f469\u200d\U0001f52c Ada", "\U0001f469\u200d\U0001f52c Ada"),
        ("\u200dÅsa\u200c Berg\u200d", "Åsa Berg"),
        ("An\u200dna", "Anna"),
    ],
)
def test_a_joiner_stays_where_it_joins(written, kept):
    assert one_line(written) == kept


def test_lines_stay_in_a_long_text():
    assert canonical("A\u030asa\u200b\n\nBerg") == "Åsa\n\nBerg"


@given(st.text())
def test_what_is_kept_is_kept_again(text):
    for kept in (canonical, one_line):
        assert kept(kept(text)) == kept(text)
        assert unicodedata.is_normalized("NFC", kept(text))


@given(st.text())
def test_signs_that_are_numbers_of_their_own_are_no_digits(text):
    assert all(sign in "0123456789" or not sign.isdecimal() for sign in plain(text))


def test_figures_of_all_scripts_are_the_same():
    assert plain("１٢３\u00a0½²") == "123 ½²"
