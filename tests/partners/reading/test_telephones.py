"""Telephone numbers: one form that can be dialled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.reading.telephones import lost_a_zero, read_phone, read_phones
from partners.reading.text import Unclear


@pytest.mark.parametrize(
    "text",
    ["0701234567", "070-123 45 67", "701234567", "701234567.0", "+46 70 123 45 67",
     "+46 (0)70-123 45 67", "0046701234567", "Tel: 070 123 45 67", "０７０–１２３\u00a04567"],
)  # fmt: skip
def test_one_form_of_all_ways_to_write_a_number(text):
    assert read_phone(text) == "070-123 45 67"


def test_a_number_from_abroad_keeps_its_country():
    assert read_phone("00358 9 123456") == "+358 9 123456"
    assert read_phone("+39 06 12345678") == "+39 06 1234 5678"


def test_an_extension_stays():
    assert read_phone("090-786 50 00 ankn 12") == "090-786 50 00 ext. 12"
    assert read_phone("090-786 50 00 ext. 12") == "090-786 50 00 ext. 12"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("070-123 45 67 / 090-12 34 56", "several"),
        ("070-123 45 67, 090-12 34 56", "several"),
        ("070FLOWERS", "invalid"),
        ("växeln", "invalid"),
        ("070-123 45 67 (mest på måndagar)", "invalid"),
        ("12", "invalid"),
        ("0000000", "invalid"),
        ("16 10 00", "invalid"),  # without its area
        ("070 123 45 6", "invalid"),  # a digit too few
        ("090-16 10 00-05", "invalid"),  # a row of numbers
        ("1" * 10_000, "invalid"),
    ],
)
def test_what_is_no_number_is_asked_about(text, code):
    with pytest.raises(Unclear, match=code):
        read_phone(text)


@pytest.mark.parametrize("text", ["090-16 10 00 (vx)", "Växel: 090-161000", "090-16 10 00, direkt"])
def test_what_kind_of_number_it_is_may_stand_beside_it(text):
    assert read_phone(text) == "090-16 10 00"


def test_several_numbers_are_each_read():
    both = ["090-16 10 00", "070-123 45 67"]
    assert read_phones("090-16 10 00 / 070-1234567") == both
    assert read_phones("090-161000\n070-123 45 67\n0701234567") == both
    with pytest.raises(Unclear):
        read_phones("090-16 10 00; 12")


def test_a_zero_that_a_spreadsheet_took_is_worth_a_word():
    assert lost_a_zero("701234567")
    assert lost_a_zero("701234567.0")
    assert not lost_a_zero("0701234567")


@given(st.from_regex(r"0[1-9]\d{6,8}", fullmatch=True))
def test_what_is_kept_is_kept_again(digits):
    try:
        kept = read_phone(digits)
    except Unclear:
        return
    assert read_phone(kept) == kept
