"""What a person sees of a sheet and a reader of cells does not: hidden rows and columns, formulas,
what is struck through.

Read from the XML of .xlsx and .ods in the child process, as a stream, without entities.
"""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.sax.handler import ContentHandler

from partners.reading.text import one_line
from partners.sheets import parts as xml
from partners.sheets import strikes
from partners.sheets.budget import MAX_COLUMNS, MAX_ROWS
from partners.sheets.strikes import Struck

LABEL, FORMULA, ERROR, STRUCK = "label", "formula", "error", "struck"
LONGEST_FORMULA = 8_192  # letters, as a spreadsheet has it
# A sheet without any of these has nothing that is looked for here.
_WORTH_READING = re.compile(
    rb'hidden|zeroHeight|[<:]strike|[<:]f[ />]|t="e"|t=\'e\'|(?:ht|width)=["\']0["\'.]'
)
_WORTH_READING_ODS = re.compile(rb'[:]visibility|-spanned|[:]formula|line-through-style="(?!none)')
_LABEL = re.compile(
    r'\s*=?\s*(?:of:=)?\s*(?:HYPERLINK|HYPERLÄNK)\s*\(.*[,;]\s*"((?:[^"]|"")*)"\s*\)\s*$',
    re.I | re.S,
)
_ONLY_TEXT = re.compile(r'\s*=?\s*"((?:[^"]|"")*)"\s*$')
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")

# In English and in Swedish, as a spreadsheet shows them and exports them.
_ERRORS = {
    *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"),
    *("#SAKNAS!", "#REFERENS!", "#VÄRDEFEL!", "#DIVISION/0!", "#NAMN?", "#SKÄRNING!", "#OGILTIGT!"),
}
_YES = {"1", "true"}
_HIDDEN = {"collapse", "filter"}

Place = tuple[int, int]  # row as the spreadsheet counts, from 1; column from 0


@dataclass
class Layout:
    """What is hidden in a sheet, and which cells are not simply what they hold."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    marks: dict[Place, str] = field(default_factory=dict)
    texts: dict[Place, str] = field(default_factory=dict)  # what formulas would show
    merged: list[tuple[Place, Place]] = field(default_factory=list)

    def note(self, place: Place, formula: str) -> None:
        """Mark a formula without a value, and propose the label it has."""
        label = label_of(formula)
        self.marks[place] = LABEL if label else FORMULA
        if label:
            self.texts[place] = label

    def look_at(self, place: Place, cell: str) -> str:
        """What is kept of a cell: errors are marked and emptied, formulas marked and kept."""
        if cell[:1] == "#" and cell in _ERRORS:
            self.marks[place] = ERROR
            return ""
        if is_formula(cell):
            self.note(place, cell)
        return cell

    def said(self) -> dict[str, dict[str, str]]:
        """Marks and proposals by "number:column", as they are written down."""
        return {
            "marks": {f"{row}:{place}": mark for (row, place), mark in self.marks.items()},
            "proposals": {f"{row}:{place}": text for (row, place), text in self.texts.items()},
        }


def label_of(formula: str) -> str:
    """What a formula shows where that can be told: =HYPERLINK("…","Maja") shows Maja."""
    if len(formula) > LONGEST_FORMULA:
        return ""
    shown = _LABEL.match(formula) or _ONLY_TEXT.match(formula)
    return one_line(shown.group(1).replace('""', '"')) if shown else ""


def is_formula(text: str) -> bool:
    """Whether a text is a formula that nobody worked out: =HYPERLINK(…), not "= 5" or "=)"."""
    if text[:1] != "=" or not text.endswith(")"):
        return False
    return bool(re.match(r"=\s*[A-ZÅÄÖ][A-ZÅÄÖ0-9._]*\(", text, re.I))


def of_xlsx(parts: zipfile.ZipFile) -> dict[str, Layout]:
    """The layout of each sheet of a workbook, by its name."""
    struck = strikes.of_xlsx(parts)
    return {
        name: _of_sheet(parts, part, struck)
        for name, part in _sheets(parts).items()
        if part in parts.NameToInfo
    }


def _sheets(parts: zipfile.ZipFile) -> dict[str, str]:
    """Where each sheet lies in the archive, by its name."""
    book, links = _Elements("sheet"), _Elements("Relationship")
    xml.parse(parts, "xl/workbook.xml", book)
    xml.parse(parts, "xl/_rels/workbook.xml.rels", links)
    targets = {link.get("Id", ""): link.get("Target", "") for link in links.found}
    return {
        sheet.get("name", ""): posixpath.normpath(
            posixpath.join("/xl", targets.get(sheet.get("id", ""), ""))
        ).lstrip("/")
        for sheet in book.found
    }


def _of_sheet(parts: zipfile.ZipFile, part: str, struck: Struck) -> Layout:
    handler = _Sheet(struck)
    if struck or xml.is_worth_reading(parts, part, _WORTH_READING):
        xml.parse(parts, part, handler)
    return handler.layout


def of_ods(parts: zipfile.ZipFile) -> dict[str, Layout]:
    """The layout of each sheet of an OpenDocument spreadsheet, by its name."""
    handler = _Tables()
    if xml.is_worth_reading(parts, "content.xml", _WORTH_READING_ODS):
        xml.parse(parts, "content.xml", handler)
    return handler.found


def _plain(attributes: Any) -> dict[str, str]:
    """Attributes by their names without a prefix."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


class _Elements(ContentHandler):
    """Collects the attributes of all elements of one name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.found: list[dict[str, str]] = []

    def startElement(self, name: str, attrs: Any) -> None:
        if name.rpartition(":")[2] == self.name:
            self.found.append(_plain(attrs))


class _Sheet(ContentHandler):
    """Reads the layout of one sheet of .xlsx."""

    def __init__(self, struck: Struck) -> None:
        super().__init__()
        self.struck = struck
        self.style, self.is_struck = "", False  # of the cell; whether its own text says so
        self.layout = Layout()
        self.row, self.column = 0, -1
        self.kind = ""  # of the cell
        self.formula: str | None = None
        self.value = ""
        self.has_value = False
        self.text: list[str] | None = None  # collected, or None
        self.hides_rows = False  # unless a row says otherwise
        self.begin: dict[str, Any] = {
            "sheetFormatPr": self._begin_format,
            "col": self._begin_columns,
            "row": self._begin_row,
            "c": self._begin_cell,
            "f": self._begin_text,
            "v": self._begin_text,
            "is": self._begin_text,
            "strike": self._begin_strike,
        }

    def startElement(self, name: str, attrs: Any) -> None:
        begin = self.begin.get(xml.local(name))
        if begin:
            begin(attrs)

    def endElement(self, name: str) -> None:
        name = xml.local(name)
        if name == "f":
            self.formula, self.text = "".join(self.text or ()), None
        elif name in {"v", "is"}:
            self.value, self.has_value, self.text = "".join(self.text or ()), True, None
        elif name == "c":
            self._end_cell()

    def characters(self, content: str) -> None:
        if self.text is not None:
            self.text.append(content)

    def _begin_text(self, _attributes: Any) -> None:
        self.text = []

    def _begin_format(self, attributes: Any) -> None:
        self.hides_rows = attributes.get("zeroHeight") in _YES

    def _begin_columns(self, attributes: Any) -> None:
        if attributes.get("hidden") in _YES or _is_nothing(attributes.get("width")):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.layout.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))

    def _begin_row(self, attributes: Any) -> None:
        self.row, self.column = int(attributes.get("r") or self.row + 1), -1
        if self.row > MAX_ROWS:
            raise xml.Enough
        hidden = attributes.get("hidden")
        by_height = _is_nothing(attributes.get("ht"))
        if hidden in _YES or by_height or (self.hides_rows and hidden is None):
            self.layout.hidden_rows.add(self.row)

    def _begin_cell(self, attributes: Any) -> None:
        place = _CELL.fullmatch(attributes.get("r") or "")
        self.column = _column_of(place.group(1)) if place else self.column + 1
        self.kind, self.style = attributes.get("t") or "", attributes.get("s") or ""
        self.formula, self.value, self.has_value = None, "", False
        self.is_struck = False

    def _end_cell(self) -> None:
        place = (self.row, self.column)
        if self.kind == "e":
            self.layout.marks[place] = ERROR
        elif self.formula is not None and not self.value and not self._is_empty_text():
            self.layout.note(place, self.formula)
        elif self.value and self._is_struck():
            self.layout.marks[place] = STRUCK

    def _is_struck(self) -> bool:
        is_shared = self.kind == "s" and self.value in self.struck.texts
        return self.is_struck or is_shared or self.style in self.struck.styles

    def _begin_strike(self, attributes: Any) -> None:
        self.is_struck = self.is_struck or strikes.is_struck(attributes)

    def _is_empty_text(self) -> bool:
        """Whether the formula was worked out, and shows nothing."""
        return self.kind == "str" and self.has_value


class _Tables(ContentHandler):
    """Reads the layout of all sheets of .ods."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Layout] = {}
        self.layout = Layout()
        self.row, self.rows = 0, 1
        self.column = 0
        self.style = ""  # that is told of
        self.struck: set[str] = set()  # styles that strike through
        self.cell = (0, 0)  # that is read, with its style
        self.cell_style = ""
        self.begin: dict[str, Any] = {
            "style:style": self._begin_style,
            "style:text-properties": self._begin_properties,
            "text:p": self._begin_text,
            "text:span": self._begin_text,
            "table:table": self._begin_table,
            "table:table-column": self._begin_columns,
            "table:table-row": self._begin_row,
            "table:table-cell": self._begin_cell,
            "table:covered-table-cell": self._begin_cell,
        }

    def startElement(self, name: str, attrs: Any) -> None:
        begin = self.begin.get(name)
        if begin:
            begin(attrs)

    def endElement(self, name: str) -> None:
        if name == "table:table-row":
            self.row += self.rows

    def _begin_style(self, attributes: Any) -> None:
        self.style = attributes.get("style:name", "")

    def _begin_properties(self, attributes: Any) -> None:
        if attributes.get("style:text-line-through-style", "none") != "none":
            self.struck.add(self.style)

    def _begin_text(self, attributes: Any) -> None:
        if {self.cell_style, attributes.get("text:style-name")} & self.struck:
            self.layout.marks.setdefault(self.cell, STRUCK)

    def _begin_table(self, attributes: Any) -> None:
        self.layout = self.found.setdefault(attributes.get("table:name", ""), Layout())
        self.row, self.column = 1, 0

    def _begin_columns(self, attributes: Any) -> None:
        last = self.column + _times(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _HIDDEN:
            self.layout.hidden_columns.update(range(self.column, min(last, MAX_COLUMNS)))
        self.column = last

    def _begin_row(self, attributes: Any) -> None:
        self.rows, self.column = _times(attributes, "table:number-rows-repeated"), 0
        if attributes.get("table:visibility") in _HIDDEN:
            last = min(self.row + self.rows, MAX_ROWS + 1)
            self.layout.hidden_rows.update(range(self.row, last))

    def _begin_cell(self, attributes: Any) -> None:
        place = self.cell = (self.row, self.column)
        self.cell_style = attributes.get("table:style-name", "")
        self.column += _times(attributes, "table:number-columns-repeated")
        high = _times(attributes, "table:number-rows-spanned")
        wide = _times(attributes, "table:number-columns-spanned")
        if (high > 1 or wide > 1) and len(self.layout.merged) < MAX_ROWS:
            end = (place[0] + high - 1, place[1] + wide - 1)
            self.layout.merged.append((place, end))
        formula = attributes.get("table:formula")
        if formula and not attributes.get("office:value-type"):
            self.layout.note(place, formula)


def _times(attributes: Any, name: str) -> int:
    return max(1, int(attributes.get(name, "1")))


def _is_nothing(measure: str | None) -> bool:
    return bool(measure) and float(measure or 1) == 0


def _column_of(letters: str) -> int:
    """The column that letters name, from 0: B is 1, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
