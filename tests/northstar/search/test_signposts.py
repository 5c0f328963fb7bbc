"""The named pages: each is there for everybody, and called as it calls itself."""

import pytest
from django.utils import translation

from northstar.middleware import PUBLIC_VIEWS
from northstar.search.signposts import FOR_COORDINATORS, SIGNPOSTS, signposts


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("signpost", SIGNPOSTS, ids=lambda one: one.url_name)
def test_a_signpost_leads_to_an_open_page(client, signpost, language):
    with translation.override(language):
        address = signpost.address

    assert signpost.url_name in PUBLIC_VIEWS
    assert client.get(address).status_code == 200


def test_no_page_has_two_signposts():
    names = [one.url_name for one in [*SIGNPOSTS, *FOR_COORDINATORS]]

    assert len(set(names)) == len(names)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("signpost", FOR_COORDINATORS, ids=lambda one: one.url_name)
def test_a_page_of_coordinators_is_shown_to_them_alone(as_, kim, lo, signpost, language):
    kim.language = language
    kim.save()
    with translation.override(language):
        address, name = signpost.address, str(signpost)

    page = as_(kim).get(address)
    assert page.status_code == 200
    assert f"<h1>{name}</h1>" in page.text
    assert signpost in signposts(kim)
    assert signpost not in signposts(lo)
    assert as_(lo).get(address).status_code == 403
