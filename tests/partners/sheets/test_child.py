"""What an upload can take, at most: of its own process, and of the one that asks."""

import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import zipfile

import pytest
from xlsxwriter import Workbook

from partners.sheets import child, reader
from tests.partners.sheets.test_archive import directory_alone
from tests.partners.sheets.test_reader import xlsx, zipped

MB = 2**20
# Measured by a process of its own, so that nothing else has made it large before.
MEASURE = """
import resource, sys
sys.path.insert(0, {root!r})
from partners.sheets import reader
def most(who): return resource.getrusage(who).ru_maxrss // 1024
before = most(resource.RUSAGE_SELF)
try:
    reader.read(open({file!r}, "rb"))
    said = "read"
except reader.Unreadable as refusal:
    said = refusal.code
child = resource.getrusage(resource.RUSAGE_CHILDREN)
print(said, most(resource.RUSAGE_SELF) - before, most(resource.RUSAGE_CHILDREN),
      child.ru_utime + child.ru_stime)
"""


def old_coding():
    row = ("Åsa Öhrn har skrivit något här;" * 30 + "\r\n").encode("cp1252")
    return row * (20 * MB // len(row))


def no_coding():
    return bytes(random.Random(1).choices(range(128, 256), k=20 * MB))


def long_text_in_many_cells():
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(1_000):
            sheet.write_row(number, 0, ["x" * 5_000] * 10)
    return out.getvalue()


def wide():
    return (b";".join([b"1"] * 200) + b"\n") * 20_000


def errors():
    return (b";".join([b"#N/A"] * 20) + b"\n") * 19_000


def one_line_alone():
    return b"a" * (20 * MB)


def packed_noughts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"<x/>")
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (4 * MB))
    return out.getvalue()


def endless_merges():
    ranges = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % row for row in range(1, 300_000))
    return changed(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")


def endless_formula():
    return changed(
        b"</row></sheetData>", b'<c r="D3"><f>%b</f></c></row></sheetData>' % (b"A" * MB)
    )


def changed(old, new):
    def change(parts):
        name = "xl/worksheets/sheet1.xml"
        parts[name] = parts[name].replace(old, new)

    return xlsx(change=change)


def endless_rows():
    cell = b'<table:table-cell office:value-type="string"><text:p>Namn</text:p></table:table-cell>'
    row = (
        b'<table:table-row table:visibility="collapse" table:number-rows-repeated="%d">'
        b"%b</table:table-row>"
    )
    names = b"".join(
        b' xmlns:%b="urn:oasis:names:tc:opendocument:xmlns:%b:1.0"' % (name, name)
        for name in (b"office", b"table", b"text")
    )
    content = (
        b'<office:document-content%b><office:body><office:spreadsheet><table:table table:name="A">'
        b"%b</table:table></office:spreadsheet></office:body></office:document-content>"
    ) % (names, row % (10**12, cell))
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "content.xml": content})


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (old_coding, {"cells", "letters"}),
        (no_coding, {"cell", "kind", "csv"}),
        (lambda: directory_alone(440_000).getvalue(), {"heavy"}),
        (long_text_in_many_cells, {"letters", "heavy"}),
        (wide, {"cells"}),
        (errors, {"cells"}),
        (one_line_alone, {"cell"}),
        (packed_noughts, {"broken", "heavy", "empty"}),
        (endless_merges, {"heavy"}),
        (endless_formula, {"read", "heavy"}),
        (endless_rows, {"heavy", "rows", "broken"}),
    ],
)
def test_what_is_uploaded_eats_neither_process(make, codes, settings):
    with tempfile.NamedTemporaryFile() as file:
        file.write(make())
        file.flush()
        script = MEASURE.format(root=str(settings.BASE_DIR), file=file.name)
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )
    said, own, childs, seconds = done.stdout.split()

    assert said in codes
    assert int(own) <= 8
    assert int(childs) <= 128
    assert float(seconds) <= 10


def look_into(data):
    out = io.StringIO()
    child.look_into(io.BytesIO(data), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_answer_is_a_line_for_each_row():
    assert look_into(b"Namn;Mejl\n\xc3\x85sa;a@b.example\n") == [
        {"sheet": ""},
        ["Namn", "Mejl"],
        ["Åsa", "a@b.example"],
        {"lines": {}, "marks": {}, "proposals": {}},
        {"done": True},
    ]


def test_a_refusal_says_why_and_where():
    assert look_into(b'a;b\nc;d\n"e;f\n')[-1] == {"refused": "quote", "row": 3}


def test_whatever_a_broken_file_does_to_its_reader_is_said():
    torn = packed_noughts()
    assert look_into(torn)[-1]["refused"] == "broken"


def test_the_limits_hold(monkeypatch):
    told = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, pair: told.update({what: pair[1]}))
    child.limit()
    assert told[resource.RLIMIT_CPU] <= 10
    assert told[resource.RLIMIT_AS] <= 160 * MB
    assert told[resource.RLIMIT_CORE] == 0


def test_a_file_on_disk_is_never_read_by_who_asks():
    class Handed:
        def __init__(self, file):
            self.file = file

        def fileno(self):
            return self.file.fileno()

        def seek(self, *where):
            return self.file.seek(*where)

    with tempfile.TemporaryFile() as file:
        file.write("Namn;Mejl\nÅsa;a@b.example\n".encode())
        file.flush()
        grids = reader.read(Handed(file))
    assert grids[0].rows[1] == ["Åsa", "a@b.example"]


def test_twenty_thousand_rows_are_read_within_two_seconds():
    row = "Person Nummer;Företag 7 AB;p7@ex7.example;0701234567;x;;x;nej;inget;2024-03-05\n"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    grids = reader.read((row * 20_000).encode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert len(grids[0].rows) == 20_000
    assert after.ru_utime - before.ru_utime < 2
