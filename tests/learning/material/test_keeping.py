import errno
import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learning.material import keeping
from learning.models import Material
from tests.builders import make_file, make_link, make_registration, make_session
from tests.reading import read

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


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


@pytest.mark.django_db
def test_who_may_no_longer_log_in_reads_nothing(ada, lo, kim):
    for_all, for_some = make_link(make_session(), audience="partners"), make_link(make_session())
    make_registration(for_some.session, ada)
    assert set(Material.objects.visible_to(ada)) == {for_all, for_some}
    for person in (ada, lo, kim):
        assert Material.objects.visible_to(person).exists()
        person.is_active = False
        assert not Material.objects.visible_to(person).exists()


def keep_again(session, lo, content=PDF, title="Bilder"):
    upload = SimpleUploadedFile("bilder.pdf", content)
    return keeping.add_file(session, upload, title=title, audience="partners", language="sv", by=lo)


@pytest.mark.django_db
def test_a_file_sent_twice_is_kept_once_and_lies_once_on_the_disk(lo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    session = make_session()
    first, second = keep_again(session, lo), keep_again(session, lo)
    assert (first, Material.objects.count()) == (second, 1)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db
def test_another_file_another_title_and_the_same_later_are_kept(lo):
    session = make_session()
    keep_again(session, lo)
    keep_again(session, lo, content=PDF + b"\n")
    keep_again(session, lo, title="Fler bilder")
    Material.objects.update(created_at=timezone.now() - timedelta(minutes=3))
    keep_again(session, lo)
    assert Material.objects.count() == 4
