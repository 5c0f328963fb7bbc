import pytest
from django.utils import timezone

from measures.models import MeasureStatus
from partners.models import OrganisationStatus
from tests.builders import make_measure, make_organisation, make_session
from tests.reading import read


def figures(response):
    """What each of the large numbers counts, and the number."""
    return {
        kpi.texts("span")[-1]: kpi.texts("strong")[0]
        for kpi in read(response).all("p", **{"class": "kpi"})
    }


def test_anyone_sees_the_numbers_that_are_public(client, bostaden, norrbyggen):
    make_organisation("Lämnade", status=OrganisationStatus.LEFT)
    make_measure(bostaden, reduction_t="1200")
    make_measure(norrbyggen, reduction_t=None)
    make_measure(bostaden, reduction_t="900", published_at=None)
    make_measure(bostaden, reduction_t="800", status=MeasureStatus.IDEA)
    make_session(in_days=-20)
    make_session(in_days=-10, cancelled_at=timezone.now())
    assert figures(client.get("/")) == {
        "anslutna organisationer": "2",
        "klimatåtgärder som är planerade, pågår eller är klara": "2",
        "ton CO₂e om året är deras förväntade effekt": "1 200",
        "hållen lärandeträff": "1",
    }


def test_with_nothing_reported_the_effect_is_unknown_and_not_nought(client, db):
    page = client.get("/")
    assert "0" in figures(page).values()
    assert figures(page)["ton CO₂e om året är deras förväntade effekt"].startswith("–")
    assert '<strong><span aria-hidden="true">–</span>' in page.content.decode()


def test_anyone_sees_the_coming_open_sessions_only(client, db):
    make_session("Öppen", audience="public")
    make_session("För partner")
    make_session("Inställd", audience="public", cancelled_at=timezone.now())
    make_session("Utkast", audience="public", published_at=None)
    make_session("Hållen", audience="public", in_days=-3)
    coming = read(client.get("/")).part("section", "Kommande öppna träffar")
    assert coming.texts("h3") == ["Öppen"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_start_page_costs_the_same(client, bostaden, rows, django_assert_num_queries):
    for _ in range(rows):
        make_session(audience="public")
        make_measure(bostaden)
    client.get("/")  # whoever comes first has the figures worked out
    with django_assert_num_queries(4):
        client.get("/")
