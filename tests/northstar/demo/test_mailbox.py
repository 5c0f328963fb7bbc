"""The letters of the demo, read back from the files of the mail sink."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from northstar.demo import mailbox


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DEMO_DIR = tmp_path
    (tmp_path / "mail").mkdir()
    return tmp_path / "mail"


def file_letter(folder, name, date="Wed, 10 Mar 2027 10:00:00 +0100"):
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Åtta platser", "a@x.example", "b@x.example"
    if date:
        letter["Date"] = date
    letter.set_content("Se http://localhost:8400/traffar/1/ och http://localhost:9/x\n")
    letter.add_alternative("<b>Se</b>", subtype="html")
    (folder / f"{name}.eml").write_bytes(letter.as_bytes())


def test_a_letter_is_read_as_it_was_delivered_and_its_links_lead_here(folder, settings):
    settings.SITE_URL = "http://localhost:8007"
    file_letter(folder, "1")
    letter = mailbox.letter("1")
    assert (letter.subject, letter.sender, letter.recipient) == (
        "Åtta platser",
        "a@x.example",
        "b@x.example",
    )
    assert letter.sent_at == datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
    assert letter.text.count("http://localhost:8007/") == 2
    assert letter.html.strip() == "<b>Se</b>"
    assert letter.calendar == ""


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("", None),
        ("yesterday", None),
        ("Wed, 10 Mar 2027 10:00:00 -0000", datetime(2027, 3, 10, 10, tzinfo=UTC)),
    ],
)
def test_a_date_that_says_too_little_is_no_accident(folder, date, moment):
    file_letter(folder, "1", date)
    assert mailbox.letter("1").sent_at == moment


def test_the_newest_come_first_and_not_all_of_them(folder, monkeypatch):
    monkeypatch.setattr(mailbox, "SHOWN", 2)
    for name in ("1", "3", "2"):
        file_letter(folder, name)
    assert [letter.name for letter in mailbox.letters()] == ["3", "2"]
    assert mailbox.letter("4") is None
