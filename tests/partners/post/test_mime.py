"""A letter as MIME."""

import os
import subprocess
import sys
from email.utils import parseaddr
from pathlib import Path

import pytest
from django.conf import settings as portal

from partners.post import kinds, mime
from tests.builders import make_letter

pytestmark = pytest.mark.django_db


def test_every_letter_asks_machines_not_to_answer_and_is_named_in_our_domain(ada, settings):
    settings.SITE_URL = "https://portal.example"
    letter = make_letter(ada)
    raw = mime.mail_of(letter, ada.email).message()
    assert raw["Auto-Submitted"] == "auto-generated"
    assert raw["X-Auto-Response-Suppress"] == "All"
    assert raw["Message-ID"] == f"<{letter.message_id}@portal.example>"


def test_a_mail_is_built_once(ada):
    mail = mime.mail_of(make_letter(ada), ada.email)
    assert mail.message() is mail.message()


def test_answers_go_to_the_office_or_to_whom_the_letter_names(ada, settings):
    assert mime.mail_of(make_letter(ada), ada.email).reply_to == [settings.CONTACT_EMAIL]
    letter = make_letter(ada, reply_to="lo@lead.example")
    assert mime.mail_of(letter, ada.email).message()["Reply-To"] == "lo@lead.example"


@pytest.mark.parametrize("name", sorted(kinds.LETTERS))
def test_every_letter_can_be_answered_and_somebody_reads_it(ada, settings, name):
    letter = make_letter(ada, letter=name)
    answers_to = mime.mail_of(letter, ada.email).message()["Reply-To"]
    assert parseaddr(answers_to)[1] == settings.CONTACT_EMAIL
    app, _slash, own = name.partition("/")
    for language in ("sv", "en"):
        text = Path(f"templates/{app}/mail/{own}.{language}.txt").read_text().lower()
        for refusal in ("no-reply", "noreply", "svara inte", "do not reply", "cannot be answered"):
            assert refusal not in text


def test_the_sender_may_be_nobody_while_answers_go_to_somebody(ada, settings):
    settings.DEFAULT_FROM_EMAIL = "Klimatfärdplanen <no-reply@umea.example>"
    raw = mime.mail_of(make_letter(ada), ada.email).message()
    assert raw["Reply-To"] == settings.CONTACT_EMAIL


@pytest.mark.parametrize(
    "address", ["", "office", "no-reply@umea.example", "NoReply@umea.example", "a b@umea.example"]
)
def test_the_portal_does_not_start_without_an_address_where_answers_are_read(address):
    said = subprocess.run(
        [sys.executable, "-c", "import northstar.settings"],
        cwd=portal.BASE_DIR,
        env=os.environ | {"CONTACT_EMAIL": address},
        capture_output=True,
        text=True,
    )
    assert said.returncode
    assert "where people read answers" in said.stderr
