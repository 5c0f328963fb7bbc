"""All letters whose words can be written."""

import pytest

from partners.models import Language
from partners.post import kinds
from partners.wording import listing
from tests.builders import make_letter_text

pytestmark = pytest.mark.django_db


def row_of(letter, reader):
    return next(row for _name, rows in listing.rows(reader) for row in rows if row.letter == letter)


def test_every_letter_stands_once_with_what_it_is_for(kim):
    rows = [row for _name, rows in listing.rows(kim) for row in rows]
    assert sorted(row.letter for row in rows) == sorted(kinds.editable())
    assert all(str(row.about.name) and str(row.about.sent) and str(row.kind) for row in rows)
    assert [language for language, _said in rows[0].said] == Language.values


def test_it_is_told_who_changed_it_and_whether_it_fits(kim, lo):
    letter = "learning/session_moved"
    make_letter_text(kim, letter)
    make_letter_text(lo, letter, number=2)
    make_letter_text(lo, letter, "en", text="((gone))")
    swedish, english = (said for _language, said in row_of(letter, kim).said)
    assert (swedish.row.written_by, swedish.number, swedish.fits) == (lo, 2, True)
    assert (english.is_edited, english.fits) == (True, False)
    other = row_of("learning/queue_left", kim)
    assert [said.is_edited for _language, said in other.said] == [False, False]


def test_nobody_else_sees_what_was_written(kim, lo):
    make_letter_text(kim)
    said = row_of("learning/seat_confirmed", lo).said
    assert [one.is_edited for _language, one in said] == [False, False]
