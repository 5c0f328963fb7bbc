import pytest
from django.urls import reverse
from django.utils import translation


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_that_only_say_something_are_there_in_both_languages(client, db, name, prefix):
    with translation.override("en" if prefix else "sv"):
        page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.content.decode().count("<h1>") == 1
