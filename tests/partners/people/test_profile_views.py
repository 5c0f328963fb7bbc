"""The public list of partners, and one's own details."""

import pytest
from django.urls import reverse

from partners.models import FocusArea, OrganisationStatus, User
from partners.people import directory_views
from tests.builders import make_organisation, make_person


def test_partners_are_listed_in_swedish_order_under_their_letters(client, db):
    for name in ["Östra", "Zeta", "Ålidhem", "älven", "Bostaden"]:
        make_organisation(name)
    make_organisation("Lämnade", status=OrganisationStatus.LEFT)
    page = client.get(reverse("partner_list"))
    assert [letter for letter, _ in page.context["letters"]] == ["B", "Z", "Å", "Ä", "Ö"]
    assert "Lämnade" not in page.content.decode()


def test_partners_are_found_by_name_sector_and_focus_area(client, bostaden, norrbyggen):
    area = FocusArea.objects.first()
    bostaden.focus_areas.add(area)
    make_organisation("Kommunen", sector="public")

    def found(**query):
        answer = client.get(reverse("partner_list"), query)
        return [o.name for _, group in answer.context["letters"] for o in group]

    assert found(q="bygg") == ["Norrbyggen"]
    assert found(sector="public") == ["Kommunen"]
    assert found(focus=area.key) == ["Bostaden"]
    assert found(q="finns inte") == []
    assert len(found(sector="nonsense")) == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_partners_costs_the_same(client, db, rows, django_assert_num_queries):
    for number in range(rows):
        make_organisation(f"Org {number}")
    with django_assert_num_queries(4):  # focus areas, how many, partners, their focus areas
        client.get(reverse("partner_list"))


def test_partners_come_a_page_at_a_time_under_their_letters(client, db, monkeypatch):
    monkeypatch.setattr(directory_views, "ROWS_A_PAGE", 2)
    for name in ["Adam", "Anton", "Arvid", "Bo"]:
        make_organisation(name)

    def shown(**query):
        page = client.get(reverse("partner_list"), query).context
        letters = [(letter, [o.name for o in found]) for letter, found in page["letters"]]
        return page["count"], letters

    assert shown() == (4, [("A", ["Adam", "Anton"])])
    assert shown(page=2) == (4, [("A", ["Arvid"]), ("B", ["Bo"])])
    assert shown(q="a", page=2) == (3, [("A", ["Arvid"])])


def test_a_person_changes_name_language_and_appearance(as_, ada):
    answer = as_(ada).post(
        reverse("profile"),
        {"name": " Ada\r\nÅ ", "phone": "090-786 50 00", "language": "en", "colour_scheme": "dark"},
    )
    assert answer["Location"] == "/en/account/"
    ada.refresh_from_db()
    assert (ada.name, ada.language, ada.colour_scheme) == ("Ada Å", "en", "dark")


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
    is_valid = directory_views.ProfileForm.is_valid

    def valid_while_somebody_else_saves(form):
        User.objects.filter(pk=ada.pk).update(email="ada.as@people.example", name="Ada Ås")
        return is_valid(form)

    monkeypatch.setattr(directory_views.ProfileForm, "is_valid", valid_while_somebody_else_saves)
    data = {"name": ada.name, "language": "en", "colour_scheme": ada.colour_scheme}
    as_(ada).post(reverse("profile"), data)
    ada.refresh_from_db()
    assert (ada.email, ada.name, ada.language) == ("ada.as@people.example", "Ada Ås", "en")
