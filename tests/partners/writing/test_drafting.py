"""Drafts: begun once, changed by one at a time, thrown away before they are sent."""

import pytest
from django.core.exceptions import ValidationError

from partners.models import Mailing
from partners.writing import drafting
from tests.builders import make_mailing, queued

pytestmark = pytest.mark.django_db

SAID = {
    "groups": ["partners.members"],
    "subject_sv": "Nya träffar",
    "text_sv": "Hej.",
    "subject_en": "",
    "text_en": "",
}


def test_a_draft_begun_twice_in_a_row_is_one(kim, lo):
    first = drafting.begin("", SAID, by=kim)
    assert drafting.begin("", SAID, by=kim) == first
    assert drafting.begin("", SAID | {"text_sv": "Annat."}, by=kim) != first
    assert drafting.begin("", SAID, by=lo) != first
    assert (first.created_by, first.state, first.version) == (kim, "draft", 1)


def test_a_change_says_who_made_it_and_the_same_again_is_none(kim, lo):
    mailing = make_mailing(kim)
    changed = drafting.change(mailing, SAID, seen=1, by=lo)
    assert drafting.words_of(changed) == SAID
    assert (changed.version, changed.changed_by) == (2, lo)
    assert drafting.change(mailing, SAID, seen=1, by=lo).version == 2


def test_who_writes_second_is_refused_and_told_of_whom(kim, lo):
    mailing = make_mailing(kim)
    drafting.change(mailing, SAID, seen=1, by=lo)
    with pytest.raises(ValidationError, match="Lo Lind ändrade") as refusal:
        drafting.change(mailing, SAID | {"text_sv": "Mitt."}, seen=1, by=kim)
    assert refusal.value.code == "changed"
    assert Mailing.objects.get().text_sv == "Hej."


def test_what_is_to_be_sent_is_no_draft_any_more(kim):
    mailing = queued(make_mailing(kim))
    for attempt in (
        lambda: drafting.change(mailing, SAID, seen=1, by=kim),
        lambda: drafting.remove(mailing, by=kim),
    ):
        with pytest.raises(ValidationError) as refusal:
            attempt()
        assert refusal.value.code == "over"
    assert Mailing.objects.get().text_sv != "Hej."


def test_a_draft_is_thrown_away(kim):
    mailing = make_mailing(kim)
    drafting.remove(mailing, by=kim)
    assert not Mailing.objects.exists()
    mailing.pk = 4711
    with pytest.raises(Mailing.DoesNotExist):
        drafting.remove(mailing, by=kim)
