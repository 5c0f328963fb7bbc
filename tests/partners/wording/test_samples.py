"""Every letter that can be edited can be shown, about something real or made up."""

import re

import pytest

from partners.models import Language
from partners.post import kinds, texts
from partners.post.placeholders import Marks
from partners.wording import samples, trying
from tests.builders import make_letter_text, make_organisation, make_session

pytestmark = pytest.mark.django_db

TOKEN = "/[A-Za-z0-9_-]{43}/"  # in a link that opens something
# What differs from case to case: each letter is read in each of them.
CASES = [
    {},
    {"by_other": None, "has_queue": False, "is_seated": False, "changed": set()},
    {"by_other": None, "has_queue": True},
    {"is_same_day": True},
    {"is_later": True, "has_been": False},
    {"changed": {"starts_at", "venue", "ends_at", "mode", "meeting_url"}},
    {"changed": {"venue", "meeting_url"}, "is_seated": False},
    {"organisation": None},
]


def sample_of(letter, language, reader, **changed):
    source = samples.source_of(letter)
    things = source.things()
    key = things[0].key if things else ""
    shown = trying.sample(source, letter, language, key, reader=reader)
    return trying.Sample(letter, language, {**shown.context, **changed}, reader)


def test_every_letter_that_can_be_edited_is_handed_in_once():
    handed_in = [letter for one in samples.all_sources() for letter in one.letters]
    assert sorted(handed_in) == sorted(kinds.editable())


def test_what_cannot_be_edited_has_no_source():
    assert samples.source_of("partners/mailing") is None
    assert samples.source_of("learning/gone") is None
    assert samples.source_of("/") is None


@pytest.mark.parametrize("is_edited", [False, True])
@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("letter", kinds.editable())
def test_every_letter_is_written_in_every_case(letter, language, is_edited, kim):
    make_organisation("Bostaden")
    make_session("Budget", venue="Väven", cancelled_because="Sjuk.\n\nNy tid kommer.")
    if is_edited:
        make_letter_text(kim, letter, language)
    for case in CASES:
        shown = sample_of(letter, language, kim, **case)
        written = shown.written(texts.current(letter, language))
        assert written.subject.startswith("Nytt: ") is is_edited
        assert "((" not in written.subject + written.text
        assert "))" not in written.text
        assert "{{" not in written.text
        assert "None" not in written.text
        assert " ." not in written.text
        assert "  " not in written.text
        assert "Kim" in written.text.splitlines()[0]


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("letter", kinds.editable())
def test_a_sample_has_something_to_say_for_nearly_every_placeholder(letter, language, kim):
    make_organisation("Bostaden")
    make_session(
        venue="Väven",
        mode="hybrid",
        meeting_url="https://m.example/",
        preparation_sv="Läs.",
        cancelled_because="Sjuk.",
    )
    known = texts.vocabulary(letter, language)
    silent = {
        texts.key_of(line.name)
        for line in sample_of(letter, language, kim).lines()
        if not line.says
    }
    assert silent <= {"lämna kön", "leave the queue"}  # of who has a seat
    assert not silent or letter in {"learning/session_moved", "learning/session_changed"}
    assert all(Marks.ADDRESS in known[key].marks for key in silent)


@pytest.mark.parametrize("letter", kinds.editable())
def test_a_portal_without_sessions_and_partners_shows_them_all_the_same(letter, kim):
    assert sample_of(letter, "sv", kim).written(texts.original(letter, "sv")).text


def test_nothing_in_a_sample_opens_anything(kim):
    make_session()
    for letter in kinds.editable():
        if letter != "northstar/login_code":
            text = sample_of(letter, "sv", kim).written(texts.original(letter, "sv")).text
            assert re.search(TOKEN, text) is None
