"""A list without rows says what now; a filter that does not exist is no fault of the reader."""

import pytest
from django.urls import reverse

from tests.builders import make_session
from tests.reading import read

pytestmark = pytest.mark.django_db

LISTS = [
    ("partner_list", None),
    ("measure_list", None),
    ("session_list", None),
    ("search", None),
    ("next_steps", "ada"),
    ("session_list", "kim"),
    ("people_list", "kim"),
    ("enquiry_list", "kim"),
    ("leaders", "kim"),
    ("funders", "kim"),
    ("outbox", "kim"),
    ("mailing_list", "kim"),
    ("mailing_list", "lo"),
    ("import_list", "kim"),
    ("city", "kim"),
    ("participation", "kim"),
    ("participation_rows", "kim"),
]
# The list of who came is left out: the field for somebody unknown stands beneath it.
OF_A_SESSION = ["session_letters", "participants", "participants_list", "survey_results"]


@pytest.fixture
def opened(request, client):
    """Open a page by the name of its URL, as the person of a fixture or as nobody."""

    def opened(name, who, query="", **arguments):
        if who:
            client.force_login(request.getfixturevalue(who))
        return client.get(reverse(name, kwargs=arguments) + query)

    return opened


def ways_on(answer):
    """The links in what the page says; tabs, pages and the way back are on every page."""
    (main,) = read(answer).all("main")
    aside = [*main.all("nav"), *main.all("p", **{"class": "back"})]
    apart = {id(link) for part in aside for link in part.all("a")}
    return [link.text for link in main.all("a") if id(link) not in apart]


@pytest.mark.parametrize(("name", "who"), LISTS)
def test_a_list_without_rows_has_a_way_on(opened, name, who):
    query = "?q=zzzz" if name == "search" else ""
    answer = opened(name, who, query)
    assert answer.status_code == 200
    assert ways_on(answer)


@pytest.mark.parametrize("name", OF_A_SESSION)
def test_a_session_nobody_has_asked_for_has_a_way_on(opened, lo, name):
    assert ways_on(opened(name, "lo", pk=make_session(in_days=-1, lead=lo).pk))


@pytest.mark.parametrize(("name", "who"), [row for row in LISTS if row[0] != "search"])
@pytest.mark.parametrize("query", ["?nonsense=1", "?page=x&sort=x", "?state=x&sector=x&series=x"])
def test_a_filter_that_does_not_exist_is_no_fault(opened, name, who, query):
    assert opened(name, who, query).status_code == 200
