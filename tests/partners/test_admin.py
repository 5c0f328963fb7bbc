import pytest
from django.contrib import admin
from django.urls import reverse

from partners.models import Organisation, User
from tests.builders import (
    make_attendance,
    make_invitation,
    make_measure,
    make_person,
    make_registration,
    make_session,
)

OURS = [
    model
    for model in admin.site._registry
    if model._meta.app_label in {"partners", "learning", "measures"}
]


@pytest.fixture
def root(db, client):
    person = make_person("Root", is_staff=True, is_superuser=True)
    client.force_login(person)
    return client


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_of_the_workshop_opens_and_can_be_searched(root, ada, bostaden, model):
    session = make_session()
    make_registration(session, ada)
    make_attendance(session, ada)
    make_measure(bostaden)
    make_invitation(ada, bostaden, by=ada)
    link = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert root.get(link, {"q": "ada"}).status_code == 200
    for row in model.objects.all()[:1]:
        link = link + f"{row.pk}/change/"
        assert root.get(link).status_code == 200


def test_an_address_is_kept_in_lower_case(root):
    data = {"name": "Nina", "email": "Nina@People.Example", "language": "sv", "is_active": "on"}
    root.post(reverse("admin:partners_user_add"), data | {"colour_scheme": "auto"})
    person = User.objects.get(name="Nina")
    assert person.email == "nina@people.example"
    assert not person.has_usable_password()


def test_two_organisations_may_both_lack_a_number(root):
    for name in ["Ett", "Två"]:
        data = {"name": name, "slug": f"org-{len(name)}{name[0].lower()}", "status": "active"}
        root.post(reverse("admin:partners_organisation_add"), data | {"org_number": ""})
    assert Organisation.objects.filter(org_number=None).count() == 2
