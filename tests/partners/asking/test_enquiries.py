"""Nobody is told before the address is confirmed; coordinators get one letter an hour at most."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partners.asking import enquiries
from partners.models import Enquiry, EnquiryKind, Message, StaffRole
from tests.builders import make_enquiry, make_person

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def coordinators():
    return [make_person(name, staff_role=StaffRole.COORDINATOR) for name in ("Kim", "Kaj")]


def write(email="stina@strangers.example", text="Vad kostar det?", language="sv"):
    facts = {"name": "Stina Strand", "addressee": "Projektkontoret", "text": text}
    return enquiries.write(EnquiryKind.QUESTION, email, facts, language=language)


def token_in(letter):
    return re.search(r"/([A-Za-z0-9_-]{43})/", letter.text)[1]


def test_what_is_written_is_shown_to_nobody_until_the_link_is_followed(coordinators):
    written = write()

    letter = Message.objects.get()
    assert (letter.sent_to, letter.recipient) == ("stina@strangers.example", None)
    assert letter.secret
    assert letter.useless_after == pytest.approx(timezone.now() + timedelta(days=7), abs=HOUR)
    assert list(Enquiry.objects.visible_to(coordinators[0])) == []
    assert enquiries.tell(timezone.now()) == 0

    enquiries.confirm(enquiries.written_by(token_in(letter)))

    assert list(Enquiry.objects.visible_to(coordinators[0])) == [written]
    assert enquiries.tell(timezone.now()) == 1


def test_the_letter_that_asks_repeats_nothing_that_was_typed():
    enquiries.write(
        EnquiryKind.WISH_TO_JOIN,
        "victim@strangers.example",
        {"name": "Billig Medicin", "organisation": "Billig Medicin Nu", "text": "Köp här"},
        language="en",
    )
    letter = Message.objects.get()
    told = letter.subject + letter.text + letter.html
    assert "Billig" not in told
    assert "Köp" not in told
    assert "/en/confirm/" in told


def test_the_receipt_says_when_and_comes_once():
    written = write()
    enquiries.confirm(written)
    enquiries.confirm(written)
    receipt = Message.objects.get(letter="partners/enquiry_received")
    assert "inom 5 arbetsdagar" in receipt.text
    assert "Vad kostar det?" in receipt.text
    assert receipt.sent_to == "stina@strangers.example"


def test_the_language_of_the_page_is_that_of_the_letters():
    enquiries.confirm(write(language="en"))
    assert [letter.language for letter in Message.objects.all()] == ["en", "en"]


def test_a_member_and_a_stranger_are_written_to_alike(ada):
    write(ada.email)
    write()
    first, second = Message.objects.order_by("pk")
    assert first.recipient is None
    assert first.subject == second.subject


def test_a_second_click_writes_nothing_more_and_another_question_does():
    assert write() == write()
    write(text="Och hur lång tid tar det?")
    assert Enquiry.objects.count() == Message.objects.count() == 2


def test_an_address_that_does_not_answer_is_asked_three_times_a_day():
    made = [write(text=f"Fråga {number}") for number in range(5)]
    assert [one is not None for one in made] == [True, True, True, False, False]
    assert Message.objects.count() == 3
    Enquiry.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert write(text="I morgon")


def test_whoever_confirms_may_go_on_asking():
    for number in range(5):
        enquiries.confirm(write(text=f"Fråga {number}"))
    assert Enquiry.objects.confirmed().count() == 5


def test_a_link_that_is_too_old_or_unknown_opens_nothing():
    written = write()
    token = token_in(Message.objects.get())
    Enquiry.objects.update(created_at=timezone.now() - timedelta(days=7))
    assert enquiries.written_by(token) is None
    assert enquiries.written_by("x" * 43) is None
    with pytest.raises(ValidationError) as refusal:
        enquiries.confirm(written)
    assert refusal.value.code == "over"


def test_a_confirmed_one_keeps_its_receipt_page():
    enquiry, token = make_enquiry()
    Enquiry.objects.update(created_at=timezone.now() - timedelta(days=30))
    assert enquiries.written_by(token) == enquiry


def test_however_many_come_each_coordinator_gets_one_letter_an_hour(coordinators):
    now = timezone.now()
    make_enquiry(confirmed_at=now - timedelta(minutes=1))
    assert enquiries.tell(now) == 1
    for number in range(30):
        make_enquiry(confirmed_at=now, name=f"Person {number}")
    assert enquiries.tell(now + timedelta(minutes=59)) == 0
    assert enquiries.tell(now + HOUR) == 30
    assert enquiries.tell(now + 3 * HOUR) == 0

    letters = Message.objects.filter(letter="partners/new_enquiries")
    assert letters.count() == 2 * len(coordinators)
    last = letters.filter(recipient=coordinators[0]).last()
    assert "30 nya frågor" in last.subject
    assert "Person 19" in last.text
    assert "Person 20" not in last.text
    assert "Och 10 till." in last.text
    assert "/samordna/fragor/" in last.text


def test_the_letter_names_a_single_one_and_both_kinds(coordinators):
    make_enquiry(EnquiryKind.WISH_TO_JOIN)
    enquiries.tell(timezone.now())
    letter = Message.objects.filter(recipient=coordinators[0]).get()
    assert letter.subject == "Brf Strandkanten vill bli partner"


def test_nothing_to_tell_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        enquiries.tell(timezone.now())


def test_what_nobody_confirms_is_forgotten_after_a_week_with_its_letter():
    now = timezone.now()
    old, new, confirmed = write(text="Gammal"), write(text="Ny"), write(text="Bekräftad")
    enquiries.confirm(confirmed)
    Enquiry.objects.filter(pk__in=[old.pk, confirmed.pk]).update(created_at=now - timedelta(days=7))

    assert enquiries.forget_unconfirmed(now) == 1

    assert set(Enquiry.objects.all()) == {new, confirmed}
    kept = set(Message.objects.values_list("key", flat=True))
    assert f"partners.enquiry:{old.pk}:confirm" not in kept
    assert len(kept) == 3


@pytest.mark.parametrize(
    ("written", "answered"),
    [
        ("2026-11-23", "2026-11-30"),
        ("2026-11-27", "2026-12-04"),
        ("2026-11-28", "2026-12-04"),
        ("2026-11-29", "2026-12-04"),
    ],
)
def test_an_answer_is_promised_for_a_working_day(written, answered):
    confirmed_at = datetime.fromisoformat(f"{written}T22:30:00+01:00")
    enquiry, _ = make_enquiry(confirmed_at=confirmed_at)
    assert enquiry.answer_by == date.fromisoformat(answered)
    assert not enquiry.is_late(datetime.fromisoformat(f"{answered}T23:59:00+01:00"))
    assert enquiry.is_late(datetime.fromisoformat(f"{answered}T23:59:00+01:00") + 2 * HOUR)
