"""Numbers with their units: understood whole, or asked about."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.reading.numbers import NO_UNIT, SEATS, TONNES, read_number
from partners.reading.text import Unclear


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        ("12,5", "12.5"),
        ("12,5 t", "12.5"),
        ("ca 12,5 ton.", "12.5"),
        ("c:a 5 t", "5"),
        ("~5 tonnes", "5"),
        ("20 ton CO2", "20"),
        ("20 ton CO₂e per år", "20"),
        ("20 tCO2e/år", "20"),
        ("20 ton koldioxidekvivalenter om året", "20"),
        ("2 kton", "2000"),
        ("0,5 kt CO2e", "500"),
        ("2 tusen ton", "2000"),
        ("1,5 miljoner", "1500000"),
        ("1 000", "1000"),
        ("1'000", "1000"),
        ("1’000", "1000"),
        ("1\u00a0000\u202f000 ton", "1000000"),
        ("12,500", "12.5"),
        ("0.500", "0.5"),
        ("1.000,5", "1000.5"),
        ("1,000.5", "1000.5"),
        ("1.234.567", "1234567"),
        ("\u22123", "-3"),
        ("–3 ton", "-3"),
        ("１２,5", "12.5"),
        ("١٢", "12"),
    ],
)
def test_what_is_known_is_read_whole(text, tonnes):
    assert read_number(text, "sv", TONNES) == Decimal(tonnes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("300 g", "unit"),
        ("500 kg", "unit"),
        ("12 MWh", "unit"),
        ("100 000 kr", "unit"),
        ("10 %", "unit"),
        ("3 Mt", "unit"),
        ("5 ton per månad", "unit"),
        ("5 ton eller mer", "unit"),
        ("1e3", "unit"),
        ("2½", "unit"),
        ("10²", "unit"),
        ("1٬000", "unit"),
        ("½", "invalid"),
        ("10–20", "range"),
        ("10 till 20 ton", "range"),
        ("1.000 ton", "thousands"),
        ("12 5", "invalid"),
        ("1 23", "invalid"),
        ("1 000.000", "invalid"),
        ("1,2,3", "invalid"),
        ("--3", "invalid"),
        ("tolv", "invalid"),
        ("NaN", "invalid"),
        ("Infinity", "invalid"),
        ("minst 10", "invalid"),
        ("1" * 10_000, "long"),
        ("1" * 31, "long"),
        ("", "invalid"),
    ],
)
def test_what_is_not_known_is_asked_about(text, code):
    with pytest.raises(Unclear) as why:
        read_number(text, "sv", TONNES)
    assert why.value.code == code


def test_an_english_reader_writes_thousands_with_commas():
    assert read_number("12,500", "en") == 12500
    assert read_number("1.000", "en") == 1
    assert read_number("12,5", "en") == Decimal("12.5")


def test_each_number_has_its_own_units():
    assert read_number("40 platser", "sv", SEATS) == 40
    for unit, text in [(NO_UNIT, "40 ton"), (SEATS, "40 ton"), (TONNES, "40 platser")]:
        with pytest.raises(Unclear, match="unit"):
            read_number(text, "sv", unit)


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["sv", "en"]))
def test_what_is_read_and_written_back_reads_the_same(number, language):
    written = f"{number.normalize():f}".replace(".", "," if language == "sv" else ".")
    assert read_number(written, language) == number


@pytest.mark.parametrize("text", ["5 ca", "5 CA", "0 ca ton", "5 ~ton"])
def test_about_stands_before_a_number_alone(text):
    with pytest.raises(Unclear):
        read_number(text, "sv", TONNES)


@given(st.integers(0, 10**6), st.text(st.characters(categories=["L"]), min_size=1, max_size=12))
def test_a_word_that_is_not_known_is_never_dropped(number, word):
    known = (
        TONNES.pattern + r"|co2|tusen|thousand|miljon(er)?|millions?|mn|mln|miljard(er)?|billions?"
    )
    if not re.fullmatch(known, word.casefold()):
        with pytest.raises(Unclear):
            read_number(f"{number} {word}", "sv", TONNES)
