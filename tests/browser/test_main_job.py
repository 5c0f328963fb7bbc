"""The main job from end to end, in the browser: from lists to the report."""

import csv
import io
import re
from datetime import datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from openpyxl import load_workbook
from playwright.sync_api import expect

from learning import tasks as learning_tasks
from learning.models import Attendance, LearningSession, Registration
from partners import tasks
from partners.intake import batches, partner_lists
from partners.intake.columns import PARTNER_LIST
from partners.models import Membership, Organisation, User
from tests.browser.hands import fill_in, press
from tests.builders import make_registration, make_series, make_session

DATA = Path(__file__).parents[1] / "data"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
START = datetime(2027, 3, 9, 13, 0, tzinfo=STOCKHOLM)
PDF = {"name": "bildspel.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}


@pytest.fixture(autouse=True)
def letters_lead_here(settings, server):
    settings.SITE_URL = server.url


def letters_to(person, words=""):
    """Let the portal deliver; return what *person* has got with *words* in the subject."""
    tasks.gather()
    tasks.deliver()
    return [
        letter
        for letter in mail.outbox
        if parseaddr(letter.to[0])[1] == person.email and words in letter.subject
    ]


def link_in(letter, part):
    return next(url for url in re.findall(r"https?://\S+", letter.body) if part in url)


def overhang(page, letter):
    """Pixels by which the designed version of *letter* is too wide for a phone of 360."""
    (designed,) = (part.content for part in letter.alternatives if part.mimetype == "text/html")
    phone = page.context.new_page()
    phone.set_viewport_size({"width": 360, "height": 640})
    phone.set_content(designed.replace("localhost", "klimatfardplanen.umea.example"))
    return phone.evaluate("document.documentElement.scrollWidth") - 360


def text_of(page):
    return page.locator("main").inner_text()


def upload(page, path, file):
    page.goto(path)
    page.get_by_label("Lista").set_input_files(file)
    press(page, "Läs listan")


def rows_in_database():
    models = (User, Organisation, Membership, LearningSession, Registration, Attendance)
    return [model.objects.count() for model in models]


def test_a_list_of_partners_is_corrected_and_a_contact_person_comes_in(open_page, kim):
    page = open_page("/", kim)
    upload(page, "/importera/partner/", DATA / "partners.xlsx")
    page.locator("main a[href*='show=wrong']").click()
    assert page.locator("tbody tr").count() == 3
    page.get_by_role("button", name="Använd ola.nordstrom@holmon-konsult-ab.example").click()
    page.get_by_role("button", name="Använd Yngve Hägglund").click()
    page.locator("main input[aria-invalid]").fill("")
    press(page, "Spara mina ändringar")
    assert page.get_by_text("Dina ändringar är sparade").is_visible()
    assert not page.locator("[aria-invalid]").count()
    press(page, "Importera listan")
    assert "56 organisationer lades till" in text_of(page)
    before = rows_in_database()
    assert before[2] == 56

    upload(page, "/importera/partner/", DATA / "partners.xlsx")
    assert "Att importera den en gång till skulle inte ändra något" in text_of(page)
    press(page, "Importera listan")
    assert rows_in_database() == before
    assert page.problems == []
    assert not mail.outbox

    ola = User.objects.get(email="ola.nordstrom@holmon-konsult-ab.example")
    page.goto("/samordna/personer/")
    assert page.get_by_text(re.compile(r"^0 av \d+ valda$")).count() == 2
    page.get_by_label("Bjud in Ola Nordström, Holmön Konsult AB").check()
    assert page.get_by_text(re.compile(r"^1 av \d+ valda$")).count() == 2
    press(page, "Bjud in de valda")
    press(page, "Skicka 1 inbjudan")
    (invitation,) = letters_to(ola)
    guest = open_page(link_in(invitation, "/valkommen/"))
    press(guest, "Mejla mig en kod")
    code = re.search(r"[A-Z0-9]{4}[ -][A-Z0-9]{4}", letters_to(ola)[-1].body).group()
    fill_in(guest, code=code)
    guest.locator("main form button").first.click()
    assert guest.get_by_role("link", name="Ola Nordström").first.is_visible()
    guest.goto("/min-organisation/")
    assert "Holmön Konsult AB" in text_of(guest)
    assert guest.problems == []


# Counted in the cells of the four sheets, beside the code.
SPRING_2024 = {
    "Lärandeträff 1": "39 28 7 80 84 1 0 4 0",
    "Lärandeträff 2": "40 23 13 63 69 7 1 5 0",
    "Lärandeträff 3": "41 26 11 70 78 4 0 4 0",
    "Lärandeträff 4": "42 19 14 58 57 7 0 9 0",
    "Totalt": "162 96 45 68 288 19 1 22 0 23 45",
}
WHEN_LAST = 5  # the cell with a day


def test_attendance_becomes_a_report_that_agrees_with_the_list(open_page, kim):
    data = (DATA / "partners.xlsx").read_bytes()
    partner_lists.apply(batches.open_batch(PARTNER_LIST, "partners.xlsx", data, by=kim), by=kim)
    page = open_page("/", kim)
    upload(page, "/importera/narvaro/", DATA / "attendance-spring-2024.xlsx")
    assert "1 rad behöver ett beslut" in text_of(page)
    page.locator("select[name='organisation:okänd förening']").select_option("new")
    press(page, "Importera listan")
    assert "4 träffar lades till" in text_of(page)
    before = rows_in_database()
    upload(page, "/importera/narvaro/", DATA / "attendance-spring-2024.xlsx")
    press(page, "Importera listan")
    assert rows_in_database() == before
    assert letters_to(kim) == mail.outbox == []

    page.goto("/rapporter/deltagande/")
    page.locator("summary", has_text="Egen period").click()
    page.get_by_label("Från och med").fill("2024-01-01")
    page.get_by_label("Till och med").fill("2024-06-30")
    press(page, "Visa perioden")
    assert "22 av 56" in text_of(page)
    assert "34 partner" in page.locator("#not-seen caption").inner_text()
    page.get_by_role("link", name="Träff", exact=True).click()
    page.get_by_role("link", name="Fler kolumner").click()
    expect(page.locator("#figures tr:has(td)")).to_have_count(5)
    seen = {
        row.locator("th").inner_text(): [
            text.split()[0]
            for cell, text in enumerate(row.locator("td").all_inner_texts())
            if cell != WHEN_LAST
        ]
        for row in page.locator("#figures tr:has(td)").all()
    }
    assert len(seen) == 5  # five names, too
    for name, figures in SPRING_2024.items():
        found = next(row for title, row in seen.items() if title.startswith(name))
        assert found[: len(figures.split())] == figures.split(), name

    with page.expect_download() as csv_file:
        page.get_by_role("link", name="CSV med rapporten").click()
    text = csv_file.value.path().read_bytes().decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [line["Deltog"] for line in table[:4]] == ["28", "23", "26", "19"]
    with page.expect_download() as xlsx_file:
        page.get_by_role("link", name="Excel med rapporten").click()
    book = load_workbook(io.BytesIO(xlsx_file.value.path().read_bytes()))
    cells = list(book.worksheets[0].values)
    column = cells[0].index("Deltog")
    assert [row[column] for row in cells[1:5]] == [28, 23, 26, 19]

    page.locator("#figures tfoot td[data-label='Kom utan anmälan'] a").click()
    assert page.locator("tbody tr").count() == 1
    assert "Siv Grön" in text_of(page)
    assert page.problems == []


def test_a_session_is_planned_and_a_seat_given_back_goes_to_the_next(
    open_page, lo, cai, bo, time_machine
):
    time_machine.move_to(START - timedelta(days=8))
    series = make_series()
    lead = open_page("/traffar/ny/", lo)
    fill_in(lead, title_sv="Budget för klimatet", title_en="Budget for the climate")
    fill_in(lead, summary_sv="Så räknar vi.", summary_en="How we count.")
    fill_in(lead, series=str(series.pk), day="2027-03-09")
    fill_in(lead, starts="13:00", ends="15:00", venue="Väven", capacity="1")
    press(lead, "Spara utkast")
    press(lead, "Publicera träffen")
    session = LearningSession.objects.get()
    address = f"/traffar/{session.pk}/"
    lead.goto(address)
    lead.locator("nav.tabs").get_by_role("link", name="Material").click()
    fill_in(lead, title="Bildspel", audience="partners")
    lead.locator("[name='file']").set_input_files(PDF)
    press(lead, "Ladda upp filen")
    lead.goto(address)
    lead.goto(f"{address}lank/")
    fill_in(lead, title="Mallen", url="https://material.example/mall", audience="participants")
    press(lead, "Lägg till länken")
    assert lead.problems == []

    first = open_page("/traffar/", cai)
    first.get_by_role("link", name="Budget för klimatet").click()
    assert first.get_by_role("link", name="Mallen").count() == 0
    first.get_by_role("button", name="Anmäl mig").click()
    first.get_by_role("heading", name="Du har en plats").wait_for()
    (confirmation,) = letters_to(cai, "Du har en plats")
    calendar = next(
        p for p in confirmation.message().walk() if p.get_content_type() == "text/calendar"
    )
    assert calendar.get_param("method") == "REQUEST"
    assert overhang(first, confirmation) == 0
    first.reload()
    assert first.get_by_role("link", name="Mallen").is_visible()
    with first.expect_download() as download:
        first.get_by_role("link", name="Bildspel").click()
    assert download.value.path().read_bytes() == PDF["buffer"]

    second = open_page(address, bo)
    second.get_by_role("button", name="Ställ mig i kö").click()
    second.get_by_role("heading", name="Du står i kö, plats 1").wait_for()
    assert "plats 1" in letters_to(bo)[0].subject

    first.goto(link_in(confirmation, "/avboka/"))
    press(first, "Avboka min plats")
    assert letters_to(bo, "Nu har du en plats") == []
    time_machine.move_to(START - timedelta(days=8) + timedelta(minutes=40))
    learning_tasks.give_places_on()
    (seated,) = letters_to(bo, "Nu har du en plats")
    second.goto(link_in(seated, "/traffar/"))
    assert second.get_by_role("heading", name="Du har en plats").is_visible()
    assert first.problems == second.problems == []


def test_from_the_reminder_to_a_measure_everybody_sees(open_page, lo, ada, bostaden, time_machine):
    time_machine.move_to(START - timedelta(days=8))
    session = make_session("Budget för klimatet", starts_at=START, ends_at=START.replace(hour=15))
    make_registration(session, ada)

    eve = START.replace(hour=9) - timedelta(days=1)
    for moment, letters in ((eve - timedelta(minutes=1), 0), (eve, 1), (eve, 1)):
        time_machine.move_to(moment)
        learning_tasks.remind()
        assert len(letters_to(ada, "I morgon kl. 13.00")) == letters

    time_machine.move_to(START.replace(hour=16))
    lead = open_page(f"/traffar/{session.pk}/narvaro/", lo)
    lead.get_by_role("group", name="Ada Åström").get_by_text("Kom", exact=True).click()
    press(lead, "Spara närvaron")
    for _ in range(2):
        learning_tasks.ask_after()
        (asked,) = letters_to(ada, "Fyra frågor")

    phone = open_page(link_in(asked, "usefulness=at_once"), width=360, javascript=False)
    assert phone.locator("[name='usefulness']:checked").get_attribute("value") == "at_once"
    fill_in(phone, safety="fully", when_text="budgeten sätts i maj", then_text="räkna på resorna")
    phone.get_by_label("Vanor", exact=False).check()
    press(phone, "Skicka mina svar")
    assert "När budgeten sätts i maj" in text_of(phone)

    page = open_page("/nasta-steg/", ada)
    page.get_by_role("link", name="Gör det till en åtgärd").click()
    assert "räkna på resorna" in page.get_by_label("Vad heter åtgärden?").input_value().lower()
    page.get_by_label("Energi och byggd miljö").check()
    press(page, "Spara åtgärden")
    page.get_by_role("link", name="Effekt").click()
    page.get_by_label("Vi har räknat").check()
    page.get_by_label("Förväntad effekt, ton CO₂e").fill("12,5")
    press(page, "Spara effekten")
    press(page, "Publicera åtgärden")
    assert f"/traffar/{session.pk}/" in (
        page.get_by_role("link", name=session.title).get_attribute("href") or ""
    )
    page.get_by_role("link", name="Rapportera läget").first.click()
    page.get_by_label("Läge nu").select_option("in_progress")
    page.get_by_label("Vad har hänt?").fill("Alla enheter är tillfrågade.")
    press(page, "Spara rapporten")
    assert "Alla enheter är tillfrågade." in text_of(page)

    visitor = open_page("/")
    assert re.search(r"13\s+ton CO₂e|12\s+ton CO₂e", text_of(visitor))
    visitor.goto("/atgarder/")
    visitor.get_by_role("link", name=re.compile("räkna på resorna", re.I)).click()
    assert "Alla enheter är tillfrågade." in text_of(visitor)
    assert lead.problems == phone.problems == page.problems == visitor.problems == []
