"""One's own details."""

import pytest
from django.urls import reverse

from partners.choices import choosing
from partners.models import Topic, User
from partners.people import profile_views
from tests.builders import make_person
from tests.reading import read


def test_a_person_changes_name_language_and_appearance(as_, ada):
    answer = as_(ada).post(
        reverse("profile"),
        {"name": " Ada\r\nÅ ", "phone": "090-786 50 00", "language": "en", "colour_scheme": "dark"},
    )
    assert answer["Location"] == "/en/account/"
    ada.refresh_from_db()
    assert (ada.name, ada.language, ada.colour_scheme) == ("Ada Å", "en", "dark")


def test_logging_out_stands_below_ones_details_and_not_first(as_, ada):
    page = as_(ada).get(reverse("profile")).text
    main = page[page.index("<main") :]
    assert main.index('name="name"') < main.index(">Logga ut</button>")


def test_a_person_cannot_change_their_role_or_address_by_the_form(as_, ada):
    data = {"name": "Ada", "language": "sv", "colour_scheme": "auto"}
    stolen = {"staff_role": "coordinator", "is_staff": "on", "email": "x@people.example"}
    before = ada.email
    as_(ada).post(reverse("profile"), data | stolen)
    ada.refresh_from_db()
    assert (ada.staff_role, ada.is_staff, ada.email) == ("", False, before)


@pytest.mark.django_db
def test_a_domain_is_shown_as_people_write_it(as_):
    person = make_person("Info", "Info@åäö.se")
    page = as_(person).get(reverse("profile")).content.decode()
    assert "info@åäö.se" in page
    assert "xn--" not in page


def test_saving_ones_details_leaves_alone_what_is_put_right_meanwhile(as_, ada, monkeypatch):
    is_valid = profile_views.ProfileForm.is_valid

    def valid_while_somebody_else_saves(form):
        User.objects.filter(pk=ada.pk).update(email="ada.as@people.example", name="Ada Ås")
        return is_valid(form)

    monkeypatch.setattr(profile_views.ProfileForm, "is_valid", valid_while_somebody_else_saves)
    data = {"name": ada.name, "language": "en", "colour_scheme": ada.colour_scheme}
    as_(ada).post(reverse("profile"), data)
    ada.refresh_from_db()
    assert (ada.email, ada.name, ada.language) == ("ada.as@people.example", "Ada Ås", "en")


def test_the_list_of_e_mails_follows_what_is_chosen(as_, ada):
    def listed():
        page = read(as_(ada).get(reverse("profile"))).text
        return [topic for topic in choosing.TOPICS if str(topic.label) in page]

    assert listed() == choosing.TOPICS
    choosing.choose(ada, [Topic.SURVEYS])
    assert listed() == [Topic.PLACES, Topic.DUTIES, Topic.NEWS]
    choosing.choose(ada, [Topic.SURVEYS, Topic.ALL])
    assert listed() == []
    assert "Din plats: " in read(as_(ada).get(reverse("profile"))).text
