"""The story to be copied: for their own people and coordinators."""

from datetime import date

import pytest
from django.urls import reverse

from tests.builders import make_attendance, make_measure, make_session
from tests.reading import read


def test_years_are_headings_and_each_thing_a_line(as_, ada, bostaden):
    bostaden.joined_on = date(2022, 12, 1)
    bostaden.save()
    make_measure(bostaden, "Elbilar")
    page = read(as_(ada).get(reverse("partner_story", args=[bostaden.slug])))
    assert page.texts("h2")[-1:] != []
    years = [text for text in page.texts("h2") if text.isdecimal()]
    assert years[-1] == "2022"
    assert "1 december 2022: Gick med i klimatfärdplanen" in page.text


def test_the_text_has_the_same_lines(as_, ada, bostaden):
    make_attendance(make_session("Få med fler", in_days=-3), ada)
    answer = as_(ada).get(reverse("partner_story_text", args=[bostaden.slug]))
    told = answer.content.decode()
    assert told.startswith("Bostaden\r\n")
    assert "Var med på Få med fler, 1 person" in told
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("name", ["partner_story", "partner_story_text"])
def test_others_read_the_public_part_on_the_partners_page(as_, bo, kim, bostaden, name):
    address = reverse(name, args=[bostaden.slug])
    assert as_(bo).get(address).status_code == 403
    assert as_(kim).get(address).status_code == 200
    page = read(as_(bo).get(reverse("partner_detail", args=[bostaden.slug])))
    assert "Allt, att kopiera" not in page.text


def test_nothing_has_happened_is_said(as_, ada, bostaden):
    page = read(as_(ada).get(reverse("partner_story", args=[bostaden.slug])))
    assert "Inget har hänt än." in page.text
