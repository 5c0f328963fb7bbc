"""What a sending service reads of a letter."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as portal

from partners.post import mime, sending_service
from tests.builders import make_letter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("service", sorted(sending_service.KNOWN))
def test_a_letter_says_to_the_service_which_one_it_is(settings, service, ada):
    """What it hands back, as it got it: see tests/partners/bounces/services.py."""
    letter = make_letter(ada)
    settings.MAIL_SERVICE = service
    built = mime.mail_of(letter, ada.email).message()
    number = str(letter.message_id)
    assert built["Message-ID"].startswith(f"<{number}@")
    told = {
        "brevo": lambda: json.loads(built["X-Mailin-custom"])["letter"],
        "mailgun": lambda: number,
        "mailjet": lambda: json.loads(built["X-MJ-EventPayload"])["letter"],
        "postmark": lambda: built["X-PM-Metadata-letter"],
    }
    assert told[service]() == number


def test_without_a_service_letters_have_none_of_its_headers(ada):
    built = mime.mail_of(make_letter(ada), ada.email).message()
    own = {"X-Auto-Response-Suppress"}
    assert {name for name in built if name.startswith("X-")} == own


@pytest.mark.parametrize(
    ("service", "secret", "refused"),
    [
        ("", "", ""),
        ("mailgun", "", ""),
        ("mailgun", "key-3ax6xnjp29jd6fds4gc373sgvjxteol0", ""),
        ("brevo", "northstar:2f0c9d4e8b7a6150", ""),
        ("sendgrid", "", "MAIL_SERVICE is none of"),
        ("mailgun", "short", "needs 16 characters"),
        ("mailgun", "nyckeln är hemlig och lång", "all ASCII"),
        ("brevo", "2f0c9d4e8b7a61502f0c9d4e", "is user:password"),
    ],
)
def test_the_portal_does_not_start_with_a_service_that_cannot_be_listened_to(
    service, secret, refused
):
    environment = os.environ | {"MAIL_SERVICE": service, "MAIL_SERVICE_SECRET": secret}
    said = subprocess.run(
        [sys.executable, "-c", "import northstar.settings"],
        cwd=portal.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert bool(said.returncode) == bool(refused)
    assert refused in said.stderr
    assert not secret or secret not in said.stderr
