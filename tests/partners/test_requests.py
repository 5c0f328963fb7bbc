"""Numbers out of addresses and forms, whatever is written there."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from partners.models import Invitation
from partners.requests import pk_in, pks_in
from tests.reading import read

ODD = ["", "-1", "1.5", "²", "٣", "9" * 5000, "%00", "x"]


@pytest.mark.parametrize("text", ODD)
def test_what_cannot_be_an_id_is_none(text):
    assert pk_in(QueryDict(f"copy={text}"), "copy") is None
    assert pk_in(QueryDict(""), "copy") is None


def test_ids_are_read_in_order_and_the_rest_is_passed_over():
    said = QueryDict("membership=7&membership=x&membership=3&membership=" + "9" * 19)
    assert pks_in(said, "membership") == [7, 3]
    assert pk_in(said, "membership") == 7


@pytest.mark.parametrize("text", [*ODD, "\0"])
def test_odd_ids_invite_nobody(as_, kim, ada, text):
    chosen = {"membership": [text]}
    assert as_(kim).post(reverse("people_invite"), chosen).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("query", ["q=%00", "state=%00", "q=%00&state=sent", "state=x"])
def test_the_outbox_opens_whatever_is_sought(as_, kim, query):
    page = as_(kim).get(reverse("outbox") + "?" + query)
    assert page.status_code == 200
    assert "Inga mejl hittades" in read(page).texts("h2")
