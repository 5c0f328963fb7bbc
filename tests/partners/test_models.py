"""Who sees organisations: partners are public, others are seen by their own people and by staff."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from measures.models import Measure
from partners.models import Membership, Message, Organisation, OrganisationStatus, User
from tests.builders import make_measure, make_member, make_organisation, make_person, put_letter

pytestmark = pytest.mark.django_db


def test_who_has_left_is_seen_by_its_own_people_and_by_staff(bostaden, ada, bo, lo):
    left = make_organisation("Lämnat", status=OrganisationStatus.LEFT)
    prospect = make_organisation("Kanske", status=OrganisationStatus.PROSPECT)
    former = make_member(left, "Tidigare")

    assert not {left, prospect} & set(Organisation.objects.visible_to(AnonymousUser()))
    assert not {left, prospect} & set(Organisation.objects.visible_to(ada))
    assert {left, prospect} & set(Organisation.objects.visible_to(former)) == {left}
    assert {left, prospect, bostaden} <= set(Organisation.objects.visible_to(lo))


@pytest.mark.parametrize(
    "words",
    ["Éva Sörensen", "eva sörensen", "SÖRENSEN eva", " sörensen \u00a0 eva", "So\u0308rensen",
     "åkerlund", "sörensen-åkerlund", "Sørensen Åkerlund", "eva@exempel", "eva@åäö-x.se",
     "åäö-x.se",
     "e\u0301va", "ＥＶＡ", "örensen"],
)  # fmt: skip
def test_a_search_folds_case_forms_order_spaces_and_hyphens(words):
    person = make_person("E\u0301va Sörensen-Åkerlund", "eva@exempel.example")
    other = make_person("Éva Sörensen-Åkerlund", "eva@åäö-x.se")
    assert {person, other} >= set(User.objects.matching(words)) > set()


@pytest.mark.parametrize("words", ["Sorensen", "Akerlund", "e_a", "%", "eva berg", "\\"])
def test_a_search_finds_no_more_than_its_words(words):
    make_person("Éva Sörensen-Åkerlund", "eva@exempel.example")
    assert not User.objects.matching(words).exists()


def test_every_list_searches_alike(bostaden, ada, bo, lo):
    make_measure(bostaden, title="Laddstolpar på Åkergatan")
    letter = put_letter(ada, "search:1")
    first, last = ada.name.split()
    swapped = f" {last.upper()}   {first.lower()} "
    name = " ".join(reversed(bostaden.name.upper().split()))
    assert list(Organisation.objects.matching(name)) == [bostaden]
    assert ada in {
        row.person for row in Membership.objects.with_invited_at().matching(f"{first} {name}")
    }
    assert letter in Message.objects.matching(swapped)
    assert Measure.objects.matching({"q": f"åkergatan {name}"}, lo).count() == 1
    assert ada in User.objects.matching(swapped)


def test_one_mailbox_is_one_person_however_it_is_written():
    person = User.objects.create_user("Info@ÅÄÖ.se", "Info")
    assert person.email == "info@xn--4cab6c.se"
    for text in (
        "info@åäö.se",
        "INFO@XN--4CAB6C.SE",
        "Info <info@åäö.se>",
        "info@a\u030aäö.se\u200b",
    ):
        assert User.objects.with_address(text).get() == person
        assert User.objects.get_by_natural_key(text) == person
    for text in ("", "info", "info(at)åäö.se"):
        assert not User.objects.with_address(text).exists()


def test_old_rows_get_the_one_spelling_and_none_is_lost(caplog):
    respell = importlib.import_module(
        "partners.migrations.0006_one_spelling_of_names_and_addresses"
    ).respell
    unicode = make_person("A\u030asa", "a@x.example")
    User.objects.filter(pk=unicode.pk).update(
        email="Info@åäö.se", name="A\u030asa", phone="+46 (0)70-123 45 67"
    )
    first, second = make_person("Ett", "b@x.example"), make_person("Två", "c@xn--4cab6c.se")
    User.objects.filter(pk=first.pk).update(email="C@åäö.se", phone="växeln")
    respell(apps, None)
    unicode.refresh_from_db()
    first.refresh_from_db()
    assert (unicode.email, unicode.name) == ("info@xn--4cab6c.se", "Åsa")
    assert unicode.phone == "070-123 45 67"
    assert (first.email, first.phone) == ("C@åäö.se", "växeln")
    assert f"Person {first.pk} has the mailbox of person {second.pk}" in caplog.text
