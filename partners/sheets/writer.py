"""Typed rows to a spreadsheet: the one writer of CSV and XLSX that every report uses."""

import datetime
import enum
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from xlsxwriter.worksheet import Worksheet

from partners.dates import DAY_0
from partners.sheets.text import guarded

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_CHUNK = 1_000  # rows formatted at a time
REMEMBERED = 20_000  # cells kept ready in each column; names and titles come again and again
EPOCH = datetime.datetime.combine(DAY_0, datetime.time())

ILLEGAL_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = str | int | float | Decimal | datetime.date | datetime.datetime | None


class Kind(enum.Enum):
    """What a column holds; decides how its cells are written."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"  # as it is kept; what was divided with two decimals
    PERCENT = "percent"  # a share of one, 0.25 for 25 %
    DATE = "date"
    MOMENT = "moment"  # an aware datetime, written in local time


@dataclass(frozen=True)
class Column:
    """A heading, what stands below it, and how wide it is (in characters, XLSX only)."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; each row has a cell for each column, None where nothing is known."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


class _Remembered(dict[Any, Any]):
    """A function's answers by what was asked; forgets all when it grows too large."""

    def __init__(self, answer: Callable[[Any], Any], nothing: str | None = None) -> None:
        self.answer = answer
        self.nothing = nothing  # the answer to None

    def __missing__(self, asked: Any) -> Any:
        if len(self) >= REMEMBERED:
            self.clear()
        answer = self[asked] = self.nothing if asked is None else self.answer(asked)
        return answer


def _quoted(text: object) -> str:
    return '"' + guarded(str(text)).replace('"', '""') + '"'


def _with_comma(number: Any) -> str:
    """A decimal of the database to its last figure; what was divided with two decimals."""
    is_kept = isinstance(number, Decimal) and int(number.as_tuple().exponent) >= -3
    text = f"{number:f}" if is_kept else f"{number:.2f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace(".", ",")


def _percent(share: Any) -> str:
    return _with_comma(share * 100) + "%"


def _moment(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


_AS_CSV: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: _quoted,
    Kind.INTEGER: str,
    Kind.DECIMAL: _with_comma,
    Kind.PERCENT: _percent,
    Kind.DATE: datetime.date.isoformat,
    Kind.MOMENT: _moment,
}


def csv(rows: Iterable[Sequence[Cell]], columns: Sequence[Column]) -> Iterator[bytes]:
    """Yield a CSV file that opens right in a Swedish Excel, a thousand rows at a time.

    UTF-8 with a byte order mark, semicolons, CRLF, decimal comma, ISO dates, every text in quotes;
    a text that looks like a formula gets an apostrophe before it (see *text.unguarded*).
    """
    yield ("\ufeff" + ";".join(_quoted(column.title) for column in columns) + "\r\n").encode()
    formats = [_Remembered(_AS_CSV[column.kind], "") for column in columns]
    remaining = iter(rows)
    while chunk := list(islice(remaining, CSV_CHUNK)):
        # Column by column, so that the loops over cells run inside the interpreter.
        written = [
            map(cells.__getitem__, values)
            for cells, values in zip(formats, zip(*chunk, strict=True), strict=True)
        ]
        lines = "\r\n".join(map(";".join, zip(*written, strict=True)))
        yield (lines + "\r\n").encode(errors="replace")


def _clean(text: object) -> str:
    return ILLEGAL_IN_XML.sub("", str(text))


def _day(date: datetime.date) -> int:
    return (date - DAY_0).days


def _local_moment(moment: datetime.datetime) -> float:
    local = timezone.localtime(moment).replace(tzinfo=None)
    return (local - EPOCH) / datetime.timedelta(days=1)


_AS_XLSX: dict[Kind, tuple[Callable[[Any], Any], str]] = {
    Kind.TEXT: (_clean, ""),
    Kind.INTEGER: (int, "#,##0"),
    Kind.DECIMAL: (float, "#,##0.0##"),
    Kind.PERCENT: (float, "0%"),
    Kind.DATE: (_day, "yyyy-mm-dd"),
    Kind.MOMENT: (_local_moment, "yyyy-mm-dd hh:mm"),
}


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", _clean(name))[:31].strip()


def xlsx(sheets: Sequence[Sheet], file: IO[bytes]) -> None:
    """Write a workbook to *file*, a row at a time: memory does not grow with the rows.

    Cells have types; a text stays a text whatever it looks like; the heading stays in sight and
    has filters. Times are local, for a spreadsheet knows no time zones.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        formats = {
            kind: book.add_format({"num_format": code}) if code else None
            for kind, (_, code) in _AS_XLSX.items()
        }
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name))
            page.freeze_panes(1, 0)
            for at, column in enumerate(sheet.columns):
                wraps = column.kind is Kind.TEXT and column.width > 60
                page.set_column(at, at, column.width, wrapped if wraps else formats[column.kind])
                page.write_string(0, at, _clean(column.title), heading)
            last = _write_rows(page, sheet, formats)
            page.autofilter(0, 0, last, len(sheet.columns) - 1)


def _write_rows(page: Worksheet, sheet: Sheet, formats: dict[Kind, Any]) -> int:
    """Write the rows below the heading; the number of the last one."""
    plan = [
        (
            at,
            page.write_string if column.kind is Kind.TEXT else page.write_number,
            _Remembered(_AS_XLSX[column.kind][0]),
            formats[column.kind],
        )
        for at, column in enumerate(sheet.columns)
    ]
    number = 0
    for number, row in enumerate(sheet.rows, start=1):
        for (at, write, cells, look), value in zip(plan, row, strict=True):
            if value is not None:
                write(number, at, cells[value], look)
    return number


def csv_response(
    name: str, rows: Iterable[Sequence[Cell]], columns: Sequence[Column]
) -> StreamingHttpResponse:
    """A download of *name*.csv that is sent while it is written."""
    response = StreamingHttpResponse(csv(rows, columns), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, sheets: Sequence[Sheet]) -> FileResponse:
    """A download of *name*.xlsx from a temporary file that goes away with the response."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    xlsx(sheets, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
