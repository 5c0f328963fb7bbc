"""What is decided on the page about the sessions of a list."""

from learning.intake import decisions


def test_fields_of_a_session_are_kept_by_its_key_and_others_are_not():
    kept = {}
    decisions.keep_session(kept, "0|träff 1:del 2:venue", "Väven")
    decisions.keep_session(kept, "0|träff 1:del 2:start", "9.00")
    decisions.keep_session(kept, "0:capacity", "40")
    decisions.keep_session(kept, f"{'0' * 201}:venue", "Väven")
    assert kept == {"sessions": {"0|träff 1:del 2": {"venue": "Väven", "start": "9.00"}}}


def test_the_series_is_all_that_is_kept_of_the_list():
    kept = {}
    decisions.keep_list(kept, "series", "S" * 151)
    decisions.keep_list(kept, "kind", "partners")
    assert kept == {"series": "S" * 150}


def test_hours_for_all_are_kept_as_they_are_typed():
    kept = {}
    decisions.keep_list(kept, "start", "9")
    decisions.keep_list(kept, "end", "tolv")
    assert kept == {"hours": {"start": "9", "end": "tolv"}}
