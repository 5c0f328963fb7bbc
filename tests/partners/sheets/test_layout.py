"""What a person sees of a sheet, and a reader of cells does not."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from partners.intake.columns import PARTNERS
from partners.sheets import headings, layout, reader
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


def strike(sheet):
    sheet["A3"] = "Tegs AB"
    for cell in [*sheet[2], sheet["C3"]]:
        cell.font = Font(strike=True)


def test_what_is_struck_through_is_marked_and_rows_of_it_are_told():
    grid = first(book(LIST, strike))
    assert grid.marks == {"2:0": "struck", "2:1": "struck", "2:2": "struck", "3:2": "struck"}

    listing = headings.find(grid, PARTNERS)
    assert (listing.struck_rows, listing.marks) == ({2}, {"3:1": "struck"})


def test_a_text_struck_in_part_is_marked_too():
    def strike_a_part(sheet):
        gone = TextBlock(InlineFont(strike=True), "Åsa")
        sheet["C2"] = CellRichText(gone, " Eva")

    assert first(book(LIST, strike_a_part)).marks == {"2:2": "struck"}


def test_a_style_that_strikes_nothing_marks_nothing():
    def plain(sheet):
        sheet["C2"].font = Font(strike=False, b=True)
        sheet["B4"].font = Font(strike=True)  # an empty cell

    assert first(book(LIST, plain)).marks == {}


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def ods(rows, styles):
    """A spreadsheet of LibreOffice with these rows and styles."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in [("office", "office"), ("table", "table"), ("text", "text"),
                             ("style", "style")]
    )  # fmt: skip
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>{styles}'
        f'<office:body><office:spreadsheet><table:table table:name="Blad1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", MANIFEST)
        parts.writestr("content.xml", content)
    return out.getvalue()


ODS_STYLES = (
    '<office:automatic-styles><style:style style:name="ce1" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ce2" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="none"/></style:style>'
    "</office:automatic-styles>"
)


def test_what_is_struck_through_in_an_open_document_is_marked():
    rows = (
        "<table:table-row><table:table-cell><text:p>Namn</text:p></table:table-cell>"
        "</table:table-row><table:table-row>"
        '<table:table-cell table:style-name="ce1"><text:p>Åsa</text:p></table:table-cell>'
        '<table:table-cell table:style-name="ce2"><text:p>Bo</text:p></table:table-cell>'
        '<table:table-cell><text:p>Cia <text:span text:style-name="T1">Ek</text:span></text:p>'
        '</table:table-cell><table:table-cell table:style-name="ce1"/></table:table-row>'
    )
    rows = rows.replace("><text:p>", ' office:value-type="string"><text:p>')
    assert first(ods(rows, ODS_STYLES)).marks == {"2:0": "struck", "2:2": "struck"}
