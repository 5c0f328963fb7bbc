"""A file is what its name says, or it is not taken."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from learning.material import file_check
from learning.material.file_check import clean_name, examine
from tests.partners.sheets.test_archive import directory_alone

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 40
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def zipped(*names, **contents):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as box:
        for name in names:
            box.writestr(name, "x")
        for name, content in contents.items():
            box.writestr(name, content)
    return file.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")
MACROS = zipped("[Content_Types].xml", "word/a.xml", "word/vbaProject.bin")
ODT_MACROS = zipped("Basic/a.xml", mimetype=file_check.KINDS["odt"].content_type)
ODT = zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", PNG, "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40, "image/jpeg"),
        ("a.mp4", MP4, "video/mp4"),
        ("a.docx", DOCX, file_check.KINDS["docx"].content_type),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("a.csv", "namn;ton\nÅsa;1,5\n".encode("cp1252"), "text/csv"),
        ("a.txt", "Hej Åsa".encode(), "text/plain"),
        ("mark.pdf", b"\xef\xbb\xbf" + PDF, "application/pdf"),
        ("post.pdf", b"TEXTmdos" + b"\0" * 120 + b"%PDF-1.4\n%%EOF\n", "application/pdf"),
        ("late.pdf", b"x" * 1019 + b"%PDF-1.4\n%%EOF\n", "application/pdf"),
        ("lista.csv", "<namn>;e-post\nÅsa;a@b.example\n".encode(), "text/csv"),
        ("utf16.csv", "<namn>;e-post\n".encode("utf-16"), "text/csv"),
        ("lite.txt", b"<5 ton per year", "text/plain"),
        ("report.pdf", PDF + HTML, "application/pdf"),  # harmless as an attachment in a sandbox
    ],
)
def test_what_we_take(name, content, content_type):
    assert examine(SimpleUploadedFile(name, content)) == content_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bild.pdf", SVG, "content"),
        ("sida.txt", HTML, "content"),
        ("sida16.txt", HTML.decode().encode("utf-16"), "content"),
        ("kommentar.txt", b"<!-- x -->" + HTML, "content"),
        ("later.pdf", b"x" * 1024 + PDF, "content"),
        ("sida.csv", b"\xef\xbb\xbf \n" + HTML, "content"),
        ("x.pdf.html", PDF, "kind"),
        ("bild.svg", SVG, "kind"),
        ("skript.js", b"alert(1)", "kind"),
        ("makro.docm", DOCX, "kind"),
        ("arkiv.zip", DOCX, "kind"),
        ("utan", PDF, "kind"),
        ("x\u202efdp.exe", PDF, "kind"),
        (
            "makro.docx",
            MACROS,
            "content",
        ),
        ("tom.docx", zipped("a.txt"), "content"),
        ("fel.xlsx", DOCX, "content"),
        ("inte.docx", b"PK\x03\x04 and no more", "content"),
        ("fel.odt", zipped(mimetype="text/html"), "content"),
        (
            "makro.odt",
            ODT_MACROS,
            "content",
        ),
        ("nul.txt", b"abc\0def", "content"),
        ("jar.pdf", b"\0" * 2000 + PDF, "content"),
    ],
)
def test_what_we_do_not_take(name, content, code):
    upload = SimpleUploadedFile("x", content)
    upload._name = name
    with pytest.raises(ValidationError) as refusal:
        examine(upload)
    assert refusal.value.code == code


@pytest.mark.parametrize("name", ["IMG_1.HEIC", "bild.heif"])
def test_a_picture_from_a_phone_is_refused_with_advice_for_phones(name):
    with pytest.raises(ValidationError, match="JPEG") as refusal:
        examine(SimpleUploadedFile(name, b"\0\0\0\x18ftypheic"))
    assert refusal.value.code == "kind"
    assert "Word" not in refusal.value.messages[0]


def test_a_file_too_big_is_refused_with_both_sizes():
    upload = SimpleUploadedFile("film.mp4", MP4)
    upload.size = 62_000_000
    with pytest.raises(ValidationError, match=r"62.*50") as refusal:
        examine(upload)
    assert refusal.value.code == "size"


def test_a_document_that_unpacks_beyond_reason_is_refused(monkeypatch):
    monkeypatch.setattr(file_check, "MOST_UNPACKED_BYTES", 1000)
    bomb = zipped("[Content_Types].xml", **{"word/document.xml": "0" * 2000})
    with pytest.raises(ValidationError):
        examine(SimpleUploadedFile("bomb.docx", bomb))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\rapport.pdf", "rapport.pdf"),
        ("rapport\u202efdp.txt", "rapportfdp.txt"),
        ("a\r\nBcc: x@y.z.pdf", "aBcc_ x@y.z.pdf"),
        ("A\u030arsrapport.pdf", "Årsrapport.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("å" * 300 + ".pdf", "å" * 146 + ".pdf"),
    ],
)
def test_names_are_made_safe(name, clean):
    assert clean_name(name) == clean


def test_a_document_of_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(file_check, "MOST_PARTS", 2)
    upload = SimpleUploadedFile("x.docx", zipped("[Content_Types].xml", "word/a.xml"))
    assert examine(upload) == file_check.KINDS["docx"].content_type
    many = zipped("[Content_Types].xml", "word/a.xml", "word/b.xml")
    with pytest.raises(ValidationError):
        examine(SimpleUploadedFile("x.docx", many))


@pytest.mark.parametrize("part", ["word/VBAProject.bin", "basic/a.xml", "Scripts/a.py"])
def test_macros_are_found_whatever_they_are_called(part):
    content = zipped("[Content_Types].xml", "word/a.xml", part)
    with pytest.raises(ValidationError) as refusal:
        examine(SimpleUploadedFile("x.docx", content))
    assert refusal.value.code == "content"


def test_an_open_document_says_itself_what_it_is_and_briefly():
    said = file_check.KINDS["odt"].content_type
    for kind in (file_check.KINDS["ods"].content_type, said + " " * 200):
        with pytest.raises(ValidationError):
            examine(SimpleUploadedFile("x.odt", zipped("content.xml", mimetype=kind)))
    with pytest.raises(ValidationError):
        examine(SimpleUploadedFile("x.odt", zipped("content.xml")))


def test_text_is_text_in_the_encodings_of_spreadsheets():
    assert examine(SimpleUploadedFile("x.csv", "namn;ton\n".encode("utf-16"))) == "text/csv"
    with pytest.raises(ValidationError):
        examine(SimpleUploadedFile("x.csv", "<html>".encode("utf-16")))


def test_the_file_is_read_from_the_beginning_afterwards():
    upload = SimpleUploadedFile("a.docx", DOCX)
    examine(upload)
    assert upload.read() == DOCX


def test_an_archive_of_nothing_but_entries_is_never_opened(monkeypatch):
    monkeypatch.setattr(zipfile, "ZipFile", None)  # opening it would fail
    upload = SimpleUploadedFile("a.docx", directory_alone(100_000).getvalue())
    with pytest.raises(ValidationError) as refused:
        examine(upload)
    assert refused.value.code == "content"


@pytest.mark.parametrize(
    ("name", "content", "said", "unsaid"),
    [
        ("bild.pdf", SVG, ".pdf", "makro"),
        ("makro.docx", MACROS, "makron", ".docx"),
        ("makro.odt", ODT_MACROS, "makron", ".odt"),
        ("fel.xlsx", DOCX, ".xlsx", "makro"),
    ],
)
def test_only_what_is_so_is_said_of_a_file(name, content, said, unsaid):
    with pytest.raises(ValidationError) as refusal:
        examine(SimpleUploadedFile(name, content))
    (text,) = refusal.value.messages
    assert said in text
    assert unsaid not in text
