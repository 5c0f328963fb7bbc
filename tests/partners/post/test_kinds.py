"""Every letter of the portal is named once, with its kind; nothing else is."""

from pathlib import Path

import pytest
from django.conf import settings

from partners.models import Topic
from partners.post import kinds
from partners.post.kinds import Kind

TEMPLATES = Path(settings.BASE_DIR) / "templates"
NAMES = {
    f"{path.parents[1].name}/{path.name.removesuffix('.sv.txt')}"
    for path in TEMPLATES.glob("*/mail/*.sv.txt")
    if not path.name.startswith("placeholders")
}


def test_every_letter_has_its_entry_and_every_entry_its_letter():
    assert len(NAMES) >= 19
    assert set(kinds.LETTERS) == NAMES


@pytest.mark.parametrize("name", kinds.LETTERS)
def test_what_can_be_switched_off_has_one_topic_and_what_is_ones_own_has_none(name):
    entry = kinds.LETTERS[name]
    if name == kinds.DIGEST:
        assert entry.topic is None, "it has those of its letters"
    else:
        assert (entry.topic is None) == (entry.kind == Kind.OWN)
        assert entry.topic != Topic.ALL


def test_codes_places_and_changes_are_never_held_nor_switched_off():
    own = {name for name, entry in kinds.LETTERS.items() if entry.kind == Kind.OWN}
    assert own >= {
        "northstar/login_code",
        "learning/seat_confirmed",
        "learning/session_cancelled",
        "learning/session_moved",
        "partners/address_was_changed",
    }


def test_a_letter_that_is_named_no_more_is_its_readers_own():
    assert kinds.of("learning/gone").kind == Kind.OWN


def test_letters_are_found_by_what_they_are_about():
    assert kinds.about([Topic.SURVEYS]) == ["learning/survey_invitation"]
    assert "learning/session_reminder" in kinds.about([Topic.PLACES, Topic.SURVEYS])
    assert kinds.about([]) == []
    assert set(kinds.UNASKED_TOPICS) <= set(Topic)
