"""The page where e-mails are chosen, and the one that a letter's link opens without a login."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from partners.choices import choosing
from partners.models import SwitchedOff, Topic, User
from partners.post import unsubscribing
from tests.reading import read

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(ada):
    return reverse("unsubscribe", args=[unsubscribing.token_of(ada.pk, [Topic.SURVEYS])])


def off(person):
    return SwitchedOff.objects.by(person)


def ticked(response):
    boxes = read(response).all("input")
    boxes = [box.attributes for box in boxes if box.attributes.get("type") == "checkbox"]
    return {box.get("value", "on") for box in boxes if "checked" in box}


def test_everything_is_ticked_at_first_and_what_is_switched_off_is_not(as_, ada):
    page = as_(ada).get(reverse("email_choices"))
    assert ticked(page) == {"places", "duties", "surveys", "news"}
    as_(ada).post(reverse("email_choices"), {"wanted": ["places", "duties", "news"]})
    assert off(ada) == {Topic.SURVEYS}
    assert ticked(as_(ada).get(reverse("email_choices"))) == {"places", "duties", "news"}


def test_one_switch_leaves_only_what_one_must(as_, ada):
    said = {"wanted": ["places", "duties", "news"], "only_musts": "on"}
    page = as_(ada).post(reverse("email_choices"), said, follow=True)
    assert "Dina val är sparade." in page.text
    assert off(ada) == {Topic.SURVEYS, Topic.ALL}
    assert ticked(page) == {"places", "duties", "news", "on"}


def test_a_topic_that_does_not_exist_is_said_beside_the_field_and_changes_nothing(as_, ada):
    page = as_(ada).post(reverse("email_choices"), {"wanted": ["places", "all"]})
    assert page.status_code == 422
    assert off(ada) == set()


def test_each_topic_says_what_it_means_and_what_always_comes_stands_beside(as_, ada):
    text = as_(ada).get(reverse("email_choices")).text
    assert "Fyra frågor, en gång, efter en träff du var med på." in text
    assert "Det går inte att stänga av" in text
    assert "Bara det jag måste få" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_is_off(as_, ada, rows, django_assert_num_queries):
    SwitchedOff.objects.bulk_create(
        SwitchedOff(person=ada, topic=topic) for topic in list(Topic)[:rows]
    )
    client = as_(ada)
    client.get(reverse("email_choices"))
    with django_assert_num_queries(3):
        client.get(reverse("email_choices"))


def test_the_profile_leads_there(as_, ada):
    assert reverse("email_choices") in as_(ada).get(reverse("profile")).text


def test_to_look_at_the_link_changes_nothing(client, ada, link):
    for _ in range(2):
        page = client.get(link)
        assert (page.status_code, page["Cache-Control"].count("no-store")) == (200, 1)
        assert client.head(link).status_code == 200
    assert off(ada) == set()
    assert "Enkäter efter träffar" in page.text
    assert "Vill du stänga av de här mejlen?" in page.text
    assert ada.name not in page.text, "whoever has the link learns the first name alone"


def test_a_press_switches_off_that_and_no_more_and_is_taken_back_there(client, ada, bo, link):
    page = client.post(link)
    assert "Du får inga fler sådana mejl" in page.text
    assert off(ada) == {Topic.SURVEYS}
    assert off(bo) == set()
    back = reverse("subscribe_again", args=[link.rstrip("/").rpartition("/")[2]])
    assert back in page.text
    page = client.post(back, follow=True)
    assert "Du får de här mejlen igen." in page.text
    assert off(ada) == set()


def test_from_a_letter_only_musts_ends_said_beforehand_and_the_other_choices_hold(
    as_, client, ada, link
):
    choosing.choose(ada, [Topic.NEWS, Topic.ALL])
    page = client.get(link).text
    assert "Om du slår på det här igen" in page
    back = reverse("subscribe_again", args=[link.rstrip("/").rpartition("/")[2]])
    page = client.post(back, follow=True)
    assert "gäller igen" in page.text
    assert off(ada) == {Topic.NEWS}
    assert ticked(as_(ada).get(reverse("email_choices"))) == {"places", "duties", "surveys"}


def test_under_only_musts_it_says_that_the_ticks_do_not_count(as_, ada):
    said = "Du får bara det du måste få nu."
    assert said not in as_(ada).get(reverse("email_choices")).text
    choosing.choose(ada, [Topic.ALL])
    assert said in as_(ada).get(reverse("email_choices")).text


def test_a_mail_program_switches_off_with_one_post_and_no_token(ada, link):
    robot = Client(enforce_csrf_checks=True)
    assert robot.post(link, ONE_CLICK).status_code == 200
    assert robot.post(link, ONE_CLICK).status_code == 200
    assert off(ada) == {Topic.SURVEYS}


def test_taking_it_back_needs_the_token_of_its_page(ada, link):
    choosing.switch_off(ada, [Topic.SURVEYS])
    robot = Client(enforce_csrf_checks=True)
    back = reverse("subscribe_again", args=[link.rstrip("/").rpartition("/")[2]])
    assert robot.post(back).status_code == 403
    assert off(ada) == {Topic.SURVEYS}


def test_whose_link_it_is_decides_and_not_who_has_logged_in(as_, ada, bo, link):
    as_(bo).post(link)
    assert (off(ada), off(bo)) == ({Topic.SURVEYS}, set())


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_changed_link_says_calmly_that_it_does_not_work(client, ada, bo, link, method):
    body, _, seal = link.rstrip("/").rpartition("/")[2].partition(":")
    other = unsubscribing.token_of(bo.pk, [Topic.SURVEYS]).partition(":")[0]
    for token in (f"{other}:{seal}", f"{body}:{seal[1:]}", body, "x"):
        page = getattr(client, method)(reverse("unsubscribe", args=[token]))
        assert page.status_code == 404
        assert "Länken fungerar inte" in page.text
        back = client.post(reverse("subscribe_again", args=[token]))
        assert back.status_code == 404
    assert not SwitchedOff.objects.exists()


def test_where_it_is_busy_a_mail_program_hears_that_nothing_was_done(client, link, monkeypatch):
    def busy(person, topics):
        raise ValidationError("Vänta en stund.", code="busy")

    monkeypatch.setattr(choosing, "switch_off", busy)
    page = client.post(link, ONE_CLICK)
    assert page.status_code == 503
    assert "Vänta en stund." in page.text


def test_the_page_speaks_the_language_of_the_letter(client, ada):
    User.objects.filter(pk=ada.pk).update(language="en")
    address = unsubscribing.link(ada.pk, "en", [Topic.SURVEYS])
    page = client.get(address.removeprefix("http://localhost:8000"))
    assert "Switch off these e-mails?" in page.text
