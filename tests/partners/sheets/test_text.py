"""Text from people, made fit to keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.reading.text import one_line
from partners.sheets import reader, text, writer
from partners.sheets.writer import Column
from tests.partners.sheets.test_reader import read_here

LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("='+-@＝\t"))


@given(st.text())
def test_the_guard_is_taken_away_exactly(written):
    assert text.unguarded(text.guarded(written)) == written


@given(st.lists(LETTERS, min_size=1, max_size=5))
def test_what_a_report_writes_a_list_reads_back(cells):
    columns = [Column(f"K{number}") for number in range(len(cells) + 1)]
    data = b"".join(writer.csv([["x", *cells]], columns))
    grid = read_here(data)[0]
    read, written = [*grid.rows[1], *[""] * len(cells)], ["x", *map(one_line, cells)]
    others = {n for n, cell in enumerate(written) if read[n] != cell}
    # What spreadsheets show for an error is asked about, whoever wrote it.
    assert {grid.marks.get(f"2:{n}") for n in others} <= {"error"}
    assert all(written[n].startswith("#") and not read[n] for n in others)


@pytest.mark.parametrize("formula", ["=1+1", "'=1+1", "''=1+1", "＝SUM(A1)", "'＝SUM(A1)", "-5"])
def test_a_formula_comes_back_as_it_was_written(formula):
    data = b"".join(writer.csv([["x", formula]], [Column("A"), Column("B")]))
    assert reader.read(data)[0].rows[1] == ["x", formula]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../lista.csv", "lista.csv"),
        ("C:\\Mina\\lista  2024.csv", "lista 2024.csv"),
        ("a\r\nb\u202e.csv", "ab.csv"),
        ("A\u030asa.csv", "Åsa.csv"),
        ("mapp/", ""),
    ],
)
def test_a_file_has_a_name_without_its_folders(name, kept):
    assert text.file_name(name) == kept
