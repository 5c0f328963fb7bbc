import errno
import io
import os
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learning.material import file_check, keeping
from learning.material.file_check import clean_name, examine
from learning.models import Material
from tests.builders import make_file, make_link, make_registration, make_session
from tests.reading import read

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


@pytest.mark.django_db
def test_a_file_is_kept_under_a_random_name_with_its_checksum(lo):
    kept = keeping.add_file(
        make_session(),
        SimpleUploadedFile("Årsrapport.pdf", PDF),
        title="Bilder",
        audience="partners",
        language="sv",
        by=lo,
    )
    assert kept.file_name == "Årsrapport.pdf"
    assert "rapport" not in kept.file.name
    assert kept.file.read() == PDF
    kept.file.close()
    assert (kept.size_bytes, len(kept.sha256)) == (len(PDF), 64)


class FillsTheDisk(SimpleUploadedFile):
    """A file of which the disk takes the first half."""

    def chunks(self, chunk_size=None):
        yield PDF
        if default_storage.exists("material"):
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.django_db
def test_a_file_the_disk_does_not_take_leaves_nothing_behind(lo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(ValidationError) as refusal:
        keeping.add_file(
            make_session(),
            FillsTheDisk("Rapport.pdf", PDF),
            title="Bilder",
            audience="partners",
            language="sv",
            by=lo,
        )
    assert refusal.value.code == "storage"
    assert (tmp_path / "material").exists(), "the disk took the first half"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_it_is_sent_as_an_attachment_that_can_do_nothing(as_, ada):
    session = make_session()
    kept = make_file(session, audience="partners", content=PDF)
    kept.file_name = "Årsrapport.pdf"
    kept.save()

    answer = as_(ada).get(f"/material/{kept.pk}/")

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%85rsrapport.pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    answer.close()


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "code"), [("ada", 200), ("bo", 404), ("cai", 404)])
def test_only_those_with_a_seat_see_what_is_for_participants(as_, ada, bo, cai, who, code):
    session = make_session()
    make_registration(session, ada)
    make_registration(session, cai, state="queued")
    kept = make_file(session)
    page = as_({"ada": ada, "bo": bo, "cai": cai}[who])
    html = page.get(f"/traffar/{session.pk}/").content.decode()
    assert ("Bildspel" in html) == (code == 200)
    answer = page.get(f"/material/{kept.pk}/")
    assert answer.status_code == code
    answer.close()


@pytest.mark.django_db
def test_a_file_that_is_gone_is_not_found(as_, lo):
    kept = make_file(make_session())
    default_storage.delete(kept.file.name)
    answer = as_(lo).get(f"/material/{kept.pk}/")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


@pytest.mark.django_db
def test_the_page_refuses_with_a_sentence_and_keeps_what_was_typed(as_, lo):
    session = make_session()
    answer = as_(lo).post(
        f"/traffar/{session.pk}/ladda-upp/",
        {
            "title": "Min bild",
            "audience": "partners",
            "language": "sv",
            "file": SimpleUploadedFile("bild.svg", SVG),
        },
    )
    assert answer.status_code == 422
    assert "Filen är en .svg" in answer.content.decode()
    assert "Min bild" in answer.content.decode()
    assert not Material.objects.exists()


@pytest.mark.django_db
def test_a_link_must_be_of_the_web(as_, lo):
    answer = as_(lo).post(
        f"/traffar/{make_session().pk}/lank/",
        {"title": "x", "audience": "partners", "language": "sv", "url": "javascript:alert(1)"},
    )
    assert answer.status_code == 422
    page = read(answer)
    assert page.faulty() == ["url"]
    (error,) = page.all("ul", **{"class": "errorlist"})
    assert len(list(error.all("li"))) == 1
    assert not Material.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_removing_takes_the_file_too_and_the_log_says_who_did_it(lo, caplog):
    kept = make_file(make_session())
    pk, name = kept.pk, kept.file.name
    with caplog.at_level("INFO", "learning.material.keeping"):
        keeping.remove(kept, by=lo)
    assert f"material {pk} of session {kept.session_id} removed by {lo.pk}" in caplog.text
    assert not default_storage.exists(name)
    keeping.remove(make_link(make_session()), by=lo)


@pytest.mark.django_db
def test_the_sweep_takes_old_files_without_a_row_and_no_others():
    kept = make_file(make_session())
    orphan = default_storage.save("material/2020/orphan", ContentFile(b"x"))
    fresh = default_storage.save("material/2020/fresh", ContentFile(b"x"))
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for name in (orphan, kept.file.name):
        os.utime(default_storage.path(name), (old, old))

    keeping.sweep_orphans(timezone.now())

    assert not default_storage.exists(orphan)
    assert default_storage.exists(fresh)
    assert default_storage.exists(kept.file.name)
