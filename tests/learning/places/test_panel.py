"""The seat panel says where one stands, in a heading and a sentence."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from learning.models import LearningSession
from learning.places import registration
from learning.places.panel import HEADINGS, TEXTS, seat_panel
from learning.places.registration import Situation
from partners.models import Membership
from tests.builders import make_person, make_registration, make_session

pytestmark = pytest.mark.django_db

LATER = timezone.make_aware(datetime(2096, 3, 7, 16))
MUCH_LATER = timezone.make_aware(datetime(2096, 4, 7, 16))


def panel_of(session, user=None):
    reader = user or AnonymousUser()
    return seat_panel(reader, LearningSession.objects.with_places(reader).get(pk=session.pk))


def said(session, user=None, language="sv"):
    with translation.override(language):
        panel = panel_of(session, user)
        return panel.heading, panel.text


def test_every_situation_has_its_words():
    assert set(HEADINGS) == set(TEXTS) == set(Situation)


@pytest.mark.parametrize(
    ("fields", "swedish", "english"),
    [
        (
            {"published_at": None},
            ("Utkast", "Bara projektet ser träffen tills den är publicerad."),
            ("Draft", "Only the project sees the session until it is published."),
        ),
        (
            {"cancelled_at": timezone.now()},
            ("Träffen är inställd", ""),
            ("The session is cancelled", ""),
        ),
        ({"in_days": -2}, ("Träffen är över", ""), ("The session is over", "")),
        (
            {"starts_at": MUCH_LATER, "registration_opens_at": LATER},
            ("Anmälan har inte öppnat än", "Den öppnar onsdag 7 mars 2096 kl. 16.00."),
            (
                "Registration is not open yet",
                "It opens on Wednesday 7 March 2096, 16:00 Swedish time.",
            ),
        ),
        (
            {},
            ("Vill du komma?", "Alla får plats."),
            ("Do you want to come?", "There is room for everybody."),
        ),
        (
            {"capacity": 1},
            ("Vill du komma?", "En plats kvar."),
            ("Do you want to come?", "One seat left."),
        ),
        (
            {"capacity": 2},
            ("Vill du komma?", "2 platser kvar."),
            ("Do you want to come?", "2 seats left."),
        ),
    ],
    ids=["draft", "cancelled", "past", "not yet", "room for all", "one seat", "two seats"],
)
def test_a_stranger_reads(fields, swedish, english):
    session = make_session(**fields)
    assert said(session) == swedish
    assert said(session, language="en") == english


def test_a_closed_registration_says_whom_to_write_to(lo):
    session = make_session(registration_closes_at=timezone.now() - timedelta(days=1), lead=lo)
    heading, text = said(session)
    assert heading == "Anmälan är stängd"
    assert "Lo Lind" in text


def test_a_full_session_says_how_many_wait(ada):
    session = make_session(capacity=1)
    make_registration(session, make_person())
    assert said(session, ada)[1].startswith("Ingen står i kö. En plats som avbokas")
    for waiting in ("En person står i kö.", "2 personer står i kö."):
        make_registration(session, make_person(), state="queued")
        heading, text = said(session, ada)
        assert heading == "Träffen är fullbokad"
        assert text.startswith(waiting)


def test_who_has_a_seat_reads_for_whom(ada, bo, bostaden):
    session = make_session()
    make_registration(session, ada)
    make_registration(session, bo, organisation=None)
    assert said(session, ada) == (
        "Du har en plats",
        "Du representerar Bostaden. Kalenderfilen finns i mejlet.",
    )
    assert said(session, bo)[1] == "Kalenderfilen finns i mejlet."


def test_who_waits_reads_which_place_they_have(ada, bo):
    session = make_session(capacity=1)
    for person in (bo, ada):
        make_registration(session, person, state="queued")
    heading, text = said(session, ada)
    assert heading == "Du står i kö, plats 2"
    assert text == "Vi mejlar direkt om du får en plats. Du behöver inte svara då."


def test_only_what_can_be_done_now_is_offered(ada):
    coming, begun = make_session(), make_session(in_days=-0.05)
    for session in (coming, begun):
        make_registration(session, ada)
    assert (panel_of(coming, ada).may_give_back, panel_of(coming, ada).may_bring) == (True, True)
    assert (panel_of(begun, ada).may_give_back, panel_of(begun, ada).may_bring) == (False, False)
    assert not panel_of(coming).may_bring, "a visitor has no colleagues here"


def test_colleagues_places_are_led_to_until_the_session_begins(ada, lo):
    closed = {"registration_closes_at": timezone.now() - timedelta(days=1)}
    for session, is_led in [
        (make_session(), True),
        (make_session(**closed), True),
        (make_session(in_days=-0.05), False),
        (make_session(cancelled_at=timezone.now()), False),
    ]:
        assert panel_of(session, ada).sees_colleagues == is_led
    assert not panel_of(make_session(), lo).sees_colleagues, "who leads sees all participants"
    assert not panel_of(make_session(**closed), make_person()).sees_colleagues
    assert not panel_of(make_session(**closed)).sees_colleagues


def test_who_acts_for_two_is_asked_which(ada, norrbyggen):
    assert "organisation" not in panel_of(make_session(), ada).form.fields
    Membership.objects.create(person=ada, organisation=norrbyggen)
    assert "organisation" in panel_of(make_session(), ada).form.fields


def test_the_panel_costs_a_query_at_most(ada, django_assert_num_queries):
    session = make_session()
    stranger = LearningSession.objects.with_places(ada).get(pk=session.pk)
    make_registration(session, ada)
    seated = LearningSession.objects.with_places(ada).get(pk=session.pk)
    over = make_session(registration_closes_at=timezone.now() - timedelta(days=1))
    closed = LearningSession.objects.with_places(ada).get(pk=over.pk)
    for asked in (stranger, seated, closed):
        with django_assert_num_queries(1):
            seat_panel(ada, asked)


def test_what_the_page_said_before_is_over_when_the_panel_is_new(as_, ada):
    session = make_session()
    place = registration.register(session, ada, by=ada)
    browser = as_(ada)
    left = browser.post(f"/platser/{place.pk}/avboka/", follow=True).content.decode()
    assert left.count("Din plats är avbokad") == 1

    address = f"/traffar/{session.pk}/anmal/"
    panel = browser.post(address, {"saw": "open"}, headers={"HX-Request": "true"}).content.decode()
    assert '<div id="messages" hx-swap-oob="true" hidden></div>' in panel
    assert 'id="messages" class="stack" hidden' in browser.get(f"/traffar/{session.pk}/").text


def test_the_focus_goes_to_the_heading_of_a_new_panel_and_never_to_what_undoes_it(as_, ada):
    """htmx focuses what is marked so, unless a button has the same id as the pressed one had."""
    session = make_session()
    browser = as_(ada)
    assert " autofocus" not in browser.get(f"/traffar/{session.pk}/").content.decode()
    address = f"/traffar/{session.pk}/anmal/"
    panel = browser.post(address, {"saw": "open"}, headers={"HX-Request": "true"}).content.decode()
    assert '<h2 id="seat-panel-title" tabindex="-1" autofocus' in panel
    assert panel.count(" autofocus") == 1
    assert re.findall(r'<(?:a|button)[^>]* id="', panel) == []


def test_what_stands_around_the_panel_is_as_true_after_registering_as_before(as_, ada):
    session = make_session(meeting_url="https://mote.example/1")
    browser, address = as_(ada), f"/traffar/{session.pk}/"

    def around():
        page = browser.get(address).content.decode()
        return re.sub(r'<section id="seat-panel".*?</section>', "", page, flags=re.DOTALL)

    before = re.findall(r"<p[^>]*>([^<]+)</p>", around())
    assert "Träffens tid och plats, till din egen kalender." in before
    assert "Den som har plats ser möteslänken här på sidan, intill sin plats." in before
    registration.register(session, ada, by=ada)
    assert set(before) <= set(re.findall(r"<p[^>]*>([^<]+)</p>", around()))


def test_what_was_refused_is_said_in_the_panel_of_htmx_and_on_top_of_a_page(as_, ada):
    session = make_session(in_days=-1)
    address = f"/traffar/{session.pk}/anmal/"
    panel = as_(ada).post(address, {"saw": "open"}, headers={"HX-Request": "true"})
    assert panel.content.decode().count('class="notice error err"') == 1
    page = as_(ada).post(address, {"saw": "open"})
    assert page.url == f"/traffar/{session.pk}/"
    assert as_(ada).get(page.url).content.decode().count('class="notice error err"') == 1


@pytest.mark.parametrize(
    ("capacity", "queues", "says"),
    [
        (1, True, "Sedan går platsen till nästa i kön."),
        (1, False, "Sedan blir platsen ledig för någon annan."),
        (None, False, "Du kan ångra dig i en kvart."),
    ],
)
def test_who_gives_a_seat_back_is_told_of_a_queue_where_there_is_one(
    as_, ada, bo, capacity, queues, says
):
    session = make_session(capacity=capacity)
    place = registration.register(session, ada, by=ada)
    if queues:
        registration.register(session, bo, by=bo)
    page = as_(ada).get(f"/platser/{place.pk}/avboka/").content.decode()
    assert says in page
    assert page.count("i kön") == (1 if queues else 0)
