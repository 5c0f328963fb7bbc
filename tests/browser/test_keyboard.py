"""Whole ways through the product with the keys alone: Tab, Space, arrows, Enter and /.

Registering, leaving and thinking again by keyboard stand in test_register, the menu in test_frame.
"""

from playwright.sync_api import expect

from measures.models import Measure
from tests.browser.hands import tab_to
from tests.builders import make_measure, make_member, make_registration, make_session


def test_three_people_are_noted(open_page, bostaden, lo):
    session = make_session(in_days=-1)
    for name in ("Agda Al", "Bror Björk", "Cilla Cederström"):
        make_registration(session, make_member(bostaden, name))
    page = open_page(f"/traffar/{session.pk}/narvaro/", lo, width=360)
    for at, (key, status) in enumerate(
        (("Space", "present"), ("ArrowRight", "absent"), ("Space", "present"))
    ):
        way = tab_to(page, "Kom", most=25)
        assert at == 0 or len(way) <= 2  # the name, which opens what is seldom noted, and the pair
        page.keyboard.press(key)
        expect(page.locator("[name^=was-]").nth(at)).to_have_value(status)
    tab_to(page, "Spara närvaron")
    page.keyboard.press("Enter")
    page.get_by_text("Närvaron är sparad.").first.wait_for()
    statuses = session.attendances.order_by("person__name").values_list("status", flat=True)
    assert list(statuses) == ["present", "absent", "present"]
    assert page.problems == []


def test_a_measure_is_written_down_and_gets_an_effect(open_page, ada):
    page = open_page("/atgarder/ny/", ada)
    tab_to(page, "Vad heter åtgärden?")
    page.keyboard.type("Solceller på taket")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "Spara åtgärden")
    page.keyboard.press("Enter")
    page.get_by_text("Utkastet är sparat").wait_for()
    tab_to(page, "Effekt")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Spara effekten").wait_for()
    page.locator("main [name=method]").first.wait_for()
    while not page.evaluate("document.activeElement.matches('main [name=method]')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("12,5")
    tab_to(page, "Spara effekten")
    page.keyboard.press("Enter")
    page.get_by_text("Sparat. Förväntad effekt").first.wait_for()
    measure = Measure.objects.get()
    assert (measure.title, measure.reduction_t) == ("Solceller på taket", 12.5)
    assert measure.focus_area is not None
    assert page.problems == []


def test_the_key_of_the_search_and_the_first_hit(open_page, bostaden):
    measure = make_measure(bostaden, "Samåkning till jobbet")
    page = open_page("/om/")
    page.keyboard.press("/")
    page.wait_for_url("**/sok/")
    page.keyboard.press("/")
    page.keyboard.type("samåkn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/?q=*")
    tab_to(page, measure.title, most=25)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(measure.title)


def test_a_link_past_a_long_list_moves_the_focus_behind_it(open_page, bostaden, kim):
    for name in "ABCDEFG":
        make_member(bostaden, f"Gäst {name}")
    page = open_page("/samordna/personer/", kim)
    tab_to(page, "Hoppa förbi listan")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(
        """() => !!(document.querySelector("#past-people")
          .compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"""
    )


def test_what_was_done_is_where_the_reader_goes_on(open_page, ada):
    page = open_page("/konto/", ada)
    tab_to(page, "Spara mina uppgifter")
    page.keyboard.press("Enter")
    said = page.get_by_role("status").filter(has_text="Dina uppgifter är sparade.")
    expect(said).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main form') !== null")
    assert page.problems == []
