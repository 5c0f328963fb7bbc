import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.models import (
    Invitation,
    Membership,
    MembershipRole,
    Message,
    User,
)
from partners.people import membership
from tests.builders import make_invitation, make_member, make_organisation, make_person

MEMBER, CONTACT = MembershipRole.MEMBER, MembershipRole.CONTACT_PERSON


def test_an_invitation_makes_the_person_the_membership_and_one_letter(bostaden, cai):
    invitation = membership.invite(bostaden, "Nina@People.Example ", "Nina Nord", MEMBER, by=cai)

    person = invitation.person
    assert (person.email, person.name) == ("nina@people.example", "Nina Nord")
    assert not person.has_usable_password()
    assert person.memberships.get().organisation == bostaden
    assert person.memberships.get().created_by == cai
    letter = Message.objects.get(recipient=person)
    assert "Cai Öberg har bjudit in dig" in letter.text
    assert "Bostaden" in letter.text


def test_the_letter_is_in_the_language_of_the_person(bostaden, cai):
    person = make_person("Ann", language="en")
    membership.invite_person(person, bostaden, by=cai)
    letter = Message.objects.get(recipient=person)
    assert letter.subject.startswith("Welcome to")
    assert "/en/welcome/" in letter.text


def test_a_second_click_sends_no_second_letter_but_a_later_one_does(bostaden, cai):
    first = membership.invite(bostaden, "nina@people.example", "Nina", MEMBER, by=cai)
    assert membership.invite(bostaden, "nina@people.example", "Nina", MEMBER, by=cai) == first
    assert Message.objects.count() == 1

    Invitation.objects.update(created_at=timezone.now() - timedelta(hours=1))
    second = membership.invite_person(first.person, bostaden, by=cai)
    assert second != first
    assert Message.objects.count() == 2
    assert Membership.objects.filter(person=first.person).count() == 1


@pytest.mark.parametrize(("age", "letters"), [(599, 1), (601, 2)])
def test_a_second_click_is_one_within_ten_minutes(bostaden, cai, time_machine, age, letters):
    time_machine.move_to(timezone.now(), tick=False)
    person = membership.invite(bostaden, "nina@people.example", "Nina", MEMBER, by=cai).person
    time_machine.shift(timedelta(seconds=age))
    membership.invite_person(person, bostaden, by=cai)
    assert Message.objects.count() == letters


def test_an_invitation_to_another_organisation_or_after_the_login_is_no_second_click(
    bostaden, norrbyggen, cai
):
    first = membership.invite(bostaden, "nina@people.example", "Nina", MEMBER, by=cai)
    other = membership.invite(norrbyggen, "nina@people.example", "Nina", MEMBER, by=cai)
    assert other.organisation == norrbyggen
    membership.accept(first.person)
    again = membership.invite_person(first.person, bostaden, by=cai)
    assert again not in (first, other)
    assert Message.objects.count() == 3


def test_people_see_themselves_and_their_colleagues_the_portals_staff_everybody(
    ada, cai, bo, lo, norrbyggen
):
    former = make_member(norrbyggen, "Tidigare")
    Membership.objects.create(person=former, organisation=cai.memberships.get().organisation)
    assert set(User.objects.visible_to(ada)) == {ada, cai, former}
    membership.end(Membership.objects.get(person=former, organisation__name="Bostaden"), by=cai)
    assert set(User.objects.visible_to(ada)) == {ada, cai}
    assert set(User.objects.visible_to(make_person("Ensam"))) == {User.objects.latest("pk")}
    assert User.objects.visible_to(lo).count() == User.objects.count()
    assert not User.objects.visible_to(AnonymousUser()).exists()


def test_ending_one_membership_ends_no_other(ada, cai):
    membership.end(ada.memberships.get(), by=cai)
    assert cai.memberships.current().exists()


def test_somebody_known_keeps_their_name_and_their_role(bostaden, cai, ada):
    membership.invite(bostaden, cai.email, "Någon annan", MEMBER, by=ada)
    cai.refresh_from_db()
    assert cai.name == "Cai Öberg"
    assert cai.memberships.get().role == CONTACT


def test_a_name_with_line_breaks_becomes_one_line(bostaden, cai):
    name = "Nina\r\nBcc: evil@people.example\x00\u202e"
    invitation = membership.invite(bostaden, "nina@people.example", name, MEMBER, by=cai)
    assert invitation.person.name == "Nina Bcc: evil@people.example"


def test_people_without_an_address_are_refused_and_nothing_is_written(bostaden, cai):
    nobody = User.objects.create_user(None, "Utan Adress")
    with pytest.raises(ValidationError) as refusal:
        membership.invite_person(nobody, bostaden, by=cai)
    assert refusal.value.code == "no_address"
    assert not Invitation.objects.exists()


def test_people_who_may_no_longer_log_in_are_refused(bostaden, cai):
    gone = make_person("Borta", is_active=False)
    with pytest.raises(ValidationError) as refusal:
        membership.invite(bostaden, gone.email, "Borta", MEMBER, by=cai)
    assert refusal.value.code == "inactive"
    assert not gone.memberships.exists()


def test_a_membership_ended_keeps_its_moment_and_can_begin_again(bostaden, ada, cai):
    row = ada.memberships.get()
    ended_at = membership.end(row, by=cai).ended_at
    again = membership.end(row, by=ada)
    assert (again.ended_at, again.ended_by) == (ended_at, cai)
    assert list(bostaden.memberships.current().values_list("person", flat=True)) == [cai.pk]
    membership.invite(bostaden, ada.email, "Ada", CONTACT, by=cai)
    assert ada.memberships.current().get().role == CONTACT


def test_a_role_is_changed_only_while_the_membership_lasts(ada, cai, kim):
    row = ada.memberships.get()
    assert membership.change_role(row, CONTACT, by=cai).role == CONTACT
    membership.end(row, by=cai)
    assert membership.change_role(row, MEMBER, by=kim).role == CONTACT


def test_a_membership_says_who_gave_the_role_and_a_second_click_changes_nothing(ada, cai, kim):
    row = membership.change_role(ada.memberships.get(), MEMBER, by=kim)
    assert row.role_changed_by is None  # it is the role they began with
    row = membership.change_role(row, CONTACT, by=cai)
    changed_at = row.role_changed_at
    row = membership.change_role(row, CONTACT, by=kim)
    assert (row.role_changed_by, row.role_changed_at) == (cai, changed_at)


# Shutting out


def test_somebody_shut_out_acts_for_nobody_and_gets_no_code(ada, kim):
    person = membership.shut_out(ada, by=kim)
    assert (person.is_active, person.access_changed_by) == (False, kim)
    row = ada.memberships.get()
    assert row.ended_at is not None
    assert row.ended_by == kim
    decided_at = person.access_changed_at
    again = membership.shut_out(ada, by=make_person("Någon"))
    assert (again.access_changed_at, again.access_changed_by) == (decided_at, kim)


def test_a_link_sent_before_stays_dead_when_they_are_let_in(ada, bostaden, kim):
    _invitation, token = make_invitation(ada, bostaden, by=kim)
    membership.shut_out(ada, by=kim)
    root = make_person("Rot")
    person = membership.let_in(ada, by=root)
    assert (person.is_active, person.access_changed_by) == (True, root)
    assert membership.open_invitation(token) is None
    assert not person.memberships.current().exists()


def test_nobody_shuts_themselves_out(kim):
    with pytest.raises(ValidationError) as refusal:
        membership.shut_out(kim, by=kim)
    assert refusal.value.code == "self"
    kim.refresh_from_db()
    assert kim.is_active


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_send_one_letter_and_make_one_person():
    organisation = make_organisation("Bostaden")
    by = make_person("Cai")
    start = threading.Barrier(4)

    def click():
        try:
            start.wait()
            membership.invite(organisation, "nina@people.example", "Nina", MEMBER, by=by)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Message.objects.count() == 1
    assert Membership.objects.count() == 1


# The door


def test_a_link_pressed_again_and_again_is_stopped(ada, bostaden, kim):
    _, token = make_invitation(ada, bostaden, by=kim)
    link = reverse("accept_invitation", args=[token])
    *taken, stopped = [Client().post(link) for _ in range(6)]
    assert [answer.status_code for answer in taken] == [302] * 5
    assert stopped.status_code == 429
    assert Message.objects.filter(letter="northstar/login_code").count() == 5


# The pages of an organisation


# The coordinator's list


def test_an_invitation_accepted_earlier_keeps_its_moment(ada, bostaden, kim):
    earlier = timezone.now() - timedelta(days=90)
    old, _token = make_invitation(ada, bostaden, by=kim, accepted_at=earlier)
    new, _token = make_invitation(ada, bostaden, by=kim)
    assert membership.accept(ada) == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert old.accepted_at == earlier
    assert new.accepted_at > earlier


def test_whoever_changes_what_a_person_may_lets_their_places_be_written(ada, bostaden, kim):
    """The person is held without their key, so that rows that point at them need not wait."""
    with CaptureQueriesContext(connection) as asked:
        membership.invite_person(ada, bostaden, by=kim)
        membership.shut_out(ada, by=kim)
        membership.let_in(ada, by=kim)
    held = [query["sql"] for query in asked if " UPDATE" in query["sql"][-20:]]
    assert len(held) == 3
    assert all(sql.endswith("FOR NO KEY UPDATE") for sql in held)


def test_a_role_given_to_one_is_given_to_nobody_else(ada, cai, bo, kim):
    membership.change_role(ada.memberships.get(), MembershipRole.CONTACT_PERSON, by=kim)
    assert bo.memberships.get().role == MembershipRole.MEMBER
    membership.change_role(ada.memberships.get(), MembershipRole.MEMBER, by=kim)
    assert cai.memberships.get().role == MembershipRole.CONTACT_PERSON


def test_an_invitation_that_ended_before_somebody_was_shut_out_keeps_its_end(ada, bostaden, kim):
    ended = timezone.now() - timedelta(days=5)
    invitation, _token = make_invitation(ada, bostaden, by=kim, expires_at=ended)
    membership.shut_out(ada, by=kim)
    invitation.refresh_from_db()
    assert invitation.expires_at == ended
