"""A measure from nothing to a progress report, with JavaScript off and on a phone."""

import pytest

from measures.models import Measure
from tests.builders import make_measure


def test_a_measure_is_written_down_without_javascript(open_page, ada):
    page = open_page("/atgarder/ny/", ada, width=360, javascript=False)
    page.get_by_label("Vad ska ni göra?").fill("Solceller på taket")
    page.get_by_label("Förväntad effekt, ton CO₂e").fill("ca 12,5")
    page.get_by_role("button", name="Spara utkast").click()
    assert "saker behöver rättas" in page.locator(".error-summary").inner_text()
    assert page.get_by_label("Förväntad effekt, ton CO₂e").input_value() == "ca 12,5"

    page.get_by_label("Energi och byggd miljö").check()
    page.get_by_label("Beräknad").check()
    page.get_by_label("Suboptimering", exact=True).check()
    page.get_by_role("button", name="Spara utkast").click()
    assert "Utkastet är sparat" in page.locator("main").inner_text()

    page.get_by_role("button", name="Publicera åtgärden").click()
    page.get_by_role("link", name="Rapportera läget").click()
    page.get_by_label("Status nu").select_option("completed")
    page.get_by_label("Vad har hänt?").fill("De sitter på plats.")
    page.get_by_label("Uppnådd effekt").fill("10")
    page.get_by_label("Uppmätt").check()
    page.get_by_role("button", name="Spara rapporten").click()

    assert "−2,5" in page.locator("main").inner_text()
    measure = Measure.objects.get()
    assert (measure.status, measure.version) == ("completed", 2)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_filter_finds_with_and_without_javascript(open_page, ada, bostaden, javascript):
    make_measure(bostaden, "Solceller")
    make_measure(bostaden, "Samåkning")
    page = open_page("/atgarder/", ada, javascript=javascript)
    page.get_by_label("Sök").fill("sol")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.get_by_text("1 åtgärd", exact=True).wait_for()
    assert page.locator("#measure-results tbody tr").count() == 1
    assert "q=sol" in page.url
    assert not page.problems


def test_what_was_typed_is_not_left_without_a_question(open_page, ada):
    page = open_page("/atgarder/ny/", ada)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Vad ska ni göra?").fill("Solceller på taket")
    page.get_by_role("link", name="Alla åtgärder").click(no_wait_after=True)
    page.wait_for_function("true")
    assert asked == ["beforeunload"]
    assert page.get_by_label("Vad ska ni göra?").input_value() == "Solceller på taket"

    page.get_by_label("Energi och byggd miljö").check()
    page.get_by_label("Ej kvantifierad:").check()
    page.get_by_role("button", name="Spara utkast").click()
    assert "Utkastet är sparat" in page.locator("main").inner_text()
    assert len(asked) == 1
