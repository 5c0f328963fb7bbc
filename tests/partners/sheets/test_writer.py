"""What is written is read back the same, by readers that are not ours."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.sheets import text, writer
from partners.sheets.writer import Column, Kind, Sheet
from tests.partners.sheets.test_reader import read_here

COLUMNS = [
    Column("Organisation", width=30),
    Column("Sessions", Kind.INTEGER),
    Column("Hours", Kind.DECIMAL),
    Column("Share", Kind.PERCENT),
    Column("Day", Kind.DATE),
    Column("Moment", Kind.MOMENT, 18),
]
ROWS = [
    (
        "Röbäcks Livs AB",
        3,
        Decimal("1234.50"),
        0.25,
        date(2024, 2, 7),
        datetime(2024, 3, 31, 1, 30, tzinfo=UTC),
    ),
    (None, None, None, None, None, None),
    ('Säger "hej"; radbryt\noch\tmer', 0, Decimal("-0.004"), 1, date(2024, 12, 31), None),
]


def written(rows, columns=COLUMNS):
    return b"".join(writer.csv(rows, columns))


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def workbook(*sheets):
    file = io.BytesIO()
    writer.xlsx(sheets, file)
    file.seek(0)
    return openpyxl.load_workbook(file)


def test_csv_is_what_a_swedish_excel_expects():
    assert written(ROWS[:2]).decode() == (
        '\ufeff"Organisation";"Sessions";"Hours";"Share";"Day";"Moment"\r\n'
        '"Röbäcks Livs AB";3;1234,5;25%;2024-02-07;2024-03-31 03:30\r\n'
        ";;;;;\r\n"
    )


def test_csv_is_read_back_by_a_csv_reader():
    rows = read_csv(written(ROWS))
    assert rows[3] == ['Säger "hej"; radbryt\noch\tmer', "0", "-0,004", "100%", "2024-12-31", ""]


def test_csv_of_nothing_is_its_headings():
    assert len(read_csv(written([]))) == 1


@pytest.mark.parametrize("sign", list("=+-@\t\r\n\0＝＋－＠"))
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(sign):
    formula = f"{sign}cmd|'/C calc'!A0"
    [_, [cell]] = read_csv(written([[formula]], [Column("Text")]))
    assert cell == f"'{formula}"
    assert text.unguarded(cell) == formula


def test_numbers_below_zero_are_numbers_and_need_no_guard():
    assert written([[-5]], [Column("Number", Kind.INTEGER)]).endswith(b"\r\n-5\r\n")


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
)
def test_any_text_survives_the_csv(rows):
    back = read_csv(written(rows, [Column("A"), Column("B")]))[1:]
    assert [[text.unguarded(cell) for cell in row] for row in back] == rows


def test_csv_is_streamed():
    taken = []

    def rows():
        for number in range(10_000):
            taken.append(number)
            yield (number,)

    chunks = writer.csv(rows(), [Column("Number", Kind.INTEGER)])
    next(chunks)
    next(chunks)
    assert len(taken) == writer.CSV_CHUNK


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(writer, "REMEMBERED", 10)
    rows = [(str(number), None) for number in range(3_000)]
    back = read_csv(written(rows, [Column("A"), Column("B")]))[1:]
    assert back == [[text, ""] for text, _ in rows]


def test_xlsx_cells_have_types():
    sheet = workbook(Sheet("Deltagande", COLUMNS, ROWS))["Deltagande"]
    assert [cell.value for cell in sheet[2]] == [
        "Röbäcks Livs AB",
        3,
        1234.5,
        0.25,
        datetime(2024, 2, 7),
        datetime(2024, 3, 31, 3, 30),
    ]
    assert [cell.number_format for cell in sheet[2]] == [
        "General",
        "#,##0",
        "#,##0.0##",
        "0%",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    ]
    assert [cell.value for cell in sheet[3]] == [None] * 6


def test_xlsx_heading_stays_and_filters():
    sheet = workbook(Sheet("Deltagande", COLUMNS, ROWS))["Deltagande"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F4"
    assert sheet.column_dimensions["A"].width == pytest.approx(30, abs=1)


@pytest.mark.parametrize(
    "text", ["=1+1", "+46 70 000 00 00", "-5", "@x", "https://umea.example/", "007"]
)
def test_xlsx_text_stays_text(text):
    cell = workbook(Sheet("A", [Column("Text")], [[text]]))["A"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_xlsx_drops_what_xml_cannot_hold():
    cell = workbook(Sheet("A", [Column("Text")], [["Å\0\x07\x1b\ud800\ufffe ö\n"]]))["A"]["A2"]
    assert cell.value == "Å ö\n"


def test_xlsx_has_the_sheets_it_was_given():
    book = workbook(Sheet("Per [träff]: 1/2", COLUMNS, []), Sheet("Om rapporten", COLUMNS, ROWS))
    assert book.sheetnames == ["Per  träff   1 2", "Om rapporten"]


@pytest.mark.django_db  # closing a response looks at the connection
def test_downloads_have_a_name_and_a_type():
    name = "deltagande_2026-01-01_2026-12-31"
    text = writer.csv_response(name, ROWS, COLUMNS)
    assert text["Content-Type"] == "text/csv; charset=utf-8"
    assert text["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    book = writer.xlsx_response(name, [Sheet("A", COLUMNS, ROWS)])
    assert book["Content-Type"] == writer.XLSX_TYPE
    assert book["Content-Disposition"] == f'attachment; filename="{name}.xlsx"'
    content = b"".join(book.streaming_content)
    assert int(book["Content-Length"]) == len(content)
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["A"]
    book.close()


@given(st.decimals(-(10**8), 10**8, places=3))
def test_both_files_keep_a_decimal_to_its_last_figure(number):
    columns = [Column("Tonnes", Kind.DECIMAL)]
    [_, [cell]] = read_csv(written([[number]], columns))
    assert Decimal(cell.replace(",", ".")) == number
    assert workbook(Sheet("A", columns, [[number]])).active["A2"].value == float(number)


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])) | st.sampled_from(
    ["'=1+1", "=1+1", "''x", "-5", "@a", "007", "0701234567", "5560001234567890123", "1e5", "TRUE",
     "12.50", "2024-02-07", "_x0041_", "#METOO"]
)  # fmt: skip


@given(st.lists(CELLS, min_size=1, max_size=6))
@settings(deadline=None, max_examples=60)
def test_what_a_workbook_of_ours_holds_a_list_reads_back(cells):
    columns = [Column(f"K{number}") for number in range(len(cells) + 1)]
    file = io.BytesIO()
    writer.xlsx([Sheet("Blad", columns, [["x", *cells]])], file)
    grid = read_here(file.getvalue())[0]
    read = [*grid.rows[1], *[""] * len(columns)][: len(columns)]
    assert read == ["x", *map(text.one_line, cells)]
