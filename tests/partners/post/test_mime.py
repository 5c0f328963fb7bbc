"""A letter as MIME."""

import pytest

from partners.post import mime
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
