import pytest
from django.core.exceptions import ValidationError

from measures.challenges.versions import says, write_over
from tests.promise_builders import make_challenge

pytestmark = pytest.mark.django_db


def test_what_is_saved_already_is_nothing_new_even_by_an_old_version(kim):
    challenge = make_challenge("Grön el", version=7)
    write_over(challenge, {"title_sv": "Grön el"}, version=1, by=kim)
    challenge.refresh_from_db()
    assert (challenge.version, challenge.updated_by) == (7, None)
    assert says(challenge, {"title_sv": "Grön el", "version": 7})


def test_a_change_is_a_version_with_its_writer(kim):
    challenge = make_challenge("Grön el")
    write_over(challenge, {"title_sv": "Sol"}, version=1, by=kim)
    challenge.refresh_from_db()
    assert (challenge.title_sv, challenge.version, challenge.updated_by) == ("Sol", 2, kim)


def test_where_nobody_is_known_to_have_changed_it_somebody_has(kim):
    challenge = make_challenge("Grön el", version=2)
    with pytest.raises(ValidationError, match="Någon"):
        write_over(challenge, {"title_sv": "Sol"}, version=1, by=kim)
