"""A draft as one of its readers will get it, and a test of it in one's own mailbox."""

import pytest

from partners.models import Message, User
from partners.tasks import send_mailings
from partners.writing import groups, trying
from tests.builders import make_mailing, make_registration, make_session, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailing(lo, ada):
    session = make_session("Budget", lead=lo)
    make_registration(session, ada)
    return make_mailing(lo, session)


def test_the_sample_is_what_is_sent(mailing, lo, ada):
    sample = trying.sample(mailing, groups.of(mailing), "sv", otherwise=lo)
    assert sample.reader == ada
    queued(mailing, in_minutes=-1)
    send_mailings()
    letter = Message.objects.get()
    assert (letter.subject, letter.text, letter.html) == (
        sample.letter.subject,
        sample.letter.text,
        sample.letter.html,
    )


def test_the_frame_grows_with_the_text(mailing, lo):
    def height(text):
        mailing.text_sv = text
        return trying.sample(mailing, groups.of(mailing), "sv", otherwise=lo).height

    short = height("Kom.")
    assert height("Kom. " * 12) == short
    assert height("Kom. " * 13) == short + 26
    assert height("Kom.\n\nSe.") - short in {45, 46}
    assert 200 < short < 500


def test_somebody_who_reads_the_language_is_shown_first(mailing, lo, ada, bo):
    User.objects.filter(pk=bo.pk).update(language="en")
    make_registration(make_session(), bo)
    session = lo.led_sessions.get()
    make_registration(session, bo)
    mailing.subject_en, mailing.text_en = "New room", "Fifth floor."
    assert trying.sample(mailing, groups.of(mailing), "en", otherwise=lo).reader == bo
    assert trying.sample(mailing, groups.of(mailing), "sv", otherwise=lo).reader == ada


def test_where_nobody_is_in_the_group_one_reads_it_oneself(lo):
    mailing = make_mailing(lo, make_session(lead=lo))
    sample = trying.sample(mailing, groups.of(mailing), "sv", otherwise=lo)
    assert sample.reader == lo
    assert "Hej Lo!" in sample.letter.text


def test_a_test_goes_to_oneself_once_a_version_and_counts_for_nothing(mailing, lo):
    trying.try_out(mailing, by=lo)
    trying.try_out(mailing, by=lo)
    letter = Message.objects.get()
    assert (letter.recipient, letter.letter) == (lo, "partners/mailing_test")
    assert letter.subject == "Test: Ny lokal på torsdag"
    mailing.version = 2
    trying.try_out(mailing, by=lo)
    assert Message.objects.count() == 2
    queued(mailing, in_minutes=-1)
    send_mailings()
    mailing.refresh_from_db()
    assert mailing.recipients == 1


def test_both_languages_are_tried_whichever_one_reads(mailing, lo):
    mailing.subject_en, mailing.text_en = "New room", "Fifth floor."
    trying.try_out(mailing, by=lo)
    assert set(Message.objects.values_list("subject", "language")) == {
        ("Test: Ny lokal på torsdag", "sv"),
        ("Test: New room", "en"),
    }
    assert {letter.recipient for letter in Message.objects.all()} == {lo}
