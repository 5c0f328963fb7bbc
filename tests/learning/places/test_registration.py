from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from learning.models import LearningSession, Registration, RegistrationState
from learning.places import leaving
from learning.places.registration import Situation, register, situation, why_closed, withdraw
from partners.models import Membership, Message
from tests.builders import make_organisation, make_person, make_registration, make_session

pytestmark = pytest.mark.django_db


def letters(person):
    return [m.letter for m in Message.objects.filter(recipient=person).order_by("pk")]


def states(session):
    return list(session.registrations.order_by("pk").values_list("person__name", "state"))


def test_who_registers_gets_a_seat_and_a_letter_with_a_calendar(ada, bostaden):
    place = register(make_session(capacity=1), ada, by=ada)

    assert (place.state, place.organisation, place.source) == ("confirmed", bostaden, "self")
    letter = Message.objects.get(recipient=ada)
    assert letter.letter == "learning/seat_confirmed"
    assert (letter.calendar_method, "METHOD:REQUEST" in letter.calendar) == ("REQUEST", True)
    assert letter.subject.startswith("Du har en plats: Budget som hjälper klimatet")


def test_registering_costs_the_same_however_many_wait(ada, bo, cai, django_assert_num_queries):
    session = make_session(capacity=1)
    with django_assert_num_queries(9 + 2):  # and two of the savepoint
        register(session, ada, by=ada)
    for person in (bo, cai):
        with django_assert_num_queries(7 + 2):
            register(session, person, by=person)


def test_a_full_session_puts_people_in_the_queue_and_says_which_place(ada, bo, cai):
    session = make_session(capacity=1)
    register(session, ada, by=ada)
    register(session, bo, by=bo)
    last = register(session, cai, by=cai)

    counted = session.registrations.with_place_in_queue().get(person=cai)
    assert (counted.state, counted.place_in_queue) == ("queued", 2)
    assert (last.state, last.place_in_queue) == ("queued", 2)
    letter = Message.objects.get(recipient=cai)
    assert letter.subject.startswith("Du står i kö, plats 2: ")
    assert letter.calendar == ""


def test_a_second_click_gives_the_same_place_and_no_letter(ada):
    session = make_session(capacity=1)

    assert register(session, ada, by=ada) == register(session, ada, by=ada)
    assert letters(ada) == ["learning/seat_confirmed"]


def test_a_seat_given_back_goes_to_the_first_in_the_queue(ada, bo, cai):
    session = make_session(capacity=1)
    seat = register(session, ada, by=ada)
    register(session, bo, by=bo)
    register(session, cai, by=cai)

    withdraw(seat, by=ada)

    assert [r.person for r in session.registrations.confirmed()] == [bo]
    assert [r.person for r in session.registrations.queued()] == [cai]
    assert letters(ada)[-1] == "learning/place_given_back"
    assert letters(bo)[-1] == "learning/seat_from_queue"
    assert Message.objects.filter(recipient=ada).latest("pk").calendar_method == "CANCEL"


def test_what_is_overtaken_before_it_was_sent_is_not_sent(ada):
    seat = register(make_session(), ada, by=ada)
    withdraw(seat, by=ada)

    assert Message.objects.get(letter="learning/seat_confirmed").state == "skipped"
    assert Message.objects.get(letter="learning/place_given_back").state == "waiting"


def test_withdrawing_twice_changes_nothing_and_writes_one_letter(ada, bo):
    session = make_session(capacity=1)
    seat = register(session, ada, by=ada)
    register(session, bo, by=bo)

    withdraw(seat, by=ada)
    withdraw(Registration.objects.get(pk=seat.pk), by=ada)

    assert states(session) == [("Ada Åström", "withdrawn"), ("Bo Berg", "confirmed")]
    assert letters(ada).count("learning/place_given_back") == 1


def test_who_comes_back_is_last_in_the_queue(ada, bo, cai):
    session = make_session(capacity=1)
    seat = register(session, ada, by=ada)
    for person in (bo, cai):
        register(session, person, by=person)
    withdraw(seat, by=ada)

    again = register(session, ada, by=ada)

    assert (again.state, again.place_in_queue) == ("queued", 2)


@pytest.mark.parametrize(
    "fields",
    [
        {"in_days": -1},
        {"published_at": None},
        {"cancelled_at": timezone.now()},
        {"registration_opens_at": timezone.now() + timedelta(days=3)},
        {"registration_closes_at": timezone.now() - timedelta(minutes=1)},
    ],
    ids=["begun", "draft", "cancelled", "not yet", "closed"],
)
def test_outside_the_window_nobody_registers(ada, fields):
    with pytest.raises(ValidationError) as refusal:
        register(make_session(**fields), ada, by=ada)
    assert refusal.value.code == "closed"
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


NOW = timezone.now()
OPENS_LATER = {"registration_opens_at": NOW + timedelta(days=3)}
OPENED = {"registration_opens_at": NOW}
CLOSED = {"registration_closes_at": NOW}
CLOSES_LATER = {"registration_closes_at": NOW + timedelta(minutes=1)}
BEGUN = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)}
OVER = {"starts_at": NOW - timedelta(hours=1), "ends_at": NOW}
CANCELLED = {"cancelled_at": NOW}
FULL = {"capacity": 0}
SEAT, QUEUE, GIVEN_BACK = "confirmed", "queued", "withdrawn"


@pytest.mark.parametrize(
    ("fields", "own", "expected", "takes", "is_offered"),
    [
        ({}, "", Situation.OPEN, True, True),
        ({"audience": "public"}, "", Situation.OPEN, True, True),
        ({}, GIVEN_BACK, Situation.OPEN, True, True),
        (OPENED | CLOSES_LATER, "", Situation.OPEN, True, True),
        (FULL, "", Situation.FULL, True, True),
        (OPENS_LATER, "", Situation.NOT_YET, False, False),
        (CLOSED, "", Situation.CLOSED, False, False),
        (BEGUN, "", Situation.CLOSED, False, False),
        (BEGUN | CLOSES_LATER, "", Situation.CLOSED, False, False),
        (FULL | CLOSED, "", Situation.CLOSED, False, False),
        (OVER, "", Situation.PAST, False, False),
        (CANCELLED, "", Situation.CANCELLED, False, False),
        (CANCELLED, SEAT, Situation.CANCELLED, False, False),
        ({"published_at": None}, "", Situation.DRAFT, False, False),
        ({}, SEAT, Situation.SEATED, True, False),
        (FULL, QUEUE, Situation.QUEUED, True, False),
        (BEGUN, SEAT, Situation.SEATED, False, False),
    ],
)
def test_lists_sessions_and_panel_agree_on_what_one_can_do_now(
    ada, lo, fields, own, expected, takes, is_offered
):
    session = make_session(**fields)
    if own:
        moment = NOW if own == GIVEN_BACK else None
        make_registration(session, ada, own, withdrawn_at=moment)
    found = LearningSession.objects.with_places(ada).get()
    place = Registration.objects.standing().filter(person=ada).first()

    assert situation(found, place, NOW) == expected
    assert found.takes_registrations(NOW) == takes
    assert LearningSession.objects.taking_registrations(NOW).exists() == takes
    assert LearningSession.objects.open_to(ada, NOW).exists() == is_offered
    assert is_offered == (expected in {Situation.OPEN, Situation.FULL})
    assert LearningSession.objects.open_to(lo, NOW).exists() == takes, "no place of theirs"


def test_who_may_no_longer_log_in_is_offered_open_sessions_at_most(ada):
    ada.is_active = False
    make_session("För partner")
    public = make_session("För alla", audience="public")
    assert list(LearningSession.objects.open_to(ada, NOW)) == [public]


def test_registration_ends_when_the_session_starts_at_the_latest():
    start = timezone.now() + timedelta(days=2)
    early, late = start - timedelta(days=1), start + timedelta(days=1)
    for closes, ends in ((None, start), (early, early), (late, start)):
        session = LearningSession(starts_at=start, registration_closes_at=closes)
        assert session.registration_ends_at == ends


def test_the_refusal_says_when_it_closed_and_whom_to_write_to(ada, lo):
    session = make_session(registration_closes_at=timezone.now() - timedelta(1), lead=lo)
    with pytest.raises(ValidationError, match="Lo Lind"):
        register(session, ada, by=ada)


def test_nobody_is_seated_after_the_start(ada, bo):
    session = make_session(capacity=1)
    seat = register(session, ada, by=ada)
    register(session, bo, by=bo)
    session.starts_at = timezone.now() - timedelta(minutes=1)
    session.save()

    with pytest.raises(ValidationError) as refusal:
        withdraw(seat, by=ada)

    assert refusal.value.code == "begun"
    assert [r.person for r in session.registrations.confirmed()] == [ada]


def test_who_acts_for_two_organisations_must_choose(ada, bostaden, norrbyggen):
    Membership.objects.create(person=ada, organisation=norrbyggen)
    session = make_session()

    with pytest.raises(ValidationError) as refusal:
        register(session, ada, by=ada)
    assert refusal.value.code == "organisation"
    assert register(session, ada, by=ada, organisation=norrbyggen).organisation == norrbyggen


def test_nobody_comes_for_an_organisation_that_is_not_theirs(ada):
    with pytest.raises(ValidationError) as refusal:
        register(make_session(), ada, by=ada, organisation=make_organisation("Annan"))
    assert refusal.value.code == "organisation"


def test_a_colleague_is_told_who_registered_them(ada, cai):
    place = register(make_session(), ada, by=cai)

    assert place.source == "colleague"
    letter = Message.objects.get(recipient=ada)
    assert letter.letter == "learning/registered_by_colleague"
    assert letter.subject.startswith("Cai Öberg har anmält dig")


def test_a_person_without_an_address_gets_a_seat_and_no_letter():
    person = make_person("Utan")
    person.email = None
    person.save()
    assert register(make_session(), person, by=person).state == "confirmed"


def test_the_letter_is_in_the_language_of_the_reader(ada):
    ada.language = "en"
    ada.save()
    register(make_session(title_en="A budget for the climate"), ada, by=ada)
    letter = Message.objects.get()
    assert letter.subject.startswith("You have a seat: A budget for the climate")
    assert "/en/sessions/" in letter.text


def test_the_panel_knows_its_states(ada):
    now = timezone.now()
    session = make_session(capacity=1)
    session.capacity, session.confirmed_count = 2, 1
    assert situation(session, None, now) == Situation.OPEN
    session.confirmed_count = 2
    assert situation(session, None, now) == Situation.FULL
    session.published_at = None
    assert situation(session, None, now) == Situation.DRAFT
    session.cancelled_at = now
    assert situation(session, None, now) == Situation.CANCELLED
    assert situation(make_session(in_days=-2), None, now) == Situation.PAST


def test_a_second_click_gives_the_place_in_this_session_and_in_no_other(ada):
    elsewhere = register(make_session(), ada, by=ada)
    here = register(make_session(), ada, by=ada)
    assert register(here.session, ada, by=ada) == here
    assert register(elsewhere.session, ada, by=ada) == elsewhere


def test_who_comes_when_others_are_seated_first_knows_their_place(ada, bo):
    session = make_session(capacity=1)
    make_registration(session, bo, RegistrationState.QUEUED)  # a seat came free, nobody sat down

    place = register(session, ada, by=ada)

    assert dict(states(session)) == {bo.name: "confirmed", ada.name: "queued"}
    assert place.place_in_queue == 1


def test_withdrawing_says_what_became_of_the_place(ada):
    place = register(make_session(), ada, by=ada)
    assert withdraw(place, by=ada).state == RegistrationState.WITHDRAWN
    assert withdraw(place, by=ada).pk == place.pk


def test_why_nobody_registers_is_said_in_words():
    now = timezone.now()
    opens = make_session(registration_opens_at=now + timedelta(days=2))
    cancelled = make_session(cancelled_at=now)
    closed = make_session(registration_closes_at=now - timedelta(days=1))

    assert why_closed(cancelled, now) == "Träffen är inställd."
    assert "Anmälan öppnar" in why_closed(opens, now)
    assert "Anmälan stängde" in why_closed(closed, now)


def test_a_window_that_has_not_opened_is_not_one_that_has_closed():
    now = timezone.now()
    opens = make_session(registration_opens_at=now + timedelta(days=2))
    closed = make_session(registration_closes_at=now - timedelta(days=1))

    assert situation(opens, None, now) == Situation.NOT_YET
    assert situation(closed, None, now) == Situation.CLOSED


def test_everybody_sees_their_own_place_whomever_it_is_for(ada, bo, cai, lo, bostaden):
    session = make_session()
    own = make_registration(session, ada, organisation=None)
    colleagues = make_registration(session, cai)
    others = make_registration(session, bo)
    assert set(Registration.objects.visible_to(ada)) == {own, colleagues}
    assert set(Registration.objects.visible_to(bo)) == {others}
    assert set(Registration.objects.visible_to(cai)) == {colleagues}
    assert set(Registration.objects.visible_to(lo)) == {own, colleagues, others}


@pytest.mark.parametrize(
    ("state", "page_says", "told"),
    [
        ("queued", "Vill du lämna kön?", "Du har lämnat kön"),
        ("confirmed", "Vill du avboka din plats?", "Din plats är avbokad"),
    ],
)
def test_leaving_the_queue_is_not_giving_a_seat_back(as_, ada, state, page_says, told):
    place = make_registration(make_session(), ada, state)
    address = reverse("withdraw", args=[place.pk])
    assert f">{page_says}</h1>" in as_(ada).get(address).content.decode()
    assert told in as_(ada).post(address, follow=True).content.decode()


def test_whoever_is_taken_out_of_a_queue_reads_so(as_, ada, lo):
    place = make_registration(make_session(lead=lo), ada, "queued")
    address = reverse("withdraw", args=[place.pk])
    page = as_(lo).get(address).text
    assert "Ta bort ur kön</button>" in page
    assert "Lämna kön" not in page
    as_(lo).post(address)
    leaving.end_due(timezone.now() + timedelta(hours=1))
    letter = ada.messages.get()
    assert letter.subject.startswith("Du står inte längre i kö: ")
    assert f"{lo} har tagit bort dig ur kön." in letter.text
