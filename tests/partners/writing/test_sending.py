"""Sending: in ten minutes or later, once to each, to whoever is there when it is sent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.places import registration
from partners.models import ClockTick, Mailing, Message, MessageState, User
from partners.post import delivery
from partners.tasks import send_mailings
from partners.writing import mails, sending
from tests.builders import (
    make_mailing,
    make_member,
    make_person,
    make_registration,
    make_session,
    queued,
)
from tests.races import neck_and_neck

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(lo, ada, cai):
    session = make_session("Budget", lead=lo)
    make_registration(session, ada)
    make_registration(session, cai, state="queued")
    return session


@pytest.fixture
def mailing(session, lo):
    return make_mailing(lo, session)


def refused(code, *args, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        sending.queue(*args, **kwargs)
    assert refusal.value.code == code


def letters_of(mailing):
    return Message.objects.filter(key__startswith=f"partners.mailing:{mailing.pk}:")


def test_now_is_in_ten_minutes(mailing, lo):
    before = timezone.now()
    sent = sending.queue(mailing, None, seen=1, by=lo)
    assert (sent.state, sent.queued_by) == ("queued", lo)
    assert timedelta(minutes=10) <= sent.send_at - before < timedelta(minutes=11)
    sending.send_due(timezone.now())
    assert not letters_of(mailing).exists()


def test_pressed_twice_is_decided_once(mailing, lo, kim):
    first = sending.queue(mailing, None, seen=1, by=lo)
    second = sending.queue(mailing, None, seen=1, by=kim)
    assert (second.send_at, second.queued_by) == (first.send_at, lo)


def test_a_time_that_has_passed_or_is_too_far_away_is_refused(mailing, lo):
    now = timezone.now()
    refused("past", mailing, now - timedelta(minutes=1), seen=1, by=lo)
    refused("far", mailing, now + timedelta(days=61), seen=1, by=lo)
    assert sending.queue(mailing, now + timedelta(days=59), seen=1, by=lo).state == "queued"


def test_there_are_ten_minutes_to_regret_however_soon_it_is_chosen(mailing, lo):
    soon = timezone.now() + timedelta(minutes=2)
    assert sending.queue(mailing, soon, seen=1, by=lo).send_at > soon + timedelta(minutes=7)


def test_what_somebody_else_has_changed_is_not_sent_unseen(mailing, lo):
    Mailing.objects.update(version=2)
    refused("changed", mailing, None, seen=1, by=lo)


def test_to_nobody_nothing_is_sent_now_but_it_may_wait_for_people(lo):
    mailing = make_mailing(lo, make_session(lead=lo))
    refused("nobody", mailing, None, seen=1, by=lo)
    assert sending.queue(mailing, timezone.now() + timedelta(days=1), seen=1, by=lo).send_at


def test_nobody_sends_more_than_twenty_a_day(mailing, lo):
    for _ in range(sending.MOST_A_DAY):
        queued(make_mailing(lo))
    refused("many", mailing, None, seen=1, by=lo)


def test_each_in_the_groups_gets_one_and_nobody_else(mailing, session, ada, cai, bo):
    mailing.groups = [f"learning.session:{session.pk}:{name}" for name in ("confirmed", "waiting")]
    queued(mailing, in_minutes=-1)

    send_mailings()
    send_mailings()

    assert {letter.recipient for letter in letters_of(mailing)} == {ada, cai}
    assert letters_of(mailing).count() == 2
    mailing.refresh_from_db()
    assert (mailing.state, mailing.recipients, mailing.without_address) == ("sent", 2, 0)
    assert mailing.empty_groups == []
    assert ClockTick.objects.filter(task="send_mailings").exists()


def test_the_letter_says_who_wrote_it_why_and_answers_go_to_them(mailing, lo, ada):
    queued(mailing, in_minutes=-1)
    send_mailings()
    delivery.deliver(timezone.now())
    (sent,) = mail.outbox
    assert sent.reply_to == [lo.email]
    assert sent.message()["Reply-To"] == lo.email
    assert sent.subject == "Ny lokal på torsdag"
    assert sent.body.startswith("Hej Ada!\n\nVi ses i Väven, plan 5.\n\nIngången är från torget.")
    assert (
        "Du får mejlet för att du har en plats på Budget. Lo Lind, projektledare, skrev det."
        in sent.body
    )


def test_readers_get_their_language_where_it_was_written(mailing, session, ada):
    User.objects.filter(pk=ada.pk).update(language="en")
    Mailing.objects.update(subject_en="New room", text_en="Väven, fifth floor.")
    queued(Mailing.objects.get(), in_minutes=-1)
    other = queued(make_mailing(mailing.created_by, session), in_minutes=-1)
    send_mailings()
    english, swedish = letters_of(mailing).get(), letters_of(other).get()
    assert english.subject == "New room"
    assert "you have a seat at Budget. Lo Lind, project lead, wrote it" in english.text
    assert swedish.subject == "Ny lokal på torsdag"
    assert '<p lang="sv"' in swedish.html
    assert 'lang="sv"' not in english.html


def test_a_writer_who_has_left_gets_no_answers(mailing, lo):
    User.objects.filter(pk=lo.pk).update(is_active=False)
    queued(mailing, in_minutes=-1)
    send_mailings()
    letter = letters_of(mailing).get()
    assert letter.reply_to == ""
    assert "Svaret på mejlet" not in letter.text


TYPED = (
    "Pris: 100 kr\nTid: 9\n\n{{x}} {% now 'Y' %}\n\n>> Öppna | https://portal.example/\n\n"
    "-- [klicka | https://spam.example/]\n\n<b>Fet</b> & <script>alert(1)</script>\n\n<<typed>>\n\n"
    "Se https://umea.se/klimat?a=1&b=2. Hej då"
)


def test_what_is_typed_stays_as_it_is_typed(lo, session):
    mailing = queued(make_mailing(lo, session, text_sv=TYPED), in_minutes=-1)
    send_mailings()
    letter = letters_of(mailing).get()
    assert TYPED in letter.text
    assert "<b>" not in letter.html
    assert "<script" not in letter.html
    assert "{{x}} {% now &#x27;Y&#x27; %}" in letter.html
    assert "white-space:nowrap" not in letter.html  # no table of facts
    assert 'href="https://spam.example/"' in letter.html  # its address is what one reads
    assert ">https://umea.se/klimat?a=1&amp;b=2</a>. Hej då" in letter.html
    assert ">klicka<" not in letter.html
    assert letter.html.count("&lt;&lt;typed&gt;&gt;") == 1


def test_whoever_left_meanwhile_gets_nothing(mailing, session, ada, cai):
    queued(mailing, in_minutes=-1)
    registration.withdraw(session.registrations.get(person=ada), by=ada)
    send_mailings()
    assert not letters_of(mailing).filter(recipient=ada).exists()


def test_a_group_that_is_empty_by_then_is_shown_and_its_writer_told(lo):
    session = make_session("Tom", lead=lo)
    mailing = queued(make_mailing(lo, session), in_minutes=-1)
    send_mailings()
    mailing.refresh_from_db()
    assert (mailing.state, mailing.recipients) == ("sent", 0)
    assert mailing.empty_groups == mailing.groups
    told = Message.objects.get()
    assert (told.recipient, told.letter) == (lo, "partners/mailing_to_nobody")
    assert "”Har en plats”" in told.text


def test_one_empty_group_of_two_is_shown_and_nobody_is_bothered(mailing, session, ada):
    mailing.groups = [*mailing.groups, f"learning.session:{session.pk}:gone"]
    session.registrations.filter(person=ada).update(organisation=None)
    queued(mailing, in_minutes=-1)
    send_mailings()
    mailing.refresh_from_db()
    assert mailing.empty_groups == [f"learning.session:{session.pk}:gone"]
    assert set(Message.objects.values_list("letter", flat=True)) == {"partners/mailing_own"}


def test_to_partners_at_large_it_is_unasked_for(kim, ada):
    mailing = queued(make_mailing(kim), in_minutes=-1)
    send_mailings()
    assert letters_of(mailing).get().letter == "partners/mailing"
    assert mails.letter_to(is_own=True) == "partners/mailing_own"


def test_what_nobody_here_knows_waits_and_stops_no_other(kim, mailing, ada):
    unknown = queued(make_mailing(kim, "other.thing:1"), in_minutes=-5)
    queued(mailing, in_minutes=-1)
    send_mailings()
    unknown.refresh_from_db()
    assert unknown.state == "queued"
    assert letters_of(mailing).exists()


def test_it_goes_on_where_it_was_stopped(kim, bostaden, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    for number in range(5):
        make_member(bostaden, f"Person {number}")
    mailing = queued(make_mailing(kim), in_minutes=-1)
    turns = iter([False, False, True])
    sending.send_due(timezone.now(), stop=lambda: next(turns))
    assert letters_of(mailing).count() == 4
    assert Mailing.objects.get().state == "queued"
    sending.send_due(timezone.now())
    assert letters_of(mailing).count() == 5
    assert Mailing.objects.get().recipients == 5


def test_what_dies_within_a_batch_leaves_nothing_half_done(kim, bostaden, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    for number in range(3):
        make_member(bostaden, f"Person {number}")
    mailing = queued(make_mailing(kim), in_minutes=-1)
    put = mails.tell
    calls = []

    def dies(*args, **kwargs):
        put(*args, **kwargs)
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("killed")

    monkeypatch.setattr(mails, "tell", dies)
    sending.send_due(timezone.now())
    assert letters_of(mailing).count() == 2
    sending.send_due(timezone.now())
    assert letters_of(mailing).count() == 3


@pytest.mark.parametrize("people", [1, 3])
def test_a_batch_costs_the_same_however_many(
    people, kim, bostaden, django_assert_num_queries, monkeypatch
):
    for number in range(people):
        make_member(bostaden, f"Person {number}")
    mailing = queued(make_mailing(kim), in_minutes=-1)
    # hold, who has none, who wants none, write, and the savepoint of a test
    with django_assert_num_queries(6):
        assert sending._send_some(mailing, timezone.now())
    with django_assert_num_queries(8):
        assert not sending._send_some(mailing, timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_at_once_write_to_each_once(kim, bostaden, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 3)
    for number in range(20):
        make_member(bostaden, f"Person {number}")
    mailing = queued(make_mailing(kim), in_minutes=-1)
    neck_and_neck(send_mailings, send_mailings)
    send_mailings()
    assert letters_of(mailing).count() == 20
    assert Mailing.objects.get().recipients == 20


# Stopping


def test_what_is_not_written_is_a_draft_again(mailing, lo):
    queued(mailing)
    for _ in range(2):
        regretted = sending.stop(mailing, by=lo)
        assert (regretted.is_draft, regretted.send_at, regretted.queued_by) == (True, None, None)
    sending.send_due(timezone.now() + timedelta(days=1))
    assert not letters_of(mailing).exists()
    assert sending.queue(mailing, None, seen=1, by=lo).is_queued


def test_letters_that_wait_are_stopped_with_it(mailing, lo):
    queued(mailing, in_minutes=-1)
    send_mailings()
    stopped = sending.stop(mailing, by=lo)
    assert (stopped.state, stopped.stopped_by) == ("stopped", lo)
    assert sending.stop(mailing, by=make_person("Annan")).stopped_by == lo
    letter = letters_of(mailing).get()
    assert (letter.state, letter.last_error) == (MessageState.SKIPPED, mails.STOPPED)
    assert (letter.decided_by, bool(letter.decided_at)) == (lo, True)
    delivery.deliver(timezone.now())
    assert mail.outbox == []


def test_what_has_begun_to_leave_cannot_be_stopped(mailing, lo):
    queued(mailing, in_minutes=-1)
    send_mailings()
    delivery.deliver(timezone.now())
    with pytest.raises(ValidationError) as refusal:
        sending.stop(mailing, by=lo)
    assert refusal.value.code == "left"
    assert Mailing.objects.get().state == "sent"


def test_what_is_stopped_cannot_be_sent(mailing, lo):
    queued(mailing, in_minutes=-1)
    send_mailings()
    sending.stop(mailing, by=lo)
    refused("over", mailing, None, seen=1, by=lo)


@pytest.mark.parametrize("day", ["2027-03-27", "2027-10-30"])
def test_a_clock_time_is_kept_over_the_nights_when_the_clocks_change(
    day, mailing, lo, time_machine
):
    stockholm = ZoneInfo("Europe/Stockholm")
    evening = datetime.fromisoformat(f"{day}T20:00").replace(tzinfo=stockholm)
    time_machine.move_to(evening, tick=False)
    morning = (evening + timedelta(days=1)).replace(hour=9)
    sending.queue(mailing, morning, seen=1, by=lo)
    time_machine.move_to(morning - timedelta(minutes=1), tick=False)
    send_mailings()
    assert not letters_of(mailing).exists()
    time_machine.move_to(morning, tick=False)
    send_mailings()
    assert letters_of(mailing).exists()
