"""When no letter is sent at all, and how often the server is asked."""

import pytest

from partners.post import pauses
from tests.builders import make_letter, make_person

pytestmark = pytest.mark.django_db


def test_a_refusal_counts_once_a_reader_until_a_letter_is_taken():
    letters = [make_letter(make_person(name)) for name in ("Ada", "Bo", "Cai", "Dag", "Eva")]
    for letter in [*letters[:4], letters[0]]:
        assert pauses.note_refused(letter) == []
    assert pauses.note_refused(letters[4]) == [letter.pk for letter in letters]
    pauses.note_taken()
    assert pauses.note_refused(letters[4]) == []


def test_a_pause_says_why_until_a_letter_is_taken():
    pauses.start("550 not you")
    assert pauses.is_on()
    assert pauses.because() == "550 not you"
    pauses.end()
    assert not pauses.is_probing()
