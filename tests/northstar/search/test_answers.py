"""What pages say, heading by heading, each with the address where it stands."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from northstar.search.answers import answers
from partners.models import ContentPage, ContentVersion

pytestmark = pytest.mark.django_db


def say(body_sv, **fields):
    page = ContentPage.objects.get(key="help-visitor")
    fields = {"title_sv": "Hjälp", "title_en": "Help", **fields}
    ContentVersion.objects.create(page=page, number=100, body_sv=body_sv, **fields)


def of_help():
    return [one for one in answers(AnonymousUser()) if "/hjalp/" in one.address]


def test_each_heading_has_its_text_without_marks_and_the_anchor_of_the_page():
    say("Först *detta*.\n\n## Vem & var?\n\nAlla i [staden](/om/).\n\n## När?\n\nNu.")
    assert [(one.title, one.text, one.address) for one in of_help()] == [
        ("Hjälp", "Först detta.", "/hjalp/"),
        ("Vem & var?", "Alla i staden.", "/hjalp/#om-vem-var"),
        ("När?", "Nu.", "/hjalp/#om-nar"),
    ]


def test_only_the_newest_version_is_looked_in_and_in_the_language_of_the_reader():
    say("## Nytt?\n\nJa.", body_en="## New?\n\nYes.")
    assert [one.title for one in of_help()] == ["Hjälp", "Nytt?"]
    with translation.override("en"):
        found = [one for one in answers(AnonymousUser()) if "/help/" in one.address]
    assert [(one.title, one.address) for one in found[1:]] == [("New?", "/en/help/#om-new")]


def test_no_other_roles_help_is_looked_in(ada, cai):
    def titles(reader):
        return {one.title for one in answers(reader)}

    assert "Hur bjuder jag in en kollega?" in titles(cai)
    assert "Hur bjuder jag in en kollega?" not in titles(ada)
    assert "Hur avbokar jag?" in titles(ada)


def test_what_is_new_is_found_by_its_name_and_not_by_the_months_it_happened_in():
    for key in ("new", "news"):
        page = ContentPage.objects.get(key=key)
        said = {"title_sv": "Nytt", "title_en": "New", "body_sv": "## Maj\n\nDu kan avboka."}
        ContentVersion.objects.create(page=page, number=100, **said)
    assert "Maj" not in {one.title for one in answers(AnonymousUser())}
