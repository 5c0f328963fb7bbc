"""The named pages: each is there for everybody, and called as it calls itself."""

import pytest
from django.utils import translation

from northstar.middleware import PUBLIC_VIEWS
from northstar.search.signposts import SIGNPOSTS


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("signpost", SIGNPOSTS, ids=lambda one: one.url_name)
def test_a_signpost_leads_to_an_open_page(client, signpost, language):
    with translation.override(language):
        address = signpost.address

    assert signpost.url_name in PUBLIC_VIEWS
    assert client.get(address).status_code == 200


def test_no_page_has_two_signposts():
    names = [one.url_name for one in SIGNPOSTS]

    assert len(set(names)) == len(names)
