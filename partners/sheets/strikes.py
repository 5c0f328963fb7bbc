"""What a workbook strikes through: styles of cells, and texts that several cells share.

Runs in the child process alone.
"""

import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.sax.handler import ContentHandler

from partners.sheets import parts as xml

_SIGN = re.compile(rb"[<:]strike")
_NO = {"0", "false"}


@dataclass
class Struck:
    """Styles of cells, and texts that cells share, by the numbers they have in the workbook."""

    styles: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.styles or self.texts)


def of_xlsx(parts: zipfile.ZipFile) -> Struck:
    """What a workbook of .xlsx strikes through."""
    found = Struck()
    if _has_strikes(parts, "xl/styles.xml"):
        styles = _Styles()
        xml.parse(parts, "xl/styles.xml", styles)
        found.styles = styles.struck
    if _has_strikes(parts, "xl/sharedStrings.xml"):
        texts = _Texts()
        xml.parse(parts, "xl/sharedStrings.xml", texts)
        found.texts = texts.struck
    return found


def _has_strikes(parts: zipfile.ZipFile, part: str) -> bool:
    return part in parts.NameToInfo and xml.is_worth_reading(parts, part, _SIGN)


def is_struck(attributes: Any) -> bool:
    """Whether an element that may strike through does."""
    return attributes.get("val", "1") not in _NO


class _Styles(ContentHandler):
    """Which styles of cells, by their number, have a font that strikes through."""

    def __init__(self) -> None:
        super().__init__()
        self.within: list[str] = []
        self.fonts: list[bool] = []
        self.number = 0
        self.struck: set[str] = set()

    def startElement(self, name: str, attrs: Any) -> None:
        name = xml.local(name)
        above = self.within[-1:]
        if name == "font" and above == ["fonts"]:
            self.fonts.append(False)
        elif name == "strike" and self.within[-2:] == ["fonts", "font"]:
            self.fonts[-1] = is_struck(attrs)
        elif name == "xf" and above == ["cellXfs"]:
            font = int(attrs.get("fontId") or 0)
            if font < len(self.fonts) and self.fonts[font]:
                self.struck.add(str(self.number))
            self.number += 1
        self.within.append(name)

    def endElement(self, _name: str) -> None:
        self.within.pop()


class _Texts(ContentHandler):
    """Which of the texts that cells share, by their number, are struck through, if only in part."""

    def __init__(self) -> None:
        super().__init__()
        self.number = -1
        self.struck: set[str] = set()

    def startElement(self, name: str, attrs: Any) -> None:
        name = xml.local(name)
        if name == "si":
            self.number += 1
        elif name == "strike" and is_struck(attrs):
            self.struck.add(str(self.number))
