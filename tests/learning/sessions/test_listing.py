import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone

from learning.models import LearningSession
from learning.sessions import listing
from tests.builders import make_attendance, make_link, make_registration, make_series, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


def titles(query, user):
    tools = listing.tools(QueryDict(query), user, [])
    sessions = listing.looked_for(user, tools, timezone.now())
    return {one.title for one in listing.page_of(sessions, tools.words, 1, user)[0]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Elbilar", "Solceller på taket"}),
        ("q=solcel", {"Solceller på taket"}),
        ("q=solceler", {"Solceller på taket"}),
        ("q=taket sol", {"Solceller på taket"}),
        ("q=nya ladan", {"Elbilar"}),
        ("q=xyzzy", set()),
        ("mode=online", {"Solceller på taket"}),
        ("mode=moon", {"Elbilar", "Solceller på taket"}),
        ("series=sol", {"Solceller på taket"}),
        ("series=%00", set()),
        ("mine=on", {"Elbilar"}),
        ("when=past", {"Gammal"}),
        ("when=past&mine=on", set()),
    ],
)
def test_sessions_are_found_by_words_series_way_and_ones_own(ada, query, found):
    make_registration(make_session("Elbilar", venue="Nya Ladan, Älvsalen"), ada)
    series = make_series("Sol", slug="sol")
    make_session("Solceller på taket", mode="online", venue="", series=series)
    make_session("Gammal", in_days=-3)
    if query == "series=%00":
        query = "series=finns-inte"
    assert titles(query, ada) == found


def test_nobody_has_sessions_of_their_own_before_they_log_in():
    tools = listing.tools(QueryDict("mine=on"), AnonymousUser(), [])
    assert (tools.mine, tools.chosen, tools.may_have_own) == (False, 0, False)


def test_a_past_row_says_whether_one_was_there_and_what_there_is_to_read(as_, ada):
    there, away = make_session("Där", in_days=-3), make_session("Borta", in_days=-5)
    not_noted = make_session("Okänd", in_days=-7)
    make_attendance(there, ada)
    make_attendance(away, ada, "absent")
    make_registration(not_noted, ada)
    make_link(there)
    page = read(as_(ada).get("/traffar/?when=past"))
    rows = [row.text for row in page.all("article")]
    assert ["Du var med" in rows[0], "ett material" in rows[0]] == [True, True]
    assert ["Du var inte med" in rows[1], "material" in rows[1]] == [True, False]
    assert "Närvaron är inte noterad" in rows[2]


def test_without_a_limit_the_row_says_that_there_are_seats(as_, ada):
    make_session()
    assert "Plats finns" in as_(ada).get("/traffar/").text


def test_a_search_that_finds_nothing_echoes_the_words(as_, ada):
    make_session()
    page = as_(ada).get("/traffar/", {"q": "<xyzzy>"}).text
    assert "Ingen träff matchar ”&lt;xyzzy&gt;”." in page
    assert LearningSession.objects.count() == 1
