"""Somebody is taken out of the portal, and what counts stays."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone, translation

from learning.models import Attendance, Intention, Registration
from northstar.own_data import erasing, mails
from partners.models import (
    BouncedAddress,
    Enquiry,
    ErasureWish,
    Invitation,
    Membership,
    Message,
    MessageState,
    SwitchedOff,
    Topic,
    User,
)
from tests.builders import (
    make_attendance,
    make_enquiry,
    make_import,
    make_invitation,
    make_leader,
    make_letter,
    make_mailing,
    make_measure,
    make_next_step,
    make_person,
    make_registration,
    make_session,
    make_survey,
    make_visitor_request,
)
from tests.factors import make_app

pytestmark = pytest.mark.django_db
NAME, ADDRESS, PHONE = "Ada Åström-Quist", "ada.quist+klimat@bostaden.example", "070-123 45 67"


@pytest.fixture
def ada(ada):
    ada.name, ada.email, ada.phone = NAME, ADDRESS, PHONE
    ada.save()
    return ada


@pytest.fixture
def wish(ada):
    return ErasureWish.objects.create(person=ada)


def rows_of(ada, number=1):
    for at in range(number):
        session = make_session(f"Träff {at}", in_days=-1 - at)
        make_registration(session, ada)
        make_attendance(session, ada)
        make_next_step(session, ada)
        make_survey(session, ada)
        make_letter(ada, subject=f"Mejl {at}", text=f"Hej {NAME}", sent_to=ADDRESS)


def everywhere(ada, bo, kim, bostaden):
    """Her name and address in all the places where they come to stand."""
    rows_of(ada)
    session = make_session(summary_sv=f"Fråga {NAME} ({ADDRESS.upper()}).")
    make_letter(bo, subject=f"{NAME} är ny", text=f"{NAME}, {ADDRESS}, {PHONE}", reply_to=ADDRESS)
    make_invitation(ada, bostaden, by=kim, name=NAME)
    make_enquiry(email=ADDRESS, name=NAME, phone=PHONE, text=f"Hälsar {NAME}")
    make_visitor_request(session, email=ADDRESS, name=NAME)
    make_leader(kim, name=NAME, email=ADDRESS)
    make_import(kim, f"Organisation;Kontaktperson;E-post\nBostaden;{NAME};{ADDRESS}\n")
    make_mailing(kim, text_sv=f"Tacka {NAME}.")
    make_measure(bostaden, description=f"{NAME.lower()} håller i den.", created_by=ada)
    letter = make_letter(ada, text=f"Hej {NAME}", sent_to=ADDRESS)
    BouncedAddress.objects.create(
        address=ADDRESS, bounced_at=timezone.now(), said=f"550 {ADDRESS}", letter=letter
    )
    SwitchedOff.objects.create(person=ada, topic=Topic.NEWS)
    make_app(ada)


def columns_holding(*texts):
    """Every column of the database, whatever its kind, in which one of *texts* stands."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.BinaryField):
                    continue
                table, column = model._meta.db_table, field.column
                for text in texts:
                    cursor.execute(
                        f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s',
                        [f"%{text}%"],
                    )
                    if cursor.fetchone()[0]:
                        found.add((table, column))
    return found


def erase(wish, kim):
    return erasing.erase(wish, by=kim)


def test_afterwards_no_column_of_any_table_holds_name_address_or_telephone(
    ada, bo, kim, bostaden, wish
):
    everywhere(ada, bo, kim, bostaden)
    assert len(columns_holding(NAME, ADDRESS, PHONE)) > 15
    erase(wish, kim)
    last = {("partners_message", "sent_to")}
    assert columns_holding(NAME, ADDRESS, PHONE) == last, "the letter that tells her has to leave"
    Message.objects.filter(letter=mails.PERSON_ERASED).update(
        state=MessageState.SENT, sent_at=timezone.now()
    )
    assert erasing.forget_last_letters(timezone.now()) == 1
    assert columns_holding(NAME, ADDRESS, PHONE) == set()


def test_what_counts_stays_and_is_nobodys(ada, kim, bo, bostaden, wish):
    everywhere(ada, bo, kim, bostaden)
    counted = (Registration, Attendance, Intention, Membership, Invitation, Enquiry)
    before = {model: model.objects.count() for model in counted}
    erase(wish, kim)
    assert {model: model.objects.count() for model in counted} == before
    assert not SwitchedOff.objects.exists()
    assert not BouncedAddress.objects.exists()
    assert not Authenticator.objects.exists()
    person = User.objects.get(pk=ada.pk)
    assert (person.email, person.phone, person.is_active) == (None, "", False)
    assert str(person) == person.name == "Borttagen person"
    assert not Membership.objects.current().filter(person=ada).exists()
    assert not ada.has_usable_password()


def test_an_erased_person_is_called_so_in_the_language_of_the_reader(ada, kim, wish):
    erase(wish, kim)
    with translation.override("en"):
        assert str(User.objects.get(pk=ada.pk)) == "Erased person"


def test_another_of_the_same_name_keeps_theirs_and_what_is_written_of_them(ada, bo, kim, wish):
    twin = make_person(NAME)
    make_letter(bo, text=f"{NAME} kommer, {ADDRESS}")
    erase(wish, kim)
    assert User.objects.get(pk=twin.pk).name == NAME
    assert Message.objects.get(recipient=bo).text == f"{NAME} kommer, •••"


def test_a_longer_name_or_address_that_holds_hers_is_left_alone(ada, bo, kim, wish):
    text = f"x{ADDRESS} och {ADDRESS}x och {NAME}son"
    make_letter(bo, text=text)
    erase(wish, kim)
    assert Message.objects.get(recipient=bo).text == text


def test_letters_that_wait_go_nowhere_and_both_are_told(ada, kim, wish):
    make_letter(ada, subject="Påminnelse")
    erase(wish, kim)
    waiting = Message.objects.filter(state=MessageState.WAITING)
    assert {(m.letter, m.recipient, m.sent_to) for m in waiting} == {
        (mails.PERSON_ERASED, None, ADDRESS),
        ("northstar/erasure_done", kim, ""),
    }
    assert all(NAME not in m.text and ADDRESS not in m.text for m in waiting)


def test_a_letter_to_who_had_an_address_only_is_emptied_too(ada, kim, wish):
    sent = make_letter(ada, sent_to=ADDRESS, text=f"Hej {NAME}")
    Message.objects.filter(pk=sent.pk).update(recipient=None)
    erase(wish, kim)
    sent.refresh_from_db()
    assert (sent.recipient_id, sent.sent_to, sent.text) == (ada.pk, "", "•••")


def test_the_last_letter_leaves_and_then_loses_its_address(ada, kim, wish):
    erase(wish, kim)
    assert erasing.forget_last_letters(timezone.now()) == 0, "it waits"
    later = timezone.now() + timedelta(days=3)
    assert erasing.forget_last_letters(later) == 1, "nothing waits for ever"
    letter = Message.objects.get(letter=mails.PERSON_ERASED)
    assert (letter.sent_to, letter.recipient, letter.state) == ("", ada, MessageState.SKIPPED)
    assert erasing.forget_last_letters(later) == 0


@pytest.mark.parametrize("rows", [1, 200])
def test_a_thousand_rows_cost_the_queries_of_one(ada, kim, wish, rows, django_assert_num_queries):
    rows_of(ada, rows)
    with django_assert_num_queries(83):
        erase(wish, kim)


def test_a_second_press_changes_nothing(ada, kim, wish):
    first = erase(wish, kim)
    again = erase(wish, kim)
    assert again.carried_out_at == first.carried_out_at
    assert Message.objects.filter(letter=mails.PERSON_ERASED).count() == 1


def test_who_asks_is_written_of_to_the_coordinators_once_and_may_think_again(ada, kim):
    assert erasing.ask(ada) == erasing.ask(ada)
    (letter,) = Message.objects.all()
    assert (letter.recipient, NAME in letter.text) == (kim, False)
    assert erasing.withdraw(ada)
    assert not erasing.withdraw(ada)
    assert Message.objects.get().state == MessageState.SKIPPED
    with pytest.raises(ValidationError) as refusal:
        erase(ErasureWish.objects.get(), kim)
    assert refusal.value.code == "withdrawn"


def test_what_has_to_be_done_first_is_said_and_nothing_is_erased(ada, kim, lo, wish):
    make_session(lead=ada)
    for person, by in ((ada, kim), (lo, kim), (kim, kim)):
        asked = ErasureWish.objects.open().filter(person=person).first() or erasing.ask(person)
        with pytest.raises(ValidationError) as refusal:
            erase(asked, by)
        assert refusal.value.code == "not_yet"
        assert User.objects.get(pk=person.pk).email
