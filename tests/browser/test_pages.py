"""Every page: accessible by axe, no sideways scrolling, right language, nothing in the console."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.hands import faults, form_faults, load_axe
from tests.browser.pages import PAGES


def address(row, language, arguments):
    with translation.override(language):
        return reverse(row.url_name, kwargs=arguments) + row.query


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_page(row, pages, open_page):
    person, arguments = pages[row]
    page = open_page(person=person)
    for language in ("sv", "en"):
        show(page, 1280, "light")
        answer = page.goto(address(row, language, arguments))
        assert answer.status == 200
        assert answer.url.endswith(address(row, language, arguments)), "sent elsewhere"
        load_axe(page)
        found = [f"wide and light: {fault}" for fault in faults(page, language)]
        show(page, 360, "dark")
        found += [f"narrow and dark: {fault}" for fault in faults(page, language)]
        assert not found, "\n".join([f"{language}:", *found])
    assert form_faults(page) == []


def show(page, width, scheme):
    """Let the page be seen at *width* pixels in light or dark colours, without loading it anew."""
    page.set_viewport_size({"width": width, "height": 800 if width > 600 else 640})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate("document.getAnimations().forEach((fading) => fading.finish())")


def test_words_cut_off_in_a_table_of_cards_are_found(open_page, pages):
    """The table may scroll sideways by itself, so the page's own width says nothing."""
    page = open_page("/")
    show(page, 360, "light")
    load_axe(page)
    page.evaluate(
        """() => {
          document.querySelector("main").innerHTML = `
            <div class="table-wrap"><table class="table"><tr>
              <td data-label="A"><span class="tag">${"b".repeat(99)}</span></td>
            </tr></table></div>`;
        }"""
    )
    assert "cut off in a table of cards" in " | ".join(faults(page, "sv"))


def test_faults_are_found(open_page, pages):
    """A test of the test: a bad page has every fault we look for."""
    page = open_page("/health/")
    page.set_content(
        '<html lang="fi"><main><h1>A</h1><h3>B</h3><h1>C</h1><img src="data:,">'
        '<p style="color: red">red</p><svg width="3000" height="1"></svg>'
        '<form method="post" hx-post="/x"></form></main>'
    )
    load_axe(page)
    found = " | ".join(faults(page, "sv"))
    for part in (
        "html lang",
        "2 h1",
        "h3 follows an h1",
        "px wanted",
        "no title",
        "image-alt",
        "style-src",
    ):
        assert part in found
    found = " | ".join(form_faults(page))
    for part in ("no action", "no token", "no button"):
        assert part in found
