"""Every page: accessible by axe, no sideways scrolling, right language, nothing in the console.

Both languages are seen wide and narrow in both colour schemes, and at 320 px. Each language has
another scheme for the whole look at a width; for the other one, what colours can change is enough:
axe is what takes the time.
"""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.hands import (
    colour_faults,
    faults,
    form_faults,
    load_axe,
    tab_faults,
    width_faults,
)
from tests.browser.pages import PAGES


def address(row, language, arguments):
    with translation.override(language):
        return reverse(row.url_name, kwargs=arguments) + row.query


LOOKS = {
    "sv": [
        (1280, "light", faults),
        (1280, "dark", colour_faults),
        (360, "dark", faults),
        (360, "light", colour_faults),
        (320, "light", width_faults),
    ],
    "en": [
        (1280, "dark", faults),
        (1280, "light", colour_faults),
        (360, "light", faults),
        (360, "dark", colour_faults),
        (320, "dark", width_faults),
    ],
}


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_page(row, pages, look_as):
    person, arguments = pages[row]
    page = look_as(person)
    for language, looks in LOOKS.items():
        show(page, *looks[0][:2])
        answer = page.goto(address(row, language, arguments))
        assert answer.status == 200
        assert answer.url.endswith(address(row, language, arguments)), "sent elsewhere"
        load_axe(page)
        found = []
        for width, scheme, look in looks:
            show(page, width, scheme)
            found += [f"{width} px, {scheme}: {fault}" for fault in look(page, language)]
        assert not found, "\n".join([f"{language}:", *found])
    assert form_faults(page) == []


def show(page, width, scheme):
    """Let the page be seen at *width* pixels in light or dark colours, without loading it anew."""
    if page.viewport_size["width"] != width:
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
    assert "px wanted" in " | ".join(width_faults(page, "sv"))
    found = " | ".join(form_faults(page))
    for part in ("no action", "no token", "no button"):
        assert part in found


def test_words_too_faint_are_found_in_either_scheme(open_page, pages):
    page = open_page("/")
    load_axe(page)
    for scheme in ("light", "dark"):
        show(page, 1280, scheme)
        assert colour_faults(page, "sv") == []
        page.evaluate("document.querySelector('h1').style.color = 'var(--line)'")
        assert "color-contrast" in " | ".join(colour_faults(page, "sv"))
        page.evaluate("document.querySelector('h1').style.color = ''")


ROW = "<tr><td><a href='/'>a</a></td><td><input type=radio name=r{0}><input type=radio name=r{0}>"
ROW += "</td></tr>"


def test_a_table_of_many_stops_is_found_and_a_link_past_it_counts(open_page):
    """A test of the test: a group of radio buttons is one press, what is folded none."""
    page = open_page("/health/")
    for rows, before, after, seen in (
        (15, "", "", []),
        (16, "", "", ["32 presses"]),
        (16, "<a href='#past'>Förbi</a>", "<p id=past></p>", []),
        (16, "<a href='#past'>Förbi</a><p id=past></p>", "", ["32 presses"]),
    ):
        table = "<table>" + "".join(ROW.format(at) for at in range(rows)) + "</table>"
        page.set_content(f"<main>{before}{table}{after}</main>")
        found = tab_faults(page)
        assert [fault[:10] for fault in found] == seen
    rows = "".join(f"<article><a href='/'>{at}</a></article>" for at in range(31))
    page.set_content(f"<main><div>{rows}</div></main>")
    assert len(tab_faults(page)) == 1
    page.set_content(f"<main><details><summary>a</summary>{rows}</details></main>")
    assert tab_faults(page) == []
