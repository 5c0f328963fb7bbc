"""A measure from nothing to a progress report, with JavaScript off and on a phone."""

import pytest

from measures.models import Measure
from tests.builders import make_measure


def test_a_measure_is_written_down_without_javascript(open_page, ada):
    page = open_page("/atgarder/ny/", ada, width=360, javascript=False)
    page.get_by_label("Vad heter åtgärden?").fill("Solceller på taket")
    page.get_by_role("button", name="Spara åtgärden").click()
    assert "En sak behöver rättas" in page.locator(".error-summary").inner_text()
    assert page.get_by_label("Vad heter åtgärden?").input_value() == "Solceller på taket"
    page.get_by_label("Energi och byggd miljö").check()
    page.get_by_role("button", name="Spara åtgärden").click()
    assert "Utkastet är sparat" in page.locator("main").inner_text()

    page.get_by_role("link", name="Effekt").click()
    page.get_by_label("Förväntad effekt, ton CO₂e").fill("ca 12,5")
    page.get_by_role("button", name="Räkna om").click()
    assert "Välj hur ni vet siffran" in page.locator("#understood").inner_text()
    assert page.get_by_label("Förväntad effekt, ton CO₂e").input_value() == "ca 12,5"
    page.get_by_label("Vi har räknat").check()
    page.get_by_role("button", name="Räkna om").click()
    assert "Troligen 11–14" in page.locator("#understood").inner_text()
    assert Measure.objects.get().reduction_t is None
    page.get_by_role("button", name="Spara effekten").click()
    page.get_by_role("link", name="Vad som står i vägen").click()
    page.get_by_label("Suboptimering", exact=True).check()
    page.get_by_role("button", name="Spara", exact=True).click()
    assert page.get_by_text("ifyllt", exact=True).count() == 3

    page.get_by_role("button", name="Publicera åtgärden").click()
    page.get_by_role("link", name="Rapportera läget").first.click()
    page.get_by_label("Läge nu").select_option("completed")
    page.get_by_label("Vad har hänt?").fill("De sitter på plats.")
    page.get_by_label("Uppnådd effekt").fill("10")
    page.get_by_role("button", name="Räkna om").click()
    assert "Välj hur ni vet siffran" in page.locator("#understood").inner_text()
    page.get_by_label("Vi har mätt").check()
    page.get_by_role("button", name="Spara rapporten").click()

    assert "80 % av det förväntade är uppnått" in page.locator("main").inner_text().replace(
        "\u00a0", " "
    )
    assert Measure.objects.get().status == "completed"


def test_a_draft_is_said_back_and_kept_while_somebody_writes(open_page, ada, bostaden):
    draft = make_measure(bostaden, published_at=None, reduction_t=None)
    page = open_page(f"/atgarder/{draft.pk}/andra/effekt/", ada)
    page.get_by_label("Vi har räknat").check()
    page.get_by_label("Förväntad effekt, ton CO₂e").fill("17")
    page.get_by_label("Förväntad effekt, ton CO₂e").blur()
    page.get_by_text("Sparat kl.").wait_for()
    assert "Troligen 14–20" in page.locator("#understood").inner_text()
    page.get_by_label("Vi uppskattar").check()
    page.get_by_text("Troligen 12–22").wait_for()
    draft.refresh_from_db()
    assert (draft.reduction_t, draft.method) == (17, "estimated")
    page.get_by_role("button", name="Spara effekten").click()
    assert "Sparat. Förväntad effekt: 17 ton" in page.locator("main").inner_text()
    assert not page.problems


def test_on_a_phone_the_answer_stands_before_the_button(open_page, ada, bostaden):
    measure = make_measure(bostaden)
    page = open_page(f"/atgarder/{measure.pk}/andra/effekt/", ada, width=360)
    panel = page.locator("#understood").bounding_box()
    button = page.get_by_role("button", name="Spara effekten").bounding_box()
    assert panel["y"] + panel["height"] <= button["y"]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_filter_finds_with_and_without_javascript(open_page, ada, bostaden, javascript):
    make_measure(bostaden, "Solceller")
    make_measure(bostaden, "Samåkning")
    page = open_page("/atgarder/", ada, javascript=javascript)
    page.get_by_label("Sök åtgärd eller organisation").fill("sol")
    page.get_by_role("button", name="Sök", exact=True).click()
    page.get_by_text("1 åtgärd", exact=True).wait_for()
    assert page.locator("#measure-results tbody tr").count() == 1
    assert "q=sol" in page.url
    assert not page.problems


def test_what_was_typed_is_not_left_without_a_question(open_page, ada):
    page = open_page("/atgarder/ny/", ada)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Vad heter åtgärden?").fill("Solceller på taket")
    page.get_by_role("link", name="Era åtgärder").click(no_wait_after=True)
    page.wait_for_function("true")
    assert asked == ["beforeunload"]
    assert page.get_by_label("Vad heter åtgärden?").input_value() == "Solceller på taket"

    page.get_by_label("Energi och byggd miljö").check()
    page.get_by_role("button", name="Spara åtgärden").click()
    assert "Utkastet är sparat" in page.locator("main").inner_text()
    assert len(asked) == 1


def test_two_fields_and_two_clicks_from_the_start_page(open_page, ada, bostaden):
    make_measure(bostaden)
    page = open_page("/", ada)
    page.get_by_role("link", name="Lägg till en åtgärd").click()
    form = page.locator("main form")
    asked = form.locator("input:not([type=hidden]), select, textarea")
    assert {field.get_attribute("name") for field in asked.all()} == {"title", "focus_area"}
    assert form.locator(":checked").count() == 0
    page.get_by_label("Vad heter åtgärden?").fill("Solceller på taket")
    page.get_by_label("Energi och byggd miljö").check()
    page.get_by_role("button", name="Spara åtgärden").click()
    assert Measure.objects.filter(title="Solceller på taket", published_at=None).exists()


def test_a_draft_that_is_left_is_there_on_another_device(open_page, ada, bostaden):
    draft = make_measure(bostaden, published_at=None)
    where = f"/atgarder/{draft.pk}/andra/beskrivning/"
    page = open_page(where, ada)
    page.get_by_label("Beskriv åtgärden").press_sequentially("Vi byter alla bilar")
    page.get_by_text("Sparat kl.").wait_for()
    page.context.clear_cookies()
    page.goto("/atgarder/")
    phone = open_page(where, ada, width=360)
    assert phone.get_by_label("Beskriv åtgärden").input_value() == "Vi byter alla bilar"
    assert not page.problems


def test_a_draft_is_saved_without_javascript_when_one_says_so(open_page, ada, bostaden):
    draft = make_measure(bostaden, published_at=None)
    page = open_page(f"/atgarder/{draft.pk}/andra/beskrivning/", ada, javascript=False)
    assert "Utan JavaScript sparas det när du väljer Spara." in page.locator("main").inner_text()
    assert "sparas medan du skriver" not in page.locator("main").inner_text()
    page.get_by_label("Beskriv åtgärden").fill("Vi byter alla bilar")
    page.get_by_role("button", name="Spara", exact=True).click()
    draft.refresh_from_db()
    assert draft.description == "Vi byter alla bilar"


def test_two_who_write_at_once_both_see_both(open_page, ada, cai, bostaden):
    draft = make_measure(bostaden, published_at=None)
    where = f"/atgarder/{draft.pk}/andra/beskrivning/"
    hers, his = open_page(where, ada), open_page(where, cai)

    def write(page, text):
        page.get_by_label("Beskriv åtgärden").fill(text)
        page.get_by_label("Beskriv åtgärden").blur()

    def see_both(page, *texts):
        page.get_by_text("Inte sparat: någon annan").wait_for()
        page.get_by_role("button", name="Spara", exact=True).click()
        shown = (
            page.locator("main").inner_text() + page.get_by_label("Beskriv åtgärden").input_value()
        )
        assert all(text in shown for text in texts)

    write(hers, "Hennes ord")
    hers.get_by_text("Sparat kl.").wait_for()
    write(his, "Hans ord")
    see_both(his, "Hennes ord", "Hans ord")
    his.get_by_role("button", name="Spara", exact=True).click()
    write(hers, "Hennes ord igen")
    see_both(hers, "Hans ord", "Hennes ord igen")


def test_a_report_says_the_effect_back_while_it_is_written(open_page, ada, bostaden):
    measure = make_measure(bostaden, reduction_t="20")
    page = open_page(f"/atgarder/{measure.pk}/rapportera/", ada, width=360)
    assert page.locator("[name=method]:checked").count() == 0
    page.get_by_label("Vi har mätt").check()
    page.get_by_label("Uppnådd effekt").fill("17")
    page.locator("#understood").get_by_text("17 ton").wait_for()
    panel = page.locator("#understood").bounding_box()
    button = page.get_by_role("button", name="Spara rapporten").bounding_box()
    assert panel["y"] + panel["height"] <= button["y"]
    assert not measure.reports.exists()
    assert not page.problems


@pytest.mark.parametrize(
    ("where", "figure", "button"),
    [
        ("andra/effekt/", "Förväntad effekt", "Spara effekten"),
        ("rapportera/", "Uppnådd effekt", "Spara rapporten"),
    ],
)
def test_the_tick_of_a_figure_somebody_is_sure_of_stays(
    open_page, ada, bostaden, where, figure, button
):
    measure = make_measure(bostaden)
    page = open_page(f"/atgarder/{measure.pk}/{where}", ada)
    if where == "rapportera/":
        page.get_by_label("Vad har hänt?").fill("De sitter på plats.")
        page.get_by_label("Vi har mätt").check()
    page.get_by_label(figure).fill("1500")
    sure = page.get_by_label("Ja, siffran stämmer")
    sure.check()
    # Answers to what was sent before and after the tick; the last of them has no question left.
    page.locator("#understood").get_by_text("120 gånger").wait_for(state="hidden")
    assert sure.is_checked()
    assert sure.get_attribute("aria-invalid") is None
    page.get_by_role("button", name=button).click()
    page.get_by_text("effekt: 1 500 ton").wait_for()
    assert not page.problems


def test_a_late_answer_leaves_the_tick(open_page, ada, bostaden):
    measure = make_measure(bostaden)
    page = open_page(f"/atgarder/{measure.pk}/andra/effekt/", ada)
    page.get_by_label("Förväntad effekt").fill("1500")
    sure = page.get_by_label("Ja, siffran stämmer")
    sure.wait_for()
    late = []
    page.route(  # the first is held on its way until the box is ticked
        "**/andra/effekt/",
        lambda route: route.continue_() if late else late.append(route),
    )
    page.get_by_label("Vi har räknat").dispatch_event("change", {"bubbles": True})
    page.wait_for_timeout(100)
    sure.check()
    assert len(late) == 1
    late[0].continue_()
    page.locator("#understood").get_by_text("120 gånger").wait_for(state="hidden")
    assert sure.is_checked()
    assert not page.problems


def test_a_name_in_one_long_word_makes_no_page_wider(open_page, ada, bostaden):
    measure = make_measure(bostaden, "Solcellsanläggning" * 8)
    page = open_page(width=360, person=ada)
    for where in ("", "andra/", "andra/namn/", "rapportera/"):
        page.goto(f"/atgarder/{measure.pk}/{where}")
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, where
