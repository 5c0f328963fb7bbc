"""Coordinators write what a letter says, and nobody's words are lost."""

import pytest
from django.core.exceptions import ValidationError

from learning.places import registration
from partners.models import LetterText, Message
from partners.post import texts
from partners.post.texts import Words
from partners.wording import editing
from tests.builders import make_letter_text, make_person, make_session
from tests.races import neck_and_neck

pytestmark = pytest.mark.django_db

LETTER = "learning/seat_confirmed"
KEPT = "Välkommen ((träff)).\n\n[Avboka | ((avboka))]"


def words(subject="En plats", text=KEPT):
    return texts.edited(texts.original(LETTER, "sv"), subject, text)


def write(by, seen=0, **said):
    return editing.write(LETTER, "sv", words(**said), seen=seen, by=by)


def test_the_next_letter_says_what_was_written_and_why_one_gets_it(kim, ada):
    session = make_session("Budget")
    write(kim)
    registration.register(session, ada, by=ada)
    letter = Message.objects.get(letter=LETTER)
    assert letter.subject == "En plats"
    assert "Välkommen Budget." in letter.text
    assert "Avboka: http" in letter.text
    assert letter.text.rstrip().endswith("för att du har anmält dig till träffen.")


def test_a_version_is_added_and_the_newest_counts(kim, lo):
    first = write(kim)
    second = write(lo, seen=1, subject="Din plats")
    assert (first.number, second.number, second.written_by) == (1, 2, lo)
    assert texts.current(LETTER, "sv").subject == "Din plats"
    assert texts.current(LETTER, "en") == texts.original(LETTER, "en")


def test_saying_what_it_says_already_changes_nothing(kim, lo):
    assert editing.write(LETTER, "sv", texts.original(LETTER, "sv"), seen=0, by=kim) is None
    first = write(kim)
    assert write(lo, seen=0) == first
    assert LetterText.objects.count() == 1


def test_the_second_who_saves_does_not_take_back_what_the_first_wrote(kim, lo):
    write(kim)
    with pytest.raises(ValidationError) as refusal:
        write(lo, subject="Min")
    assert refusal.value.code == "changed"
    assert "Kim Krans" in refusal.value.messages[0]
    assert texts.current(LETTER, "sv").subject == "En plats"


def test_back_to_the_original_is_a_version_that_says_so(kim, lo):
    write(kim)
    row = editing.back_to_the_original(LETTER, "sv", by=lo)
    assert (row.number, row.is_original, row.written_by) == (2, True, lo)
    assert texts.current(LETTER, "sv") == texts.original(LETTER, "sv")
    assert editing.back_to_the_original(LETTER, "sv", by=lo) == row
    assert not editing.now(LETTER, "sv").is_edited


def test_typing_the_original_is_going_back_to_it(kim):
    write(kim)
    row = editing.write(LETTER, "sv", texts.original(LETTER, "sv"), seen=1, by=kim)
    assert row.is_original


def test_a_version_is_brought_back_and_what_came_between_is_kept(kim, lo):
    first = write(kim)
    editing.back_to_the_original(LETTER, "sv", by=kim)
    third = editing.bring_back(first, by=lo)
    assert (third.number, third.subject, third.written_by) == (3, "En plats", lo)
    assert LetterText.objects.count() == 3
    assert editing.bring_back(first, by=lo) == third


def test_what_does_not_fit_any_more_is_not_brought_back_and_not_sent(kim):
    row = make_letter_text(kim, text="((gone))")
    make_letter_text(kim, number=2)
    with pytest.raises(ValidationError):
        editing.bring_back(row, by=kim)
    said = editing.said_by(LETTER, "sv", row)
    assert (said.fits, said.is_edited, said.words.text) == (False, True, "((gone))")


def test_what_is_wrong_is_refused_whoever_asks(kim):
    with pytest.raises(ValidationError) as refusal:
        editing.write(LETTER, "sv", Words("((x))", "((y))"), seen=0, by=kim)
    assert len(refusal.value.messages) == 3
    assert not LetterText.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told_of_the_other():
    kim, lo = (make_person(name, staff_role="coordinator") for name in ("Kim", "Lo"))

    def save(by):
        try:
            return write(by, subject=by.name)
        except ValidationError as refusal:
            return refusal.code

    answers = neck_and_neck(lambda: save(kim), lambda: save(lo))
    assert "changed" in answers
    assert LetterText.objects.count() == 1
