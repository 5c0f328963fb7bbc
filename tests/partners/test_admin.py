import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import RequestFactory
from django.urls import reverse

import northstar.urls  # noqa: F401  (what the product leaves registered)
from partners.models import Membership, MembershipRole, Organisation, OrganisationStatus, User
from tests.builders import (
    make_attendance,
    make_invitation,
    make_measure,
    make_member,
    make_person,
    make_registration,
    make_session,
)
from tests.northstar.rows import one_of_each

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


# What a superuser may do here, by model: add, change, delete, and what they may type in on the way.
# What an operation guards is in none of these lists: it has its own page or action.
PERSON = "name email phone language colour_scheme staff_role is_staff is_superuser"
ORGANISATION = "name slug org_number sector website joined_on focus_areas"
ORGANISATION += " description_sv description_en"
ROLE = "person organisation role"
SERIES = "title_sv title_en slug summary_sv summary_en"
CHALLENGE = "focus_area title_sv title_en position meaning_sv meaning_en"
WORKSHOP = {
    "partners.User": ("add change", PERSON),
    "partners.Organisation": ("add change", ORGANISATION),
    "partners.Membership": ("add", ROLE),
    "partners.Invitation": ("", ""),
    "partners.Message": ("", ""),
    "partners.ImportBatch": ("", ""),
    "partners.FocusArea": ("add change", "key title_sv title_en position"),
    "partners.OrganisationAlias": ("add change delete", "organisation folded"),  # a mistaken name
    "learning.Series": ("add change delete", SERIES),  # one with sessions is held by them
    "learning.LearningSession": ("", ""),
    "learning.SessionReminder": ("", ""),
    "learning.SessionReminderRun": ("", ""),
    "learning.Registration": ("", ""),
    "learning.Attendance": ("", ""),
    "learning.VisitorRequest": ("", ""),
    "learning.Material": ("", ""),
    "learning.MaterialTelling": ("", ""),
    "learning.SurveyInvitation": ("", ""),
    "learning.Intention": ("", ""),
    "learning.BarrierObservation": ("", ""),
    "measures.Challenge": ("add change delete", CHALLENGE),  # one with measures is held by them
    "measures.Measure": ("", ""),
    "measures.MeasureReport": ("", ""),
    "measures.MeasureReminder": ("", ""),
    "measures.MeasureReminderRun": ("", ""),
}
WORKSHOPS = [
    pytest.param(model, workshop, id=model._meta.label)
    for model, workshop in admin.site._registry.items()
]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_model_of_the_workshop_is_in_the_table():
    assert {model._meta.label for model in admin.site._registry} == set(WORKSHOP)


@pytest.mark.parametrize(("model", "workshop"), WORKSHOPS)
def test_a_superuser_may_do_what_the_table_says_and_no_more(db, model, workshop):
    may, editable = (set(words.split()) for words in WORKSHOP[model._meta.label])
    request = RequestFactory().get("/")
    request.user = make_person("Root", is_staff=True, is_superuser=True)
    row = one_of_each()[model]

    allowed = {name for name in ("add", "change", "delete") if _may(workshop, name, request, row)}
    assert allowed == may
    forms = [("add", None), ("change", row)]
    typed = [set(workshop.get_form(request, r).base_fields) for name, r in forms if name in may]
    assert all(fields == editable for fields in typed), typed
    assert not workshop.inlines
    assert not workshop.list_editable


def _may(workshop, name, request, row):
    ask = getattr(workshop, f"has_{name}_permission")
    return ask(request) if name == "add" else ask(request) or ask(request, row)


@pytest.mark.parametrize(("model", "workshop"), WORKSHOPS)
def test_what_the_table_forbids_is_refused_when_it_is_posted(root, model, workshop):
    may = WORKSHOP[model._meta.label][0].split()
    row = one_of_each()[model]
    assert root.get(address(model, "change", row.pk)).status_code == 200
    before = list(model.objects.order_by("pk").values())
    chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    posts = {
        "add": lambda: root.post(address(model, "add"), {}),
        "change": lambda: root.post(address(model, "change", row.pk), {}),
        "delete": lambda: root.post(address(model, "delete", row.pk), {"post": "yes"}),
    }
    for name, post in posts.items():
        if name not in may:
            assert post().status_code == 403, name
    if "delete" not in may:
        root.post(address(model, "changelist"), chosen)
        assert list(model.objects.order_by("pk").values()) == before


def test_people_are_shut_out_and_let_in_by_name(root, ada):
    def do(action):
        root.post(address(User, "changelist"), {"action": action, "_selected_action": ada.pk})
        ada.refresh_from_db()

    do("shut_out")
    assert not ada.is_active
    assert ada.access_changed_by.name == "Root"
    assert ada.memberships.get().ended_by.name == "Root"
    do("let_in")
    assert ada.is_active


def test_an_action_says_what_is_refused_and_goes_on(root, ada):
    itself = User.objects.get(name="Root")
    chosen = {"action": "shut_out", "_selected_action": [itself.pk, ada.pk]}
    page = root.post(address(User, "changelist"), chosen, follow=True).content.decode()
    assert "Root: " in page
    assert set(User.objects.filter(is_active=True).values_list("name", flat=True)) == {"Root"}


def test_organisations_leave_and_join_by_name(root, bostaden):
    for action, status in [("leave", OrganisationStatus.LEFT), ("join", OrganisationStatus.ACTIVE)]:
        chosen = {"action": action, "_selected_action": bostaden.pk}
        root.post(address(Organisation, "changelist"), chosen)
        bostaden.refresh_from_db()
        assert bostaden.status == status
        assert bostaden.status_changed_by.name == "Root"


def test_a_membership_is_added_and_ended_by_name(root, bostaden):
    person = make_member(bostaden)
    person.memberships.all().delete()
    data = {"person": person.pk, "organisation": bostaden.pk, "role": MembershipRole.MEMBER}
    root.post(address(Membership, "add"), data)
    row = person.memberships.get()
    assert row.created_by.name == "Root"
    chosen = {"action": "end", "_selected_action": row.pk}
    root.post(address(Membership, "changelist"), chosen)
    row.refresh_from_db()
    assert row.ended_by.name == "Root"
    assert LogEntry.objects.filter(user__name="Root").exists()
