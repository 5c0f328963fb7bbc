"""A text is seen before it is used."""

import pytest

from partners.models import Message
from partners.post import texts
from partners.wording import samples, trying
from tests.builders import make_session

pytestmark = pytest.mark.django_db

LETTER = "learning/seat_confirmed"


@pytest.fixture
def sample(kim):
    session = make_session("Budget [x | http://localhost:8000/x/]")
    source = samples.source_of(LETTER)
    return trying.sample(source, LETTER, "en", str(session.pk), reader=kim)


def words(subject="Seat: ((session))"):
    own = texts.original(LETTER, "en")
    return texts.edited(own, subject, own.text)


def test_a_test_has_what_readers_get_and_says_that_it_is_one(sample, kim):
    trying.try_out(sample, words(), "1", by=kim)
    letter = Message.objects.get()
    assert (letter.letter, letter.language, letter.recipient) == ("partners/text_test", "en", kim)
    assert letter.subject == "Test: Seat: Budget [x | http://localhost:8000/x/]"
    assert letter.text.startswith("Hello Kim,\n\nYou have a seat at the session.")
    assert ">Cancel your place</a>" in letter.html
    assert "because you are trying out the text of an e-mail" in letter.text
    assert "because you have registered for the session." in letter.text
    assert not letter.held
    assert kim.language == "sv", "the reader is not changed"


def test_a_test_is_sent_again_only_when_something_has_changed(sample, kim, lo):
    for _ in range(2):
        trying.try_out(sample, words(), "1", by=kim)
    assert Message.objects.count() == 1
    trying.try_out(sample, words("Another"), "1", by=kim)
    trying.try_out(sample, words(), "2", by=kim)
    trying.try_out(sample, words(), "1", by=lo)
    assert Message.objects.count() == 4


def test_a_line_of_help_says_what_the_placeholder_says_here(sample):
    lines = {line.name: line for line in sample.lines()}
    assert lines["session"].says == "Budget [x | http://localhost:8000/x/]"
    assert lines["time"].says.endswith("Swedish\N{NO-BREAK SPACE}time")
    assert lines["cancel"].is_kept
    assert not lines["page"].is_kept
    assert all(line.help for line in lines.values())
