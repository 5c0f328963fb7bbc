"""Which texts are swept, and what counts as somebody's name in them."""

import pytest

from northstar.own_data import sweeping
from partners.models import Organisation, User
from tests.builders import make_organisation, make_person

pytestmark = pytest.mark.django_db


def test_a_name_means_somebody_where_it_has_two_words_and_nobody_else_has_it(db):
    mine, bare = make_person("Siv Sjö"), make_person("Bo")
    assert sweeping.name_is_their_own(mine)
    assert not sweeping.name_is_their_own(bare), "'bo' is a word"
    make_person("SIV SJÖ")
    assert not sweeping.name_is_their_own(mine)


def test_an_organisation_called_as_its_owner_keeps_its_name(db):
    mine = make_person("Siv Sjö", "siv@sjo.example")
    make_organisation("Siv Sjö Konsult", description_sv="siv@sjo.example")
    sweeping.sweep(mine)
    kept = Organisation.objects.get()
    assert (kept.name, kept.description_sv) == ("Siv Sjö Konsult", "•••")


def test_what_is_chosen_from_a_list_is_no_text():
    assert "language" not in {column.name for column in sweeping.columns(User)}
    assert {"name", "email", "phone"} <= {column.name for column in sweeping.columns(User)}
