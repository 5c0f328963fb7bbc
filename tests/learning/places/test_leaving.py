"""Whoever acts for no partner any more keeps their own things, and their seat goes on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import (
    LearningSession,
    Material,
    MaterialAudience,
    Registration,
    RegistrationSource,
    RegistrationState,
)
from learning.permissions import may_register
from learning.places import leaving, registration
from partners.models import Membership, Message
from partners.organisations import partnership
from partners.people import membership
from tests.builders import (
    make_link,
    make_member,
    make_next_step,
    make_organisation,
    make_person,
    make_registration,
    make_session,
)
from tests.races import at_once

WITHDRAWN = RegistrationState.WITHDRAWN


def end(person, bostaden, kim):
    membership.end(person.memberships.get(), by=kim)


def leave(person, bostaden, kim):
    partnership.leave(bostaden, by=kim)


def day_comes(person, bostaden, kim):
    """The day has come, and the sweep has not said so yet."""
    type(bostaden).objects.filter(pk=bostaden.pk).update(left_on=timezone.localdate())


WAYS = pytest.mark.parametrize("way", [end, leave, day_comes])


def session_of(client, person, session):
    client.force_login(person)
    return client.get(reverse("session_detail", args=[session.pk]))


@WAYS
def test_what_is_for_the_partners_is_closed_from_that_day(client, ada, bostaden, kim, bo, way):
    partners, everybody = make_session("Partner"), make_session("Alla", audience="public")
    material = make_link(partners, audience=MaterialAudience.PARTNERS)
    assert session_of(client, ada, partners).status_code == 200

    way(ada, bostaden, kim)

    assert session_of(client, ada, partners).status_code == 404
    assert not Material.objects.visible_to(ada).exists()
    assert not may_register(ada, partners)
    assert client.post(reverse("register", args=[partners.pk])).status_code == 404
    colleague = reverse("register_colleague", args=[partners.pk])
    assert client.get(colleague).status_code == 404
    assert not Registration.objects.exists()
    now = timezone.now()
    assert list(LearningSession.objects.open_to(ada, now)) == [everybody]
    # Open sessions, and everybody else's rights, are as before.
    assert may_register(ada, everybody)
    client.post(reverse("register", args=[everybody.pk]))
    assert Registration.objects.get().person == ada
    assert material in Material.objects.visible_to(bo)
    assert may_register(bo, partners)
    assert may_register(kim, partners)


@WAYS
def test_one_is_told_what_happened_and_keeps_ones_own(client, ada, bostaden, kim, way):
    held = make_session("Hållen", in_days=-3)
    make_registration(held, ada)
    step = make_next_step(held, ada, organisation=None)
    way(ada, bostaden, kim)
    page = session_of(client, ada, held)
    assert page.status_code == 200
    home = client.get("/").content.decode()
    assert "Bostaden" in home
    assert "för dem som representerar en partner" in home
    assert "Bostaden" in client.get(reverse("organisation_people")).content.decode()
    assert step.then_text in client.get(reverse("next_steps")).content.decode()


def test_until_the_day_nothing_changes_and_a_second_partner_keeps_all_open(
    ada, bostaden, norrbyggen, kim
):
    session = make_session()
    bostaden.left_on = timezone.localdate() + timedelta(days=1)
    bostaden.save()
    assert may_register(ada, session)
    Membership.objects.create(person=ada, organisation=norrbyggen)
    partnership.leave(bostaden, by=kim)
    assert may_register(ada, session)
    assert session in LearningSession.objects.visible_to(ada)


def test_who_has_a_withdrawn_place_is_shown_no_button(client, ada, bostaden, kim):
    session = make_session()
    place = make_registration(session, ada)
    registration.withdraw(place, by=ada)
    end(ada, bostaden, kim)
    page = session_of(client, ada, session).content.decode()
    assert "Träffen är för partnerna" in page
    assert reverse("register", args=[session.pk]) not in page
    assert reverse("register_colleague", args=[session.pk]) not in page
    assert client.post(reverse("register", args=[session.pk])).status_code == 403


# The seat


@WAYS
def test_the_seat_of_who_left_goes_to_the_first_in_the_queue(ada, bostaden, kim, bo, way):
    session = make_session(capacity=1)
    seat = registration.register(session, ada, by=ada)
    queued = registration.register(session, bo, by=bo)
    Message.objects.all().delete()
    way(ada, bostaden, kim)

    assert leaving.give_on(timezone.now()) == 1

    seat.refresh_from_db()
    queued.refresh_from_db()
    assert (seat.state, seat.withdrawn_by, queued.state) == (WITHDRAWN, None, "confirmed")
    letters = {message.recipient: message for message in Message.objects.all()}
    assert letters.keys() == {ada, bo}
    assert letters[ada].subject.startswith("Du har inte kvar din plats")
    assert letters[ada].calendar_method == "CANCEL"
    assert leaving.give_on(timezone.now()) == 0
    assert Message.objects.count() == 2


def test_the_letter_is_in_the_readers_language(bostaden, kim):
    ann = make_member(bostaden, "Ann", language="en")
    make_registration(make_session(), ann)
    end(ann, bostaden, kim)
    leaving.give_on(timezone.now())
    assert "you no longer act for a partner" in Message.objects.get().text


def test_who_may_no_longer_log_in_gives_all_seats_on(ada, kim):
    for audience in ("partners", "public"):
        make_registration(make_session(audience=audience), ada)
    membership.shut_out(ada, by=kim)
    assert leaving.give_on(timezone.now()) == 2


def test_other_seats_stay(ada, bo, bostaden, kim, lo):
    guest = make_person("Gäst")
    prospect = make_member(make_organisation("Kanske", status="prospect"), "Per Haps")
    begun, coming = make_session(in_days=0, hours=2), make_session()
    make_registration(make_session(audience="public"), ada)
    make_registration(begun, ada)
    make_registration(make_session(cancelled_at=timezone.now()), ada)
    for person in (bo, prospect, guest):
        make_registration(coming, person)
    speaker = make_member(bostaden, "Före Detta")
    end(speaker, bostaden, kim)
    make_registration(coming, speaker, source=RegistrationSource.LEAD, organisation=None)
    end(ada, bostaden, kim)
    assert leaving.give_on(timezone.now()) == 0
    assert not Registration.objects.filter(state=WITHDRAWN).exists()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_give_a_seat_on_once():
    bostaden, kim = make_organisation("Bostaden"), make_person("Kim", staff_role="coordinator")
    ada, bo = make_member(bostaden, "Ada"), make_member(make_organisation("Norr"), "Bo")
    session = make_session(capacity=1)
    registration.register(session, ada, by=ada)
    registration.register(session, bo, by=bo)
    Message.objects.all().delete()
    end(ada, bostaden, kim)
    now = timezone.now()
    given = at_once(*[lambda: leaving.give_on(now)] * 3)
    assert sorted(given) == [0, 0, 1]
    assert session.registrations.confirmed().get().person == bo
    assert Message.objects.count() == 2
