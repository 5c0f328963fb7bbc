"""The demo's own pages, as every role: be somebody, read the mail, move the clock."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import Attendance
from northstar.demo import clock
from northstar.demo.data.people import PERSONAS
from tests.builders import make_person, make_registration, make_session
from tests.northstar.demo.playing import play_the_demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings, tmp_path, monkeypatch):
    play_the_demo(settings, tmp_path, monkeypatch)
    return tmp_path


@pytest.fixture
def maja():
    name, address = PERSONAS["member"]
    return make_person(name, address)


def file_letter(folder, name="0001-1-0"):
    letter = EmailMessage()
    letter["Subject"] = "Du har en plats"
    letter["From"] = "Klimatfärdplanen <portal@umea.example>"
    letter["To"] = "maja@example.example"
    letter["Date"] = "Wed, 10 Mar 2027 10:00:00 +0100"
    letter.set_content("Hej!\n\nhttp://localhost:8000/traffar/1/ <script>alert(1)</script>\n")
    letter.add_alternative("<html><head></head><b>Hej</b></html>", subtype="html")
    letter.add_alternative(b"BEGIN:VCALENDAR\r\n", maintype="text", subtype="calendar")
    (folder / "mail").mkdir(exist_ok=True)
    (folder / "mail" / f"{name}.eml").write_bytes(letter.as_bytes())


@pytest.mark.parametrize("role", ["anyone", "ada", "cai", "bo", "lo", "kim"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_role_may_open_every_demo_page(client, demo, request, role, language):
    if role != "anyone":
        client.force_login(request.getfixturevalue(role))
    make_session()
    file_letter(demo)
    mail, moving = ("mail", "clock") if language else ("mejl", "klocka")
    for path in ("", f"{mail}/", f"{mail}/0001-1-0/", f"{moving}/"):
        page = client.get(f"{language}/demo/{path}")
        assert page.status_code == 200
        assert b'id="demo-bar"' in page.content
    assert client.post(reverse("demo_clock")).status_code == 422
    assert client.get(f"{language}/demo/{mail}/nowhere/").status_code == 404
    assert client.post(reverse("demo_become", args=["nobody"])).status_code == 404


def test_the_start_page_asks_first_whom_to_be(client, maja):
    assert client.get("/")["Location"] == "/demo/"
    assert client.get("/en/")["Location"] == "/en/demo/"

    client.post("/demo/bli/member/")
    page = client.get("/")
    assert page.status_code == 200
    assert "Du är Maja Sandberg." in page.content.decode()

    client.post("/demo/bli/visitor/")
    page = client.get("/")
    assert page.status_code == 200
    assert "Du är besökare." in page.content.decode()


def test_a_letter_is_shown_as_text_and_its_links_lead_here(client, demo, settings):
    settings.SITE_URL = "http://localhost:8007"
    file_letter(demo)
    page = client.get("/demo/mejl/0001-1-0/?as=text").content.decode()
    assert 'href="http://localhost:8007/traffar/1/"' in page
    assert "<script>alert" not in page
    assert "BEGIN:VCALENDAR" in page


def test_a_letter_is_shown_as_mail_in_a_frame_that_may_do_nothing(client, demo):
    file_letter(demo)
    page = client.get("/demo/mejl/0001-1-0/")
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert '<a href="/demo/mejl/0001-1-0/" aria-current="page">Som mejl</a>' in page.text
    assert 'src="/demo/mejl/0001-1-0/sida/" sandbox=' in page.text
    letter = client.get("/demo/mejl/0001-1-0/sida/")
    assert letter.content == b'<html><head><base target="_top"></head><b>Hej</b></html>\n'
    policy = letter["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert letter["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get("/demo/mejl/nowhere/sida/").status_code == 404


def test_the_newest_letter_comes_first(client, demo):
    file_letter(demo, "0002-1-0")
    file_letter(demo, "0001-1-0")
    page = client.get("/demo/mejl/").content.decode()
    assert page.index("0002-1-0") < page.index("0001-1-0")


def test_the_clock_moves_forward_for_everybody_and_never_back(client):
    before = timezone.now()
    client.post("/demo/klocka/", {"jump": "week"})
    moved = timezone.now()
    assert timedelta(days=7) <= moved - before < timedelta(days=7, minutes=5)

    clock.move_to(before)
    assert timezone.now() >= moved


def test_a_jump_past_the_end_may_bring_everybody_along(client, ada, bo):
    session = make_session(in_days=3)
    make_registration(session, ada)
    make_registration(session, bo, state="queued")
    client.force_login(ada)

    client.post("/demo/klocka/", {"jump": "after-all-came"})

    session.refresh_from_db()
    assert timezone.now() > session.ends_at + timedelta(hours=1)
    assert [row.person for row in Attendance.objects.present()] == [ada]
    assert session.attendance_taken_at


def test_the_day_before_at_nine_is_on_offer(client, ada):
    session = make_session(in_days=3)
    make_registration(session, ada)
    client.force_login(ada)
    client.post("/demo/klocka/", {"jump": "before"})
    now = timezone.localtime(timezone.now())
    day_before = timezone.localtime(session.starts_at).date() - timedelta(days=1)
    assert (now.date(), now.hour, now.minute) == (day_before, 9, 0)
