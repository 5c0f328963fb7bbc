import pytest
from django.urls import reverse

from tests.builders import make_emission, make_target

pytestmark = pytest.mark.django_db


def test_the_style_guide_is_for_who_builds_the_portal(as_, ada, lo, kim):
    page = reverse("style_guide")
    assert as_(ada).get(page).status_code == 403
    assert as_(lo).get(page).status_code == 403
    assert as_(kim).get(page).status_code == 200


def test_in_the_demo_everybody_who_is_logged_in_may_look(as_, ada, settings):
    settings.DEMO = True
    settings.ROOT_URLCONF = "northstar.demo.urls"
    assert as_(ada).get(reverse("style_guide")).status_code == 200


def test_it_shows_each_kind_of_field_and_what_an_error_looks_like(as_, kim):
    page = as_(kim).get(reverse("style_guide")).content.decode()
    for part in (
        "error-summary",
        'type="radio"',
        "<select",
        "<textarea",
        'type="file"',
        "tag-warn",
    ):
        assert part in page, part


PATTERNS = {
    "the head of a thing": 'class="object-head"',
    "tabs": 'class="tabs"',
    "meter": 'class="meter squares"',
    "figure cards": 'class="figures"',
    "figure with its range": 'class="chart chart-strip"',
    "chart with a goal": 'class="way"',
    "its table twin": 'class="way-twin"',
    "list tools": 'class="list-tools"',
    "bulk bar": 'class="bulk"',
    "long form in parts": "Del 2 av 4, frivillig",
    "required marks": 'class="optional"',
    "undo": 'class="undo"',
    "timeline": 'class="timeline"',
    "skip past a long table": 'class="skip-past"',
    "empty state": 'class="empty"',
    "share box": 'class="card share"',
}


def test_every_pattern_has_its_place(as_, kim):
    for year, tonnes in ((2023, 243_800), (2024, 236_000)):
        make_emission(year, tonnes, by=kim)
    make_target(2030, 60_000, by=kim)
    shown = as_(kim).get(reverse("style_guide")).text
    assert [name for name, mark in PATTERNS.items() if mark not in shown] == []
