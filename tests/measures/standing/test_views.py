"""The table of all cards on its page, and writing to those who are ticked."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from measures.models import Pick
from partners.models import Organisation
from tests.builders import (
    make_attendance,
    make_measure,
    make_member,
    make_organisation,
    make_session,
)
from tests.promise_builders import make_adoption, make_period, make_shared_report
from tests.reading import read


@pytest.fixture
def page(as_, kim):
    client = as_(kim)

    def get(**asked):
        return client.get(reverse("partner_cards"), asked)

    return get


def test_a_row_says_how_each_promise_stands_and_figures_open(page, bostaden, ada):
    make_attendance(make_session(starts_at=timezone.now()), ada)
    make_shared_report(bostaden)
    make_measure(bostaden, challenge=make_adoption(bostaden).challenge)
    found = read(page())
    (row,) = found.rows()
    assert row[1].startswith("Bostaden avsiktsförklaring saknas")
    assert [cell.split(" ")[0] for cell in row[2:4]] == ["uppfyllt", "uppfyllt"]
    assert row[4].startswith("på väg 1 av 5")
    links = [link.attributes["href"] for link in found.part("table", "1 partner").all("a")]
    (places,) = [link for link in links if "raderna" in link or "rader" in link]
    assert f"key={bostaden.pk}" in places
    assert "counted=attended" in places
    assert page().wsgi_request.user.is_coordinator


def test_what_a_figure_opens_has_as_many_rows(page, client, bostaden, ada):
    make_attendance(make_session(starts_at=timezone.now()), ada)
    (link,) = [
        one.attributes["href"]
        for one in read(page()).all("a")
        if "counted=attended" in one.attributes.get("href", "")
    ]
    opened = client.get(link)
    assert opened.status_code == 200
    assert len(read(opened).rows()) == 1


def test_filters_are_kept_as_pills_and_go_into_the_file(page, client, bostaden, norrbyggen):
    make_shared_report(bostaden)
    found = read(page(missing="sharing", months="12", without_contact="on"))
    assert [row[1].split(" ")[0] for row in found.rows()] == ["Norrbyggen"]
    for pill in ("Det som saknas: Berätta varje år", "12 månader", "Utan kontaktperson"):
        assert pill in found.text
    file = client.get(reverse("partner_cards_file", args=["csv"]), {"missing": "sharing"})
    told = b"".join(file.streaming_content).decode()
    assert "Norrbyggen" in told
    assert "Bostaden" not in told


def test_nonsense_in_the_address_filters_nothing(page, bostaden):
    asked = {"missing": "?", "months": "x", "since": "igår", "sector": "?", "area": "?"}
    assert len(read(page(**asked)).rows()) == 1


def test_an_unknown_ending_is_no_file(as_, kim):
    address = reverse("partner_cards_file", args=["xlsx"])
    file = as_(kim).get(address)
    book = load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    assert book.sheetnames == ["Partner", "Så har vi räknat"]
    assert as_(kim).get(address.replace("xlsx", "exe")).status_code == 404


def test_those_ticked_are_written_to(page, client, bostaden, norrbyggen, cai):
    page()
    sent = client.post(
        reverse("partner_cards_write"), {"organisation": [bostaden.pk, "x", "²", "9" * 30]}
    )
    (picked,) = Pick.objects.all()
    assert picked.organisations == [bostaden.pk]
    written = read(client.get(sent["Location"]))
    assert written.texts("h1") == ["Skriv till partner du har valt"]
    assert "Kontaktpersoner hos valda partner (1)" in written.text


def test_with_nobody_ticked_nothing_is_begun(page, client, bostaden):
    page()
    answer = client.post(reverse("partner_cards_write"), follow=True)
    assert "Kryssa för de partner du vill skriva till i tabellen." in read(answer).text
    assert not Pick.objects.exists()


@pytest.mark.parametrize("number", [1, 60])
def test_the_table_costs_the_same(page, number, django_assert_num_queries):
    make_period()
    for place in range(number):
        make_member(make_organisation(f"P{place}"), role="contact_person")
    page()
    with django_assert_num_queries(14):
        page()
    assert Organisation.objects.count() == number
