"""What a visitor may open, and nothing else, in both languages."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from northstar.sharing import sitemap
from partners.models import OrganisationStatus
from tests.builders import make_measure, make_organisation, make_session

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}

pytestmark = pytest.mark.django_db


def paths(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [url.find("s:loc", NAMES).text.partition("//")[2].partition("/")[2] for url in root]


def test_only_what_everybody_may_see_is_there(client, bostaden):
    published, draft = make_measure(bostaden), make_measure(bostaden, published_at=None)
    public, partners = make_session(audience="public"), make_session()
    hidden = make_session(audience="public", published_at=None)
    left = make_organisation("Lämnat", status=OrganisationStatus.LEFT)

    found = paths(client)

    for path in ("", "en/", "traffar/", "bli-partner/", "en/join/"):
        assert path in found
    assert f"traffar/{public.pk}/" in found
    assert f"en/measures/{published.pk}/" in found
    assert f"partner/{bostaden.slug}/" in found
    for path in (f"atgarder/{draft.pk}/", f"traffar/{partners.pk}/", f"traffar/{hidden.pk}/"):
        assert path not in found
    assert not any(left.slug in path for path in found)
    assert len(found) == len(set(found))


def test_each_page_names_its_twin_and_itself(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    for url in root:
        twins = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}
        assert set(twins) == {"sv", "en"}
        assert url.find("s:loc", NAMES).text in twins.values()


def test_every_page_of_the_list_is_there_for_a_visitor(client):
    for name in sitemap.SAME_FOR_ALL:
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_three_queries(client, rows, django_assert_num_queries):
    for number in range(rows):
        make_measure(make_organisation(f"Org {number}"))
        make_session(audience="public")
    with django_assert_num_queries(3):
        client.get("/sitemap.xml")


def test_it_stays_within_what_a_file_may_hold(client, bostaden, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 2)
    for _ in range(4):
        make_measure(bostaden)
    found = [path for path in paths(client) if path.startswith("atgarder/") and path != "atgarder/"]
    assert len(found) == 2
    assert 2 * (3 * 5_000 + len(sitemap.SAME_FOR_ALL)) < 50_000
