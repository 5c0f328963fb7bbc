"""Organisation numbers: kept as one, or asked about."""

import pytest
from stdnum.se import orgnr

from partners.reading.organisation_numbers import read_org_number
from partners.reading.text import Unclear


@pytest.mark.parametrize(
    "text",
    ["212000-2627", "2120002627", "212000\u20132627", "２１２０００ ２６２７", "SE212000262701",
     "16212000-2627", "Org.nr: 212000-2627", "212\u00a0000\u00a02627"],
)  # fmt: skip
def test_one_form_of_all_ways_to_write_a_number(text):
    assert read_org_number(text) == "212000-2627"
    assert orgnr.is_valid("2120002627")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("212000-2628", "check"),
        ("212000", "invalid"),
        ("212000-2627 gamla", "invalid"),
        ("19800101-1234", "personal"),
        ("800101-1234", "personal"),
        ("", "invalid"),
    ],
)
def test_what_is_no_number_is_asked_about(text, code):
    with pytest.raises(Unclear, match=code):
        read_org_number(text)
