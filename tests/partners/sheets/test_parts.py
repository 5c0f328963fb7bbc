"""Parts of a packed spreadsheet are read as streams."""

import io
import re
import zipfile
from xml.sax.handler import ContentHandler

import pytest

from partners.sheets import parts

SIGN = re.compile(rb"strike")


def archive(text):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("sheet.xml", text)
    return zipfile.ZipFile(file)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a><strike/></a>", True),
        ("<a><b/></a>", False),
        ("\ufeff<a><b/></a>", False),
        ("<a>".ljust(2**18 - 3) + "strike", True),  # over the edge of a piece
        ("<a/>".encode("utf-16"), True),  # cannot be seen from outside
    ],
)
def test_a_part_is_read_where_it_may_hold_a_sign(text, expected):
    assert parts.is_worth_reading(archive(text), "sheet.xml", SIGN) is expected


def test_a_part_is_read_until_its_reader_has_enough():
    class First(ContentHandler):
        seen = ()

        def startElement(self, name, _attributes):
            self.seen = (*self.seen, parts.local(name))
            if name == "x:b":
                raise parts.Enough

    reader = First()
    parts.parse(archive('<a xmlns:x="x"><x:b/><c/></a>'), "sheet.xml", reader)
    assert reader.seen == ("a", "b")
