"""An organisation's facts are put right, it says who it is, and nobody's words are lost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.differences import seal
from partners.intake import partner_lists
from partners.models import Organisation, OrganisationAlias, OrganisationStatus
from partners.organisations import keeping
from tests.builders import make_import
from tests.partners.people.test_correcting import correct, typed
from tests.reading import read

ACTIVE, LEFT = OrganisationStatus.ACTIVE, OrganisationStatus.LEFT


GOOD, ALSO_GOOD = "212000-2627", "202100-2874"


@pytest.fixture
def bostaden(bostaden):
    """With a number whose last digit fits."""
    bostaden.org_number = GOOD
    bostaden.save()
    return bostaden


def test_an_organisations_facts_are_put_right(as_, kim, bostaden):
    client = as_(kim)
    answer = correct(
        client,
        "organisation_edit",
        bostaden,
        name="AB Bostaden i Umeå",
        org_number=ALSO_GOOD.replace("-", ""),
        sector="municipal_company",
        website="bostaden.example",
        joined_on="2023-11-30",
    )
    assert answer.status_code == 302
    bostaden.refresh_from_db()
    assert bostaden.name == "AB Bostaden i Umeå"
    assert bostaden.website == "https://bostaden.example"
    assert (bostaden.sector, bostaden.status) == ("municipal_company", ACTIVE)
    assert (bostaden.corrected_by, bostaden.org_number) == (kim, ALSO_GOOD)
    assert bostaden.status_changed_by is None
    # A list that still uses the former name finds it.
    assert OrganisationAlias.objects.get().organisation == bostaden
    batch = make_import(kim, "Organisation;E-post\nBostaden;x@bostaden.example\n")
    partner_lists.apply(batch, by=kim)
    assert Organisation.objects.get() == bostaden


def test_a_taken_number_is_said_beside_the_field(as_, kim, bostaden, norrbyggen):
    answer = correct(as_(kim), "organisation_edit", norrbyggen, org_number=GOOD)
    assert answer.status_code == 422
    beside = re.search(r'id="id_org_number_error"[^>]*>(.+?)</', answer.content.decode(), re.S)[1]
    assert "Bostaden har redan det här numret." in beside


def test_two_who_change_an_organisation_lose_nothing(as_, kim, bostaden):
    client = as_(kim)
    address = reverse("organisation_edit", args=[bostaden.slug])
    mine = typed(client.get(address))
    correct(client, "organisation_edit", bostaden, website="https://forst.example")
    answer = client.post(address, mine | {"website": "https://sedan.example"})
    assert answer.status_code == 422
    told = ["Webbplats", "https://forst.example", "https://sedan.example"]
    assert told in read(answer).rows()
    assert client.post(address, typed(answer)).status_code == 302
    bostaden.refresh_from_db()
    assert bostaden.website == "https://sedan.example"


TODAY = timedelta()


def test_an_organisation_says_who_it_is_in_its_own_words(as_, cai, bostaden):
    answer = correct(as_(cai), "organisation_words", bostaden, description_sv="Vi bygger hem.")
    assert answer["Location"] == reverse("partner_detail", args=[bostaden.slug])
    bostaden.refresh_from_db()
    assert (bostaden.description_sv, bostaden.corrected_by) == ("Vi bygger hem.", cai)


def test_own_words_are_few_and_not_everybodys_to_write(as_, cai, ada, bo, lo, bostaden):
    long = correct(as_(cai), "organisation_words", bostaden, description_sv="x" * 401)
    assert long.status_code == 422
    assert "x" * 401 in long.content.decode()
    for person in (ada, bo, lo):
        address = reverse("organisation_words", args=[bostaden.slug])
        assert as_(person).get(address).status_code == 403


def test_two_who_write_an_organisations_words_see_each_others(as_, cai, kim, bostaden):
    client = as_(cai)
    page = typed(client.get(reverse("organisation_words", args=[bostaden.slug])))
    words = {"description_sv": "Vi bygger hem.", "description_en": ""}
    seen = seal(keeping.words_of_organisation(bostaden))
    keeping.describe_organisation(bostaden, words, seen=seen, by=kim)
    answer = client.post(
        reverse("organisation_words", args=[bostaden.slug]), page | {"description_sv": "Vi hyr ut."}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Vi bygger hem." in text
    assert "Vi hyr ut." in text


@pytest.mark.parametrize(
    ("status", "days", "outcome"),
    [
        ("left", None, (LEFT, TODAY)),
        ("left", -3, (LEFT, timedelta(days=-3))),
        ("left", 3, (ACTIVE, timedelta(days=3))),
        ("active", 3, (ACTIVE, timedelta(days=3))),
        ("active", 0, "left_on"),
        ("prospect", 3, "left_on"),
        ("left", -9000, "left_on"),
    ],
)
def test_a_partner_is_given_a_day_to_leave(as_, kim, bostaden, status, days, outcome):
    Organisation.objects.update(joined_on=timezone.localdate() - timedelta(days=400))
    today = timezone.localdate()
    day = "" if days is None else str(today + timedelta(days=days))
    answer = correct(as_(kim), "organisation_edit", bostaden, status=status, left_on=day)
    bostaden.refresh_from_db()
    if isinstance(outcome, str):
        assert f'id="id_{outcome}_error"' in answer.content.decode()
        assert bostaden.status == ACTIVE
        return
    assert (bostaden.status, bostaden.left_on) == (outcome[0], today + outcome[1])
    assert bostaden.is_partner == (outcome[1] > TODAY)
    assert Organisation.objects.partners().filter(pk=bostaden.pk).exists() == bostaden.is_partner
