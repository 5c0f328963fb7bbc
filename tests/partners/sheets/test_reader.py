"""Files of all kinds: read, or refused with a reason; never a crash, never a tired machine."""

import io
import resource
import time
import zipfile

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from learning.intake.columns import ATTENDANCE
from partners.intake.columns import PARTNERS
from partners.intake.preview import REFUSALS
from partners.sheets import child, headings, reader
from partners.sheets.reader import Unreadable

ROWS = [
    ["Företag", "Mejl", "Orgnr"],
    ["Åsgårds Snickeri AB", "info@asgard.example", "556000-0001"],
    ["Öbergs Äpplen", "hej@oberg.example", ""],
]


def xlsx(rows=ROWS, sheets=1, change=None):
    """A workbook with *rows*; *change* takes {part: bytes} of the archive and may alter it."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        for number in range(sheets):
            sheet = book.add_worksheet(f"Blad{number + 1}")
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    if change is None:
        return out.getvalue()
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def csv_text(sign=";"):
    return "\n".join(sign.join(row) for row in ROWS) + "\n"


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "coding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman"],
)
def test_csv_in_any_coding_and_with_any_sign_is_the_same_list(sign, coding):
    grids = reader.read(csv_text(sign).encode(coding))
    assert grids[0].rows == ROWS


def test_decomposed_and_invisible_letters_are_tidied():
    assert reader.clean("  A\u030asa\u200b\u00a0 O\u0308berg\ufeff ") == "Åsa Öberg"
    assert reader.clean("'=1+1") == "=1+1"


def rels_with_macro(parts):
    parts["xl/vbaProject.bin"] = b"macro"


def far_corner(parts):
    name = "xl/worksheets/sheet1.xml"
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts[name] = parts[name].replace(b"</sheetData>", cell)


def entities(parts):
    name = "xl/sharedStrings.xml"
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE sst [<!ENTITY e0 "haha">{levels}]>'.encode()
    parts[name] = parts[name].replace(b"?>", b"?>" + doctype, 1).replace(b"Mejl", b"&e9;")


def bomb(parts):
    parts["xl/worksheets/sheet2.xml"] = b"<row/>" * (60 * 2**20 // 6)


def many_parts(parts):
    parts.update({f"xl/worksheets/sheet{n}.xml": b"<x/>" for n in range(2, 10_002)})


def lying(data):
    """The directory says the sheet is small; it unpacks to far more."""
    big = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"<row/>" * 5_000_000})
    size = (30_000_000).to_bytes(4, "little")
    return big.replace(size, (1000).to_bytes(4, "little"))


BAD = {
    "nothing": (b"", "empty"),
    "spaces": (b" \r\n ", "empty"),
    "only separators": (b";;;\n;;;\n", "empty"),
    "too large": (b"a;b\n" * (6 * 2**20), "size"),
    "pdf": (b"%PDF-1.7 ...", "pdf"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "kind"),
    "noise": (bytes(range(256)) * 20, "kind"),
    "page named xlsx": (b"<html><table><tr><td>Namn</td></tr></table></html>", "markup"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "markup"),
    "torn archive": (xlsx()[:300], "broken"),
    "document": (zipped({"word/document.xml": b"<x/>"}), "kind"),
    "numbers": (zipped({"Index/Document.iwa": b"x"}), "numbers"),
    "macros": (xlsx(change=rels_with_macro), "macros"),
    "password": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "far corner": (xlsx(change=far_corner), None),
    "bomb": (xlsx(change=bomb), "heavy"),
    "ten thousand parts": (xlsx(change=many_parts), "heavy"),
    "lying sizes": (lying(b""), None),
    "too many sheets": (xlsx(sheets=61), "sheets"),
    "open quote": ('Namn;Mejl\n"Åsa;a@b.se\nBo;b@b.se\n'.encode(), "quote"),
    "endless cell": (b"Namn;Mejl\n" + b"a" * 2**20 + b";x\n", "cell"),
    "too many rows": (b"a;b\n" * 20_001, "rows"),
    "too many columns": (b"a;" * 201 + b"\n", "columns"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_in_time_and_with_a_sentence(name):
    data, code = BAD[name]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    start = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        reader.read(data)
    assert code in {None, refused.value.code}
    assert refused.value.code in REFUSALS
    assert time.monotonic() - start < 16
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before <= 10.5


RULES = {"partners": PARTNERS, "attendance": ATTENDANCE}


def reading(data, kind):
    """The lists in *data*, or the code of the refusal."""
    try:
        return headings.find_all(reader.read(data), RULES[kind])[0]
    except Unreadable as refusal:
        return refusal.code


def test_entities_are_never_expanded():
    got = reading(xlsx(change=entities), "partners")
    assert got in REFUSALS if isinstance(got, str) else len(str(got)) < 3000


@pytest.mark.parametrize("kind", ["partners", "attendance"])
@example(data=b"Namn;Mejl\n\x00;\n")
@example(data=b"\xff\xfe\x00\xd8")
@given(
    data=st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))
)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_give_a_list_or_a_reason(kind, data):
    got = reading_here(data, kind)
    assert got in REFUSALS if isinstance(got, str) else any(listing.rows for listing in got)


def reading_here(data, kind):
    """As *reading*, without a process for each: hundreds would take a minute to begin."""
    try:
        return headings.find_all(read_here(data), RULES[kind])[0]
    except Unreadable as refusal:
        return refusal.code


def read_here(data):
    out = io.StringIO()
    child.look_into(io.BytesIO(data), out)
    return reader.grids_in(out.getvalue().splitlines())


@pytest.mark.parametrize("kind", [InMemoryUploadedFile, TemporaryUploadedFile])
def test_uploads_are_read_from_their_beginning_wherever_they_are_kept(kind):
    data = csv_text().encode()
    with (
        TemporaryUploadedFile("lista.csv", "text/csv", len(data), None)
        if kind is TemporaryUploadedFile
        else InMemoryUploadedFile(io.BytesIO(), None, "lista.csv", "text/csv", len(data), None)
    ) as upload:
        upload.write(data)
        assert reader.read(upload)[0].rows == ROWS
        assert reader.read(upload)[0].rows == ROWS
