"""The frame by keyboard and by ear: focus, the status line, no network, no double posts."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands import tab_to
from tests.builders import make_session

SPEAK = """texts => document.body.dispatchEvent(
  new CustomEvent("say", {detail: {texts}, bubbles: true}))"""


def test_the_first_stop_is_the_way_past_the_menu(open_page):
    page = open_page("/om/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_menu_of_a_phone_opens_by_keyboard(open_page):
    page = open_page("/om/", width=360)
    tab_to(page, "Meny")
    page.keyboard.press("Enter")
    tab_to(page, "Logga in")


ROLES = ["nobody", "ada", "cai", "lo", "kim"]
ROWS = """() => new Set(
  [...document.querySelectorAll(".top-row a, .top-row summary")]
    .filter((one) => one.checkVisibility())
    .map((one) => Math.round(one.getBoundingClientRect().bottom))
).size"""


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_is_one_row_for_everybody_in_both_languages(open_page, request, role):
    person = None if role == "nobody" else request.getfixturevalue(role)
    if person:
        person.name = "Ann-Charlotte Rosenqvist-Hallgrensdotter"
        person.save(update_fields=["name"])
    for address in ["/om/", "/en/about/"]:
        page = open_page(address, person)
        assert page.evaluate(ROWS) == 1, address
        assert page.locator(".top").bounding_box()["height"] < 70, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        page.set_viewport_size({"width": 1160, "height": 800})
        assert page.evaluate(ROWS) == 1, f"{address} at 1160"


def test_the_button_of_the_menu_stays_where_it_is_and_says_close(open_page, kim):
    page = open_page("/utkorg/", kim, width=360)
    button = page.locator(".menu summary")
    before = button.bounding_box()
    expect(button).to_have_text("Meny", use_inner_text=True)
    button.click()
    expect(button).to_have_text("Stäng", use_inner_text=True)
    after = button.bounding_box()
    assert (before["y"], before["x"] + before["width"]) == pytest.approx(
        (after["y"], after["x"] + after["width"]), abs=1
    )
    for group in ["För portalens medarbetare", "För dig"]:
        expect(page.locator(".menu").get_by_text(group, exact=True)).to_be_visible()
    button.click()
    expect(button).to_have_text("Meny", use_inner_text=True)


@pytest.mark.parametrize(
    ("address", "row"), [("/traffar/", ".wide-menu"), ("/utkorg/", ".staff-bar")]
)
def test_forced_colours_fill_the_current_page_of_the_menu(open_page, kim, address, row):
    page = open_page(address, kim, forced_colors="active")
    filled = [
        one.evaluate("one => getComputedStyle(one).backgroundColor")
        for one in page.locator(f"{row} li a").all()
    ]
    assert sorted(filled.count(one) for one in set(filled))[0] == 1
    current = page.locator(f"{row} li a[aria-current]").first
    assert filled.count(current.evaluate("one => getComputedStyle(one).backgroundColor")) == 1


def test_focus_goes_to_what_needs_fixing(open_page, kim):
    page = open_page("/stil/", kim)
    assert "error-summary" in page.evaluate("document.activeElement.className")
    tab_to(page, "Vad åtgärden heter: Fyll i det här.")
    page.keyboard.press("Enter")
    tab_to(page, "Förväntad effekt, ton CO₂e per år")


def test_a_message_is_spoken_in_the_one_status_line(open_page):
    page = open_page("/om/")
    status = page.get_by_role("status")
    assert status.count() == 1
    page.evaluate(SPEAK, ["Du har en plats."])
    expect(status).to_have_text("Du har en plats.")
    status.click()
    expect(status).to_have_text("")


def test_a_lost_network_is_told_and_nothing_is_lost(open_page, kim):
    page = open_page("/stil/", kim)
    page.evaluate("""() => {
      const form = document.querySelector("main form.form");
      form.setAttribute("hx-get", "/stil/");
      form.setAttribute("hx-target", "#forms");
      htmx.process(form);
    }""")
    page.locator("[name=title]").fill("Byt till cykel")
    page.context.set_offline(True)
    page.get_by_role("button", name="Spara åtgärden").click()
    expect(page.get_by_role("status")).to_have_text("Ingen kontakt. Det du skrev finns kvar.")
    assert page.locator("[name=title]").input_value() == "Byt till cykel"
    assert page.locator("#forms").get_attribute("aria-busy") is None


def test_a_second_click_does_not_post_twice(open_page, ada):
    page = open_page("/konto/", ada)
    refused = page.evaluate("""() => {
      const refused = [];
      addEventListener("submit", (event) => {
        refused.push(event.defaultPrevented);
        event.preventDefault();
      });
      const buttons = [...document.querySelectorAll("main button")];
      const button = buttons.find((one) => one.textContent.includes("Logga ut"));
      button.click();
      button.click();
      return refused;
    }""")
    assert refused == [False, True]
    button = page.get_by_role("button", name="Logga ut")
    assert button.get_attribute("aria-busy") == "true"


def test_printing_leaves_the_frame_out(open_page):
    page = open_page("/om/")
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("footer.foot")).to_be_hidden()
    expect(page.locator(".print-only")).to_contain_text("Utskrivet")


def test_a_printed_report_has_its_figures_and_no_controls(open_page, kim):
    make_session(in_days=-1)
    page = open_page("/rapporter/deltagande/", kim)
    page.locator("summary", has_text="Egen period").click()
    expect(page.locator(".filter-bar")).to_be_visible()
    page.emulate_media(media="print")
    for gone in (".filter-bar", ".button", "nav.pills"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".figures").first).to_be_visible()


# What of a link does not go by colour: lines, frames and weight; colours are the reader's own here.
LOOK_OF = """e => { const s = getComputedStyle(e); return [
  s.textDecorationLine, s.outlineStyle, s.outlineWidth, s.fontWeight,
  s.borderBlockWidth, s.borderInlineWidth, s.borderBlockStyle].join(" ") }"""


def test_forced_colours_tell_the_current_page_and_tab(open_page, lo):
    session = make_session()
    page = open_page(f"/traffar/{session.pk}/", lo, forced_colors="active")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    for menu in (".wide-menu", ".tabs"):
        others = page.locator(f"{menu} li a:not([aria-current])").all()
        here = page.locator(f"{menu} a[aria-current]").evaluate(LOOK_OF)
        assert others
        assert here not in [link.evaluate(LOOK_OF) for link in others], menu
    page.goto("/traffar/ny/")
    here = page.locator(".staff-bar [aria-current]").evaluate(LOOK_OF)
    page.goto("/traffar/")
    assert page.locator(".staff-bar a").first.evaluate(LOOK_OF) != here
