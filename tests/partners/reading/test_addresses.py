"""Addresses: one kept spelling for each mailbox."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.reading.addresses import (
    find_addresses,
    guess_address,
    is_of_anybody,
    read_address,
    read_addresses,
    readable,
)
from partners.reading.text import Unclear


@pytest.mark.parametrize(
    "text",
    ["bo@x.example", "BO@X.Example", " bo@x.example\u00a0", "bo\u200b@x.example", "<bo@x.example>",
     "Bo Löfgren <bo@x.example>", "bo@x.example.", "bo@x.example,", "mailto:bo@x.example",
     "mailto:bo@x.example?subject=Hej", "mailto:bo%40x.example", "bo＠x.example"],
)  # fmt: skip
def test_one_spelling_of_all_ways_to_write_an_address(text):
    assert read_address(text) == "bo@x.example"


@pytest.mark.parametrize(
    "text",
    ["a@åäö.se", "a@ÅÄÖ.SE", "a@xn--4cab6c.se", "A@XN--4CAB6C.se", "a@a\u030aa\u0308o\u0308.se"],
)
def test_a_domain_is_kept_in_ascii_and_shown_as_people_write_it(text):
    assert read_address(text) == "a@xn--4cab6c.se"
    assert readable(read_address(text)) == "a@åäö.se"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bo(at)x.example", "invalid"),
        ("bo@x", "invalid"),
        ("bo@1.2", "invalid"),
        ("bo..ek@x.example", "invalid"),
        ("bo@-x.example", "invalid"),
        ("skriv till bo@x.example", "invalid"),
        ("åsa@x.example", "letters"),
        ("a@x.example; b@x.example", "several"),
    ],
)
def test_what_is_no_address_is_asked_about(text, code):
    with pytest.raises(Unclear, match=code):
        read_address(text)


def test_several_addresses_of_a_cell():
    assert find_addresses("A@x.example; b@x.example / a@x.example") == [
        "a@x.example",
        "b@x.example",
    ]
    assert find_addresses("bo+lista@x.example") == ["bo+lista@x.example"]


def test_an_address_that_is_spelled_out_is_only_a_guess():
    assert guess_address("bo (at) x (punkt) example") == "bo@x.example"
    assert guess_address("bo") == ""


def test_a_domain_that_cannot_be_read_is_shown_as_it_is():
    assert readable("a@xn--99999999.se") == "a@xn--99999999.se"


@given(st.emails())
def test_what_is_kept_is_kept_again(written):
    try:
        kept = read_address(written)
    except Unclear:
        return
    assert kept.isascii()
    assert read_address(kept) == kept
    assert read_address(readable(kept)) == kept


@pytest.mark.parametrize(
    "text",
    ["anna@x.example", "Anna Berg anna@x.example", "Anna Berg <anna@x.example>",
     "E-post: anna@x.example (privat)", "anna@x.example <mailto:anna@x.example>"],
)  # fmt: skip
def test_a_name_or_a_note_may_stand_beside_an_address(text):
    assert read_addresses(text) == ["anna@x.example"]


@pytest.mark.parametrize(
    "text",
    ["anna berg@x.example", "Anna Berg@x.example", "anna.berg/karl.ek@x.example",
     "anna@x.example, karl@x", "anna@x.s e", "anna@x.example, ring först"],
)  # fmt: skip
def test_half_an_address_is_none(text):
    with pytest.raises(Unclear):
        read_addresses(text)
    assert guess_address(text) == ""


@pytest.mark.parametrize("text", ["anna(a)x.example", "anna @ x . example"])
def test_a_slip_is_guessed_at(text):
    assert guess_address(text) == "anna@x.example"


@pytest.mark.parametrize("domain", ["gmail.com", "hotmail.se", "telia.com", "bredband.net"])
def test_a_domain_where_anybody_may_have_an_address_names_no_employer(domain):
    assert is_of_anybody(domain)
    assert not is_of_anybody("umeaenergi.example")
