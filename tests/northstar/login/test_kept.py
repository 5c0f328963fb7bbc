"""What somebody sends after their login has ended is not lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from northstar.login import kept
from partners.models import User
from tests.logging_in import ask, code_in, confirm, sent

pytestmark = pytest.mark.django_db

WROTE = "Vi provade den nya rätten <b>hela</b> veckan."


@pytest.fixture
def own_page():
    """A form that only who is logged in may send."""
    return reverse("profile")


def log_in(client, person):
    ask(client, person.email)
    return confirm(client, code_in(sent()[-1]))


def test_what_was_sent_without_a_login_is_sent_after_it(client, ada, own_page):
    form = {"name": WROTE[:20], "language": "sv", "colour_scheme": "dark", "phone": ""}
    answer = client.post(own_page, form)
    assert answer["Location"].endswith(f"?next={reverse('send_again')}")
    assert "det du skickade finns kvar" in client.get(answer["Location"]).text.lower()
    ask(client, ada.email, next=reverse("send_again"))
    answer = confirm(client, code_in(sent()[-1]), next=reverse("send_again"))
    assert answer["Location"] == reverse("send_again")
    page = client.get(reverse("send_again")).text
    assert WROTE[:20] in page
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    hidden.pop("csrfmiddlewaretoken", None)
    assert hidden == form
    answer = client.post(reverse("send_again"), hidden)
    assert (answer.status_code, answer["Location"]) == (307, own_page)
    client.post(answer["Location"], hidden)  # what a browser does then
    assert User.objects.get(pk=ada.pk).colour_scheme == "dark"
    assert client.get(reverse("send_again")).status_code == 302


def test_what_was_written_is_shown_as_text(client, ada, own_page):
    client.post(own_page, {"name": WROTE})
    client.force_login(ada)
    page = client.get(reverse("send_again")).text
    assert "&lt;b&gt;hela&lt;/b&gt;" in page
    assert "<b>hela" not in page


def test_it_can_be_let_go(client, ada, own_page):
    client.post(own_page, {"name": WROTE})
    client.force_login(ada)
    assert client.post(reverse("send_again") + "?let_go", {"name": WROTE}).status_code == 302
    assert client.get(reverse("send_again")).status_code == 302
    assert User.objects.get(pk=ada.pk).name != WROTE


def test_it_is_kept_for_half_an_hour(client, ada, own_page, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    client.post(own_page, {"name": WROTE})
    client.force_login(ada)
    assert client.get(reverse("send_again")).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(seconds=kept.KEPT_S + 1), tick=False)
    assert client.get(reverse("send_again")).status_code == 302


def test_more_than_people_write_is_not_kept_and_that_is_said(client, own_page):
    answer = client.post(own_page, {"name": "å" * kept.MOST})
    assert "send" not in answer["Location"]
    assert "sparades inte" in client.get(answer["Location"]).text


def test_one_network_cannot_fill_the_database(client, settings, own_page):
    settings.LOGIN_REQUESTS_A_NETWORK = 1
    here = {"REMOTE_ADDR": "203.0.113.77"}
    first, second = (client.post(own_page, {"name": WROTE}, **here) for _ in range(2))
    assert reverse("send_again") in first["Location"]
    assert reverse("send_again") not in second["Location"]


def test_another_browser_sees_nothing_of_it(client, bo, own_page):
    client.post(own_page, {"name": WROTE})
    elsewhere = Client()
    elsewhere.force_login(bo)
    assert elsewhere.get(reverse("send_again")).status_code == 302
