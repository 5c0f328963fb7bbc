"""What a person sees of a sheet, and a reader of cells does not."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from partners.sheets import layout, reader
from tests.partners.sheets.test_reader import xlsx


def book(rows, change=None):
    made = Workbook()
    sheet = made.active
    sheet.title = "Blad1"
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def first(data):
    return reader.read(data)[0]


LIST = [["Organisation", "Gammal", "Namn"], ["Ripan AB", "x", "Åsa"], [None, "x", "Bo"],
        [None, "", "Cia"]]  # fmt: skip


def test_the_value_of_merged_cells_holds_for_all_of_them():
    grid = first(book(LIST, lambda sheet: sheet.merge_cells("A2:A4")))
    assert [row[0] for row in grid.rows[1:]] == ["Ripan AB"] * 3
    assert grid.spread == {"3:0", "4:0"}


def test_hidden_rows_and_columns_are_told():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    grid = first(book(LIST, hide))
    assert (grid.hidden_rows, grid.hidden_columns, grid.hidden_told) == ({3}, {1}, True)


def test_rows_and_columns_without_size_are_hidden_too():
    def flatten(parts):
        name = "xl/worksheets/sheet1.xml"
        sheet = parts[name].replace(b'<row r="2"', b'<row r="2" ht="0" customHeight="1"')
        columns = b'<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>'
        parts[name] = sheet.replace(b"<sheetData>", columns)

    grid = first(xlsx(change=flatten))
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {1})


def test_formulas_are_never_taken_for_empty_cells():
    grid = first(
        book([["Namn", "Antal", "Fel"],
              ['=HYPERLINK("https://b.example/?a=1,2","Maja Bäckman")', "=SUM(A1:A3)", "#N/A"]])
    )  # fmt: skip
    assert grid.rows[1] == ["Maja Bäckman"]
    assert grid.marks == {"2:0": "label", "2:1": "formula", "2:2": "error"}


def test_a_formula_kept_as_a_text_is_a_label():
    def as_text(sheet):
        sheet["A2"].value = '=HYPERLINK("mailto:a@b.example";"Maja Bäckman")'
        sheet["A2"].data_type = "s"

    grid = first(book([["Namn"], ["x"]], as_text))
    assert grid.rows[1] == ['=HYPERLINK("mailto:a@b.example";"Maja Bäckman")']
    assert (grid.marks, grid.proposals) == ({"2:0": "label"}, {"2:0": "Maja Bäckman"})


@pytest.mark.parametrize("text", ["=)", "= 5", "=", "=> se blad 2", "=A1"])
def test_a_text_that_begins_like_one_is_no_formula(text):
    assert not layout.is_formula(text)


@pytest.mark.parametrize(
    ("formula", "label"),
    [
        ('HYPERLINK("http://b.example","Maja ""Maj"" Ek")', 'Maja "Maj" Ek'),
        ('=HYPERLÄNK("http://b.example";"Maja Ek")', "Maja Ek"),
        ('of:=HYPERLINK("http://b.example";"Maja Ek")', "Maja Ek"),
        ('="Maja Ek"', "Maja Ek"),
        ("=A1&B1", ""),
        ('=HYPERLINK("http://b.example",A1)', ""),
    ],
)
def test_a_label_is_told_where_it_can_be(formula, label):
    assert layout.label_of(formula) == label


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#SAKNAS!", "#DIVISION/0!"])
def test_an_error_is_no_text_and_is_marked_whatever_holds_it(error):
    def as_text(sheet):
        sheet["B2"].value, sheet["B2"].data_type = error, "s"

    for data in (
        book([["Namn", "Tel"], ["Åsa", "x"]], as_text),
        f"Namn;Tel\nÅsa;{error}\n".encode(),
    ):
        grid = first(data)
        assert ([*grid.rows[1], ""][:2], grid.marks) == (["Åsa", ""], {"2:1": "error"})


def test_a_text_with_a_hash_is_no_error():
    assert first("Namn;Org\nÅsa;#METOO\n".encode()).rows[1] == ["Åsa", "#METOO"]


@pytest.mark.parametrize(("ending", "told"), [("xls", False), ("ods", True)])
def test_older_and_open_spreadsheets_are_read_as_they_are_seen(ending, told):
    file = Path(__file__).parents[2] / "data" / f"merged-and-hidden.{ending}"
    sheet, hidden = reader.read(file.read_bytes())
    organisation, name = sheet.rows[0].index("Organisation"), sheet.rows[0].index("Namn")
    assert [(row[organisation], row[name]) for row in sheet.rows[1:]] == [
        ("Ripan AB", "Åsa"),
        ("Ripan AB", "Bo"),
        ("Ripan AB", "Cia"),
    ]
    assert (hidden.name, hidden.skip, hidden.rows) == ("Dold", "hidden", [])
    assert sheet.hidden_told is told
    assert (sheet.hidden_rows, sheet.hidden_columns) == (({3}, {1}) if told else (set(), set()))


def test_a_hidden_sheet_is_named_and_not_read():
    def add(sheet):
        hidden = sheet.parent.create_sheet("Dold")
        hidden["A1"], hidden.sheet_state = "hemligt", "hidden"

    grids = reader.read(book(LIST, add))
    assert [(grid.name, grid.skip, len(grid.rows)) for grid in grids] == [
        ("Blad1", "", 4),
        ("Dold", "hidden", 0),
    ]
