from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import RegistrationState
from measures.models import Measure, MeasureStatus
from measures.progress import reporting
from northstar.pages import front
from partners.models import Organisation, OrganisationStatus
from tests.builders import (
    make_attendance,
    make_emission,
    make_measure,
    make_member,
    make_organisation,
    make_person,
    make_registration,
    make_session,
    make_target,
)
from tests.measures.progress.test_reporting import a_report
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def umea():
    this_year = timezone.localdate().year
    for year, tonnes in [(1990, 412_000), (this_year - 5, 260_000), (this_year - 2, 236_000)]:
        make_emission(year, tonnes)
    make_target(this_year + 4, 82_000)


def figures(response):
    """What each of the large numbers counts, and the number."""
    (strip,) = read(response).all("ul", **{"class": "figures"})
    return {part.texts("a")[0]: part.texts("strong")[0] for part in strip.all("li")}


def test_the_first_thing_said_is_how_it_goes(client, umea):
    page = read(client.get("/"))
    assert page.texts("h1") == ["Åt rätt håll, men inte fort nog"]
    assert page.texts("title")[0] == "Åt rätt håll, men inte fort nog – Klimatfärdplanen"
    (lead,) = page.texts("p", **{"class": "lead"})
    assert lead.startswith("Utsläppen i Umeå har minskat med 43 procent sedan 1990.")
    for drawing in page.all("svg", role="img"):
        assert drawing.attributes["aria-label"]
    assert "saknas till målet" in page.part("section", "Så långt räcker åtgärderna").text


def test_with_no_figures_the_page_is_calm(client):
    page = read(client.get("/"))
    assert page.texts("h1") == ["Tillsammans för en klimatneutral stad"]
    assert "finns inte här än" in page.text
    assert list(page.all("svg", role="img")) == []
    assert "Så långt räcker åtgärderna" not in page.texts("h2")
    assert "Ett gott exempel" not in page.texts("h2")


def test_anyone_sees_the_numbers_that_are_public(client, bostaden, norrbyggen):
    make_organisation("Lämnade", status=OrganisationStatus.LEFT)
    make_measure(bostaden, reduction_t="1200")
    make_measure(norrbyggen, reduction_t=None)
    make_measure(bostaden, reduction_t="900", published_at=None)
    make_measure(bostaden, reduction_t="800", status=MeasureStatus.IDEA)
    make_session(in_days=-1)
    make_session(in_days=-1, cancelled_at=timezone.now())
    assert figures(client.get("/")) == {
        "organisationer är med": "2",
        "åtgärder är publicerade": "3",
        "ton CO₂e per år väntas åtgärderna ge": "1 200",
        "lärandeträff i år": "1" if timezone.localdate().timetuple().tm_yday > 1 else "0",
    }


def test_with_nothing_reported_the_effect_is_unknown_and_not_nought(client):
    effect = figures(client.get("/"))["ton CO₂e per år väntas åtgärderna ge"]
    assert effect.startswith("–")


def test_every_figure_opens_its_rows(client):
    (strip,) = read(client.get("/")).all("ul", **{"class": "figures"})
    links = [link.attributes["href"] for link in strip.all("a")]
    assert links == ["/partner/", "/atgarder/", "/atgarder/", "/traffar/?when=past"]
    assert {client.get(link).status_code for link in links} == {200}


def test_the_next_open_session_is_shown_with_its_seats(client, ada):
    later = make_session("Senare", audience="public", in_days=20)
    opened = make_session("Öppen", audience="public", capacity=2)
    make_session("För partner", in_days=1)
    make_session("Inställd", audience="public", in_days=1, cancelled_at=timezone.now())
    make_session("Utkast", audience="public", in_days=1, published_at=None)
    make_session("Hållen", audience="public", in_days=-3)
    make_registration(opened, ada)
    answer = read(client.get("/")).part("section", "Nästa öppna träff")
    assert answer.texts("h3") == ["Öppen"]
    assert "1 plats kvar" in answer.text

    make_registration(opened, make_person(), RegistrationState.CONFIRMED, organisation=None)
    full = read(client.get("/")).part("section", "Nästa öppna träff")
    assert str(later) not in full.text
    assert "platser kvar" not in full.text


def test_how_many_more_than_a_year_ago_is_said_where_it_is_known():
    today = timezone.localdate()
    long_ago, lately = today - timedelta(days=900), today - timedelta(days=30)
    make_organisation("Gammal", joined_on=long_ago)
    make_organisation("Ny", joined_on=lately)
    make_organisation("Nyare", joined_on=lately)
    gone = {"status": OrganisationStatus.LEFT, "left_on": lately}
    make_organisation("Borta", joined_on=long_ago, **gone)
    make_organisation("Länge borta", joined_on=long_ago, **gone | {"left_on": long_ago})
    assert front.front(timezone.now())["partners_more"] == 1

    make_organisation("Okänd", joined_on=None)
    assert front.front(timezone.now())["partners_more"] is None


def test_the_sessions_of_the_year_are_added_up(bostaden, norrbyggen, ada, bo):
    now = timezone.now().replace(month=6, day=15)
    left = make_organisation("Borta", status=OrganisationStatus.LEFT)
    for number, person in enumerate([ada, bo, make_member(left)]):
        held = make_session(in_days=-number - 1)
        held.starts_at = now - timedelta(days=number + 2)
        held.ends_at = held.starts_at + timedelta(hours=2)
        held.save()
        make_attendance(held, person, organisation=[bostaden, norrbyggen, left][number])
        make_attendance(held, make_person(), "absent", organisation=bostaden)
    make_session(in_days=-400)
    assert front.front(now)["learning"] == {"sessions": 3, "attended": 3, "partners": 2}


def test_the_measure_that_gave_most_is_the_example(client, bostaden, norrbyggen, ada):
    best = make_measure(bostaden, "Samlastning", reduction_t="34")
    less = make_measure(norrbyggen, "Ljus", reduction_t="90")
    hidden = make_measure(bostaden, "Utkast", published_at=None)
    left = make_measure(make_organisation("Borta", status=OrganisationStatus.LEFT), "Borta")
    for measure, tonnes in [(best, 29), (less, 3), (hidden, 500), (left, 400)]:
        told = a_report(reduction_t=tonnes, text=f"Så gick {measure}.")
        reporting.report_progress(measure, told, {}, by=ada)
    example = read(client.get("/")).part("section", "Ett gott exempel")
    assert "Så gick Samlastning." in example.text
    assert example.texts("dd") == ["34 ton per år", "29 ton per år"]
    assert example.texts("a") == ["Läs om Samlastning"]
    assert "På svenska" not in example.text
    english = read(client.get("/en/")).part("section", "A good example")
    (quote,) = english.all("blockquote")
    assert quote.attributes["lang"] == "sv"
    assert "In Swedish" in english.text

    Organisation.objects.filter(pk=bostaden.pk).update(status=OrganisationStatus.LEFT)
    assert read(client.get("/")).part("section", "Ett gott exempel").texts("a") == ["Läs om Ljus"]


def test_everybody_who_is_in_is_named_by_sector(client, bostaden, norrbyggen):
    make_organisation("RISE", sector="academia")
    make_organisation("Utan", sector="")
    make_organisation("Kommer", status=OrganisationStatus.PROSPECT)
    make_organisation("Slutar", left_on=date(2020, 1, 1), joined_on=None)
    names = read(client.get("/")).part("section", "4 organisationer är med")
    assert names.texts("h3") == ["Näringsliv 2", "Akademi 1", "Övriga 1"]
    listed = [link.text for link in names.all("a") if "/partner/" in link.attributes["href"]]
    assert {"Bostaden", "Norrbyggen", "RISE", "Utan"} <= set(listed)
    assert "Kommer" not in listed
    assert "Slutar" not in listed


def test_one_joins_on_the_page_for_it(client):
    links = [link.attributes["href"] for link in read(client.get("/")).all("a")]
    assert links.count(reverse("join")) >= 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_start_page_costs_the_same(
    client, umea, bostaden, ada, rows, django_assert_num_queries
):
    for number in range(rows):
        make_session(audience="public")
        make_organisation(f"Nummer {number}")
        make_attendance(make_session(in_days=-1), ada)
        reporting.report_progress(make_measure(bostaden), a_report(), {}, by=ada)
    client.get("/")  # whoever comes first has the figures worked out
    with django_assert_num_queries(6):
        client.get("/")


def test_a_measure_that_changes_is_told_at_once(client, umea, bostaden):
    first = timezone.localdate().replace(month=1, day=1)
    measure = make_measure(bostaden, reduction_t="15400", start_on=first, status="planned")
    assert "alltså 10 procent" in read(client.get("/")).text
    Measure.objects.filter(pk=measure.pk).update(reduction_t="77000")
    assert "alltså 50 procent" in read(client.get("/")).text
