"""The public start page on a phone, and pasting emissions: what one sees first, and by keyboard."""

import pytest
from playwright.sync_api import expect

from measures.models import CityEmission
from tests.builders import make_emission, make_session, make_target

SMALLEST = 14  # px, of any text


@pytest.fixture
def umea(db):
    for year in range(2000, 2025):
        make_emission(year, 412_000 - 7_000 * (year - 2000))
    make_target(2030, 82_000)
    make_target(2040, 62_000)
    make_session("Öppet hus", audience="public")


def test_the_first_screen_of_a_phone_tells_how_it_goes(open_page, umea):
    page = open_page("/", width=360)
    shown = ["h1", ".hero-date", ".hero-links a >> nth=0", ".hero-links a >> nth=2", ".way-narrow"]
    for part in shown:
        box = page.locator(part).first.bounding_box()
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= 640, part
    assert page.problems == []


@pytest.mark.parametrize("path", ["/", "/en/"])
@pytest.mark.parametrize("width", [320, 360, 700, 1000, 1280])
def test_one_drawing_is_shown_and_its_text_is_large_enough(open_page, umea, width, path):
    page = open_page(path, width=width)
    drawings = page.locator(".way svg[role=img]:visible")
    expect(drawings).to_have_count(1)
    sizes = drawings.locator("text").evaluate_all(
        """texts => texts.map(text => {
            const svg = text.ownerSVGElement
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
            return parseFloat(getComputedStyle(text).fontSize) * scale
        })"""
    )
    assert min(sizes) >= SMALLEST
    outside = drawings.locator("text").evaluate_all(
        """texts => texts.filter(text => {
            const own = text.getBoundingClientRect()
            const box = text.ownerSVGElement.getBoundingClientRect()
            return own.left < box.left || own.right > box.right
        }).map(text => text.textContent)"""
    )
    assert outside == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("javascript", [True, False])
def test_years_are_pasted_seen_and_saved(open_page, kim, javascript):
    page = open_page("/utslapp/klistra-in/", kim, javascript=javascript)
    page.get_by_label("År och ton").fill("År\tkton\n2023\t243,8\n2024\t236")
    page.get_by_label("Källa").fill("RUS")
    page.get_by_role("button", name="Visa vad som ändras").click()
    page.get_by_role("button", name="Spara 2 år").click()
    expect(page.get_by_text("2 år är sparade.")).to_be_visible()
    assert CityEmission.objects.count() == 2
