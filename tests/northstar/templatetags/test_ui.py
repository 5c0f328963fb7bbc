from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch
from django.utils import translation

from northstar.templatetags import ui

NBSP = "\u00a0"
MORNING = datetime(2027, 3, 12, 8, 0, tzinfo=UTC)
NOON = datetime(2027, 3, 12, 10, 30, tzinfo=UTC)


@pytest.fixture
def swedish():
    with translation.override("sv"):
        yield


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def test_dates_in_swedish(swedish):
    assert ui.date_long(date(2027, 3, 12)) == "fredag 12 mars 2027"
    assert ui.date_short(date(2027, 3, 12)) == "12 mars 2027"
    assert ui.clock(MORNING) == "09.00"
    assert ui.moment(MORNING) == f"fredag 12 mars 2027 kl.{NBSP}09.00"
    assert ui.when(MORNING, NOON) == f"fredag 12 mars 2027 kl.{NBSP}09.00–11.30"


def test_dates_in_english(english):
    assert ui.date_long(date(2027, 3, 12)) == "Friday 12 March 2027"
    assert ui.clock(MORNING) == "09:00"
    assert ui.moment(MORNING) == "Friday 12 March 2027, 09:00 Swedish\u00a0time"
    assert ui.when(MORNING, NOON) == "Friday 12 March 2027, 09:00–11:30 Swedish\u00a0time"


def test_a_session_over_night_names_both_days(swedish):
    late = datetime(2027, 3, 13, 9, 0, tzinfo=UTC)
    assert (
        ui.when(MORNING, late)
        == f"fredag 12 mars 2027 kl.{NBSP}09.00 – lördag 13 mars 2027 kl.{NBSP}10.00"
    )


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "01.30"),
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "03.30"),  # 02.30 does not exist that night
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "02.30"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "02.30"),  # the hour that comes twice
        (datetime(2027, 7, 1, 22, 30, tzinfo=UTC), "00.30"),
    ],
)
def test_clock_follows_the_place_on_the_days_it_shifts(swedish, moment, shown):
    assert ui.clock(moment) == shown


def test_the_day_is_the_day_of_the_place(swedish):
    assert ui.date_short(datetime(2027, 6, 30, 22, 30, tzinfo=UTC)) == "1 juli 2027"


def test_no_date_is_no_text():
    assert ui.date_long(None) == ui.moment(None) == ui.clock(None) == ui.when(None, None) == ""
    assert ui.date_tile(None) == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (Decimal("0.000"), "0"),
        (41380, f"41{NBSP}380"),
        (Decimal("12.500"), "12,5"),
        (-3, "\u22123"),
        (Decimal("-1234.5"), f"\u22121{NBSP}234,5"),
        (0.1 + 0.2, "0,3"),
        (Decimal("1E+3"), f"1{NBSP}000"),
    ],
)
def test_numbers_in_swedish(swedish, value, shown):
    assert ui.number(value) == shown


def test_numbers_in_english(english):
    assert ui.number(41380) == "41,380"
    assert ui.number(Decimal("-12.50")) == "\u221212.5"
    assert ui.percent(49) == "49%"


@pytest.mark.parametrize("value", [None, "", "none of it", Decimal("NaN")])
def test_unknown_is_a_dash_with_words_and_never_zero(swedish, value):
    for shown in (ui.number(value), ui.tonnes(value), ui.percent(value), ui.filesize_short(value)):
        assert "–" in shown
        assert "uppgift saknas" in shown
        assert "0" not in shown


def test_tonnes_are_rounded_more_the_more_there_are(swedish):
    assert ui.tonnes(Decimal("0.004")) == "0,004"
    assert ui.tonnes(Decimal("12.345")) == "12,345"
    assert ui.tonnes(Decimal("1234.56")) == f"1{NBSP}234,6"
    assert ui.tonnes(Decimal("41380.457")) == f"41{NBSP}380"


def test_percent_and_sizes(swedish):
    assert ui.percent(Decimal("48.6")) == f"49{NBSP}%"
    assert ui.percent(0) == f"0{NBSP}%"
    assert ui.filesize_short(1) == f"1{NBSP}kB"
    assert ui.filesize_short(340_400) == f"340{NBSP}kB"
    assert ui.filesize_short(1_234_567) == f"1,2{NBSP}MB"


def test_tile_and_tag_escape_and_say_the_whole_date(swedish):
    tile = ui.date_tile(MORNING)
    assert 'datetime="2027-03-12"' in tile
    assert "2027" in tile
    assert ui.tag("<b>", "ok") == '<span class="tag tag-ok">&lt;b&gt;</span>'
    assert 'class="tag tag-plain"' in ui.tag("x", "shouting")


def render(source, path="/", **context):
    request = RequestFactory().get(path)
    return Template(source).render(Context({"request": request, "path": path, **context}))


def test_query_with_changes_one_key_and_takes_away_empty_ones():
    shown = render("{% query_with page=2 q=None as address %}{{ address|safe }}", "/?q=a&sort=b")
    assert QueryDict(shown[1:]).dict() == {"sort": "b", "page": "2"}


def test_the_menu_knows_where_the_reader_is_and_no_page_that_does_not_exist():
    with pytest.raises(NoReverseMatch):
        render('{% nav_link "no_such_page" "Nowhere" %}')
    assert 'aria-current="page"' in render('{% nav_link "home" "Start" %}', "/")
    assert "aria-current" not in render('{% nav_link "home" "Start" %}', "/logga-in/")
    pages = '{% nav_link "page_list" "Pages" "leaders" "funders" %}'
    for below in ("/samordna/sidor/om/", "/samordna/ansvariga/", "/samordna/finansiarer/3/"):
        assert 'aria-current="true"' in render(pages, below)
    assert "aria-current" not in render(pages, "/samordna/fragor/")


@translation.override("sv")
def test_a_part_is_remembered_by_all_it_is_given():
    def menu(path, *, is_partner):
        return ui.remembered("components/nav_links.html", path=path, is_partner=is_partner)

    first = menu("/traffar/", is_partner=False)
    assert menu("/traffar/", is_partner=False) is first
    assert menu("/matt/", is_partner=False) != first
    assert "Nästa steg" not in first
    assert "Nästa steg" in menu("/traffar/", is_partner=True)
    with translation.override("en"):
        assert "Sessions" in menu("/traffar/", is_partner=False)


def test_a_remembered_part_is_escaped_and_sees_no_user():
    shown = render(
        '{% remembered "components/foot.html" path=path other_language=other_language '
        "other_language_url=other_language_url %}",
        user="Ada",
        path="/",
        other_language="en",
        other_language_url='/"><script>',
    )
    assert "<script>" not in shown
    assert "Ada" not in shown


def test_an_address_is_shown_as_people_write_it():
    assert ui.readable("info@xn--4cab6c.se") == "info@åäö.se"
    assert ui.readable(None) == ""
