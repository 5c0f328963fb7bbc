from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.city.pasting import MOST_ROWS, Row, read, read_tonnes
from partners.reading.text import Unclear


def pasted(text, language="sv"):
    return read(text, language, until=2026)


def rows(text, language="sv"):
    found = pasted(text, language)
    assert not found.refused, found.refused
    return [(row.year, None if row.tonnes is None else int(row.tonnes)) for row in found.rows]


def refusals(text, language="sv"):
    return [(one.line, one.code) for one in pasted(text, language).refused]


@pytest.mark.parametrize(
    "text",
    [
        "2023\t243 800\n2024\t236 000",
        "2024\t236000\n2023\t243800",
        "År\tUtsläpp (ton CO2e)\n2023\t243\u00a0800\n2024\t236\u00a0000",
        "År;Ton\n2023;243 800;\n2024;236 000;\n",
        "243 800\t2023\n236 000\t2024",
        "2023 243 800 ton\n2024: ca 236 000 ton CO₂e\n",
        "år 2023\t243,8 kton\nÅr 2024\t236 kton per år",
        "År\tTusen ton\n2023\t243,8\n2024\t236",
        "Year\tkt\n2023\t243,8\n2024\t236 000 ton",
        "\n\n2023\t243.800,0\n\n2024\t236.000,0\n",
        "2023 | 243 800\r\n2024 | 236 000\r\n2024 | 236 000",
    ],
)
def test_what_people_paste_is_understood(text):
    assert rows(text) == [(2023, 243_800), (2024, 236_000)]


@pytest.mark.parametrize("nothing", ["", "\t", "\t-", ";–", "\t..", "\tsaknas", "\tUppgift saknas"])
def test_a_year_without_a_figure_is_not_nought(nothing):
    assert rows(f"2023{nothing}\n2024\t236 000") == [(2023, None), (2024, 236_000)]


def test_nought_is_nought_where_it_is_written():
    assert rows("2023\t0") == [(2023, 0)]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("2024\t-5", [(1, "negative")]),
        ("2024\t236 000\n\n2024\t240 000", [(3, "twice")]),
        ("År\tTon\n2027\t1", [(2, "later")]),
        ("1820\t1", [(1, "year")]),
        ("hej\t1\nhej\t2", [(2, "no_year")]),
        ("2024\t236 000\tRUS", [(1, "columns")]),
        ("2024\tmycket", [(1, "invalid")]),
        ("2024\t200 000–240 000", [(1, "range")]),
        ("2024\t236 000 kg", [(1, "unit")]),
        ("2024\t236,000", [(1, "thousands")]),
        ("2024\t236.000", [(1, "thousands")]),
        ("2024\t9999999999", [(1, "long")]),
        ("År\tMton\n2024\t0,236", [(1, "heading_unit")]),
        ("År\tton per invånare\n2024\t4", [(1, "heading_unit")]),
        ("1990\t2000\t2010\t2020", [(1, "columns")]),
    ],
)
def test_what_is_not_understood_is_refused_with_its_row(text, refused):
    assert refusals(text) == refused


def test_a_year_given_twice_says_where_the_other_is():
    (refused,) = pasted("2024\t236 000\n2023\t1\n2024\t240 000").refused
    assert refused.said == {"year": "2024", "line": "1"}


def test_an_english_reader_parts_thousands_with_a_comma():
    assert rows("2024\t236,000", "en") == [(2024, 236_000)]


def test_in_thousands_a_comma_and_three_figures_is_a_decimal():
    assert rows("År\tkton\n2024\t236,412") == [(2024, 236_412)]
    assert rows("2024\t236,412 kton") == [(2024, 236_412)]


def test_no_more_rows_are_read_than_anybody_has():
    found = pasted("\n".join(f"{1900 + n % 120}\t5" for n in range(MOST_ROWS + 1)))
    assert [(one.line, one.code) for one in found.refused] == [(MOST_ROWS + 1, "many")]


def test_tonnes_alone_are_read_the_same():
    assert read_tonnes("ca 236 kton", "sv") == 236_000
    with pytest.raises(Unclear, match="negative"):
        read_tonnes("-1", "sv")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("2024190 \t;|,.-–ktonÅrår\n%"), max_size=60))
def test_every_row_is_understood_or_refused(text):
    found = pasted(text)

    lines = [line for line in text.splitlines() if line.strip()]
    assert len(found.rows) + len(found.refused) <= len(lines) + 1
    assert len({row.year for row in found.rows}) == len(found.rows)
    assert all(row.tonnes is None or row.tonnes >= 0 for row in found.rows)


@settings(deadline=None)
@given(st.dictionaries(st.integers(1900, 2026), st.integers(0, 10**9 - 1), min_size=1, max_size=40))
def test_what_a_spreadsheet_writes_comes_back(years):
    text = "\n".join(f"{year}\t{tonnes}" for year, tonnes in years.items())

    assert list(pasted(text).rows) == [Row(y, Decimal(t)) for y, t in sorted(years.items())]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2022 249,1", ["far"]),  # thousands of tonnes, beside what is kept of the year
        ("2024 236,5", ["far"]),  # and beside the year before
        ("2022 2 491 000", ["far"]),
        ("År\tkton\n2022\t249 100", ["far"]),
        ("2022 0", ["far"]),
        ("2022 249,1 ton", []),  # they mean it
        ("2022 249,1 kton", []),
        ("År\tkton\n2022\t249,1", []),
        ("2022 30 000", []),
        ("1990 24", []),  # so long ago it may have been otherwise
        ("2022 -", []),
    ],
)
def test_a_figure_of_another_size_than_those_beside_it_is_asked_about(text, codes):
    known = {2022: Decimal(249_100), 2023: Decimal(243_800)}
    found = read(text, "sv", until=2025, known=known)
    assert [one.code for one in found.refused] == codes
