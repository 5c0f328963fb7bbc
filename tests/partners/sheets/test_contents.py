"""What kind of file it is, by its first bytes."""

import io

import pytest

from partners.sheets import contents
from partners.sheets.budget import Refused
from tests.partners.sheets.test_reader import zipped


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n", "kind"),
        (b"PK\x03\x04 torn", "broken"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "kind"),
        (zipped({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"m"}), "macros"),
        (zipped({"word/document.xml": b"<x/>"}), "kind"),
        (zipped({f"part{n}": b"" for n in range(1_001)}), "heavy"),
    ],
)
def test_what_is_no_list_is_refused(data, code):
    with pytest.raises(Refused) as refused:
        list(contents.read(io.BytesIO(data)))
    assert refused.value.code == code


def test_a_file_is_read_from_its_beginning():
    file = io.BytesIO(b"Namn;Mejl\n")
    file.seek(5)
    assert list(contents.read(file))[1] == ["Namn", "Mejl"]
