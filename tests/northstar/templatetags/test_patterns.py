from django.core.paginator import Paginator
from django.template import Context, Engine
from django.test import RequestFactory

from northstar.templatetags import patterns


def context(path="/traffar/", query=""):
    return Context({"path": path, "request": RequestFactory().get(f"{path}{query}")})


def test_a_state_has_a_shape_of_its_own_and_its_word():
    shapes = [
        patterns.moon(state, "x")
        for state in ("idea", "planned", "in_progress", "completed", "paused", "cancelled")
    ]
    assert len(set(shapes)) == 6
    assert patterns.moon("planned", "<b>").endswith("</svg> &lt;b&gt;</span>")
    assert 'aria-hidden="true"' in shapes[0]


def test_a_meter_has_a_square_for_each_seat():
    drawn = patterns.meter(28, 40)
    assert drawn.count('class="full"') == 28
    assert drawn.count('class="free"') == 12
    assert 'viewBox="0 0 480 48"' in drawn


def test_more_seats_than_can_be_counted_are_a_bar():
    drawn = patterns.meter(30, 120)
    assert "squares" not in drawn
    assert 'class="full" width="75"' in drawn


def test_a_bar_ends_with_its_track_and_a_small_part_can_be_seen():
    assert 'class="full" width="300"' in patterns.meter_bar(130, 120)
    assert 'class="full" width="3"' in patterns.meter_bar(1, 5_000)
    assert 'class="full" width="0"' in patterns.meter_bar(0, 5)


def test_without_a_whole_nothing_is_drawn():
    assert patterns.meter(3, None) == ""
    assert patterns.meter(3, 0) == ""
    assert patterns.meter_bar(None, 5) == ""


def test_parts_are_filled_from_the_left():
    drawn = patterns.meter_parts(4, 5)
    assert [drawn.count(f'class="{kind}"') for kind in ("full", "free")] == [4, 1]


def test_a_tab_knows_where_the_reader_is_and_leaves_out_a_count_of_nothing():
    here = patterns.tab_link(context("/traffar/"), "/traffar/?when=past", "Tidigare", 3)
    assert 'aria-current="page"' in here
    assert '<span class="count-pill">3</span>' in here
    other = patterns.tab_link(context("/traffar/"), "/traffar/2/", "Material", 0)
    assert other == '<li><a href="/traffar/2/">Material</a></li>'


def test_a_sorted_column_says_so_and_turns_round():
    page = context("/atgarder/", "?q=el&page=3&sort=name")
    rising = patterns.sort_head(page, "name", "Namn", "name")
    assert 'aria-sort="ascending"' in rising
    assert 'href="?q=el&amp;sort=-name"' in rising
    falling = patterns.sort_head(page, "name", "Namn", "-name")
    assert 'aria-sort="descending"' in falling
    assert 'href="?q=el&amp;sort=name"' in falling


def test_a_column_of_figures_begins_with_the_largest():
    head = patterns.sort_head(context("/atgarder/"), "effect", "Effekt", "name", "num")
    assert "aria-sort" not in head
    assert 'href="?sort=-effect"' in head
    assert 'class="num"' in head


def test_a_pager_names_the_ends_and_what_is_near():
    pages = Paginator(range(200), 10)
    assert patterns.page_numbers(pages.page(1)) == [1, 2, 0, 20]
    assert patterns.page_numbers(pages.page(10)) == [1, 0, 9, 10, 11, 0, 20]
    assert patterns.page_numbers(pages.page(20)) == [1, 0, 19, 20]


def test_what_is_kept_is_rendered_once_and_stands_as_it_is_where_it_is_named():
    times = []
    page = Engine(libraries={"patterns": "northstar.templatetags.patterns"}).from_string(
        "{% load patterns %}{% kept as menu %}<b>{{ asked }}</b>{% endkept %}{{ menu }}–{{ menu }}"
    )
    shown = page.render(Context({"asked": lambda: times.append(1) or "<Hjälp>"}))
    assert shown == "<b>&lt;Hjälp&gt;</b>–<b>&lt;Hjälp&gt;</b>"
    assert len(times) == 1
