"""The pages on which people ask to be erased, and coordinators carry it out."""

import pytest
from django.urls import reverse

from northstar.own_data import erasing
from partners.models import ErasureWish, Message, User
from tests.builders import make_letter, make_person, make_registration, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_who_asks_reads_first_what_goes_and_what_stays_and_may_think_again(as_, ada, kim):
    make_registration(make_session(), ada)
    client = as_(ada)
    text = read(client.get(reverse("own_erasure"))).text
    assert "finns kvar, utan personuppgifter" in text
    assert "Finansiären kan fråga hur många som deltog" in text
    page = client.post(reverse("own_erasure"), follow=True)
    assert "Du har bett om att bli borttagen" in page.text
    assert ErasureWish.objects.open().get().person == ada
    page = client.post(reverse("own_erasure_withdraw"), follow=True)
    assert "Ditt önskemål är tillbakadraget." in page.text
    assert not ErasureWish.objects.open().exists()


def test_the_page_of_ones_data_leads_there_and_that_of_people_to_the_wishes(as_, ada, kim):
    assert reverse("own_erasure") in as_(ada).get(reverse("own_data")).text
    assert reverse("erasures") in as_(kim).get(reverse("people_list")).text


def test_a_coordinator_sees_who_waits_and_what_becomes_of_it_and_carries_it_out(as_, ada, kim):
    wish = erasing.ask(ada)
    client = as_(kim)
    assert ada.name in client.get(reverse("erasures")).text
    text = read(client.get(reverse("erasure", args=[wish.pk]))).text
    assert "Ska Ada Åström tas bort?" in text
    page = client.post(reverse("erasure", args=[wish.pk]), follow=True)
    assert "Personen är borttagen" in page.text
    assert ada.name not in page.text
    assert User.objects.get(pk=ada.pk).email is None
    text = read(client.get(reverse("erasure", args=[wish.pk]))).text
    assert "Borttagen person" in text
    assert "av Kim Krans" in text


def test_whoever_is_erased_is_logged_out_at_once(client, ada, kim):
    client.force_login(ada)
    erasing.erase(erasing.ask(ada), by=kim)
    assert client.get(reverse("own_data")).status_code == 302


def test_why_it_cannot_be_done_yet_stands_where_the_button_would(as_, kim):
    wish = erasing.ask(kim)
    page = as_(kim).get(reverse("erasure", args=[wish.pk]))
    assert "En annan samordnare måste göra det." in page.text
    assert "Ta bort personen" not in read(page).text
    page = as_(kim).post(reverse("erasure", args=[wish.pk]), follow=True)
    assert "En annan samordnare måste göra det." in page.text
    assert User.objects.get(pk=kim.pk).email


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_however_much_there_is(
    as_, ada, kim, rows, django_assert_num_queries
):
    for number in range(rows):
        erasing.ask(make_person(f"Person {number}"))
        make_letter(ada, subject=f"Mejl {number}")
    wish = erasing.ask(ada)
    client = as_(kim)
    with django_assert_num_queries(4):
        client.get(reverse("erasures"))
    with django_assert_num_queries(55):
        client.get(reverse("erasure", args=[wish.pk]))
    client = as_(ada)
    with django_assert_num_queries(54):
        client.get(reverse("own_erasure"))
    assert Message.objects.filter(letter="northstar/erasure_wanted").count() == rows + 1
