"""Sixty of everything: lists are got past with thirty presses, and rows pressed with a finger."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from partners.models import FocusArea
from tests.browser.conftest import session_cookie
from tests.browser.crowds import make_crowds
from tests.browser.hands import tab_faults, target_faults, width_faults
from tests.browser.pages import Page, pages_of_the_walk
from tests.northstar import walked

# Who has the longest lists of their own; the walk opens a page as the most trusted, who has none.
OWN = [
    Page("home", "member"),
    Page("home", "contact"),
    Page("home", "lead"),
    Page("next_steps", "member"),
    Page("organisation_people", "contact"),
    Page("partner_people", "contact"),
    Page("register_colleague", "contact"),
]
FILTERED = [
    Page("people_list", "coord", None, "?q=g"),
    Page("people_invite", "coord", None, "?everybody=yes"),
    Page("search", "coord", None, "?q=gäst"),
    Page("search", "coord", None, "?q=åtgärd"),
    Page("participation", "coord", None, "?start=2020-01-01&group=session"),
]


@pytest.fixture(scope="module")
def crowds(chromium, server, django_db_blocker):
    with django_db_blocker.unblock():
        world = make_crowds()
        for person in filter(None, world["people"].values()):
            person.cookie = session_cookie(person, server.url)
        yield world["people"], walked.addresses(world)
        call_command("flush", interactive=False, verbosity=0)
        FocusArea.objects.plant()


@pytest.fixture
def pages(crowds):
    """Named as the world of test_pages: tests that use it only look, and nothing is flushed."""
    return crowds


@pytest.mark.parametrize(
    "row", [*pages_of_the_walk(), *OWN, *FILTERED], ids=lambda row: f"{row}{row.query}"
)
def test_long_lists_can_be_passed_and_pressed_on_a_small_phone(row, pages, look_as):
    people, addresses = pages
    path = reverse(row.url_name, kwargs=addresses.get(row.url_name, {})) + row.query
    page = look_as(people[row.who])
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(path)
    found = tab_faults(page)
    page.set_viewport_size({"width": 320, "height": 640})
    found += tab_faults(page) + target_faults(page) + width_faults(page, "sv")
    assert found == []
