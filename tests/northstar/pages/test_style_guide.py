import pytest
from django.urls import reverse

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
