"""What machines ask for, and how a link to a page looks elsewhere."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from tests.builders import make_measure, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


def tags(answer):
    page = read(answer)
    found = {
        meta.attributes.get("property"): meta.attributes.get("content") for meta in page.all("meta")
    }
    canonical = next(page.all("link", rel="canonical"), None)
    return found | {"canonical": canonical and canonical.attributes["href"]}


def test_a_code_leads_to_our_page_and_may_be_kept(client, settings):
    settings.SITE_URL = "https://portal.example"
    answer = client.get("/qr/", {"to": "/traffar/12/"})
    assert answer["Content-Type"] == "image/svg+xml"
    assert "max-age=86400" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "https://portal.example/traffar/12/" in answer.text  # its title
    for path in ("https://evil.example/", "//evil.example/", "", "/finns-inte/"):
        assert client.get("/qr/", {"to": path}).status_code == 404


def test_machines_are_told_what_to_leave_alone(client, settings):
    settings.SITE_URL = "https://portal.example"
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /bekrafta/" in lines
    assert "Disallow: /admin/" in lines
    assert "Disallow: /" not in lines
    assert lines[-1] == "Sitemap: https://portal.example/sitemap.xml"


def test_a_made_up_partnership_is_not_to_be_found(client, settings):
    settings.DEMO = True
    settings.ROOT_URLCONF = "northstar.demo.urls"
    assert "Disallow: /" in client.get("/robots.txt").text.splitlines()


@pytest.mark.parametrize("day", ["2026-11-29", "2027-03-28", "2027-10-31"])
def test_whom_a_fault_is_told_to_is_never_out_of_date(client, settings, day, time_machine):
    time_machine.move_to(datetime.fromisoformat(f"{day}T12:00:00+01:00"), tick=False)
    answer = client.get("/.well-known/security.txt")
    said = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert said["Contact"] == f"mailto:{settings.CONTACT_EMAIL}"
    assert said["Preferred-Languages"] == "sv, en"
    left = datetime.fromisoformat(said["Expires"]) - timezone.now()
    assert timedelta(days=170) < left < timedelta(days=365)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_a_link_to_a_session_says_what_and_when(client, settings):
    settings.SITE_URL = "https://portal.example"
    session = make_session('Budget & "mål" <klimat>', audience="public", summary_sv="Om mål.")
    where = reverse("session_detail", kwargs={"pk": session.pk})
    found = tags(client.get(where, {"utm_source": "x"}))
    assert found["og:title"] == 'Budget & "mål" <klimat>'
    assert "Väven, plan 4. Om mål." in found["og:description"]
    assert found["og:url"] == found["canonical"] == f"https://portal.example{where}"
    assert found["og:locale"] == "sv_SE"
    assert found["og:image"] == "https://portal.example/static/img/share.png"


def test_a_long_description_is_cut(client, bostaden):
    measure = make_measure(bostaden, description="Ord och ord. " * 300)
    found = tags(client.get(reverse("measure_detail", kwargs={"pk": measure.pk})))
    assert len(found["og:description"]) <= 200


def test_pages_behind_the_login_tell_the_world_nothing(client, as_, kim, bostaden):
    draft = make_measure(bostaden, "Hemligt utkast", published_at=None)
    where = reverse("measure_detail", kwargs={"pk": draft.pk})
    assert "og:title" not in tags(as_(kim).get(where))
    client.logout()
    partners_only = make_session("Bara för partner")
    hidden = reverse("session_detail", kwargs={"pk": partners_only.pk})
    for path in (where, hidden):
        answer = client.get(path, follow=True)
        assert "Hemligt" not in answer.text
        assert "Bara för partner" not in answer.text


@pytest.mark.parametrize("name", ["home", "about", "ask", "join", "session_list", "measure_list"])
def test_every_open_page_describes_itself_in_both_languages(client, name):
    swedish = tags(client.get(reverse(name)))
    english = tags(client.get("/en" + "/"))
    assert swedish["og:description"] != english["og:description"]
    assert swedish["og:title"]
    assert english["og:locale"] == "en_GB"


def test_the_picture_is_of_the_size_that_is_said_and_light():
    picture = Path(finders.find("img/share.png")).read_bytes()
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (1200, 630)
    assert len(picture) <= 40_000


def test_the_share_box_holds_the_link_a_code_and_a_sentence(client, bostaden, settings):
    settings.SITE_URL = "https://portal.example"
    session = make_session("Budget", audience="public")
    measure = make_measure(bostaden, "Tak & sol")
    for path in (
        reverse("session_detail", kwargs={"pk": session.pk}),
        reverse("measure_detail", kwargs={"pk": measure.pk}),
        reverse("partner_detail", kwargs={"slug": bostaden.slug}),
    ):
        page = read(client.get(path))
        link = next(page.all("input", id="share-link"))
        assert link.attributes["value"] == f"https://portal.example{path}"
        box = page.part("section", "Dela")
        code = next(box.all("a"))
        assert client.get(code.attributes["href"]).status_code == 200
        assert f"https://portal.example{path}" in box.text
        assert "&amp;" not in box.text
        assert "hidden" in next(box.all("button")).attributes


def test_a_draft_is_not_for_sharing(as_, kim, bostaden):
    draft = make_measure(bostaden, published_at=None)
    page = read(as_(kim).get(reverse("measure_detail", kwargs={"pk": draft.pk})))
    assert not list(page.all("input", id="share-link"))
