"""Which addresses are the portal's own."""

import pytest
from django.http import Http404

from northstar.sharing import addresses


@pytest.mark.parametrize("path", ["/", "/traffar/12/", "/en/sessions/12/", "/partner/bostaden/"])
def test_a_page_of_ours_has_its_full_address_in_both_languages(path, settings):
    settings.SITE_URL = "https://portal.example"
    assert addresses.own_page(path) == f"https://portal.example{path}"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "traffar/",
        "//evil.example/traffar/12/",
        "/\\evil.example/",
        "https://evil.example/",
        "/@evil.example/",
        "/traffar/12/?next=https://evil.example",
        "/traffar/12/\r\nHost: evil.example",
        "/traffar/12/\0",
        "/nothing/",
        "/admin/",
        "/traffar/" + "1" * 400 + "/",
    ],
)
def test_nothing_else_is(path):
    with pytest.raises(Http404):
        addresses.own_page(path)


def test_what_a_token_opens_is_known_by_its_beginning():
    assert addresses.beginnings("enquiry_confirm") == ["/bekrafta/", "/en/confirm/"]


def test_a_page_has_an_address_in_each_language(settings):
    settings.SITE_URL = "https://portal.example"
    assert addresses.in_each_language("session_detail", pk=3) == {
        "sv": "https://portal.example/traffar/3/",
        "en": "https://portal.example/en/sessions/3/",
    }
