"""Words that say whether somebody came."""

import pytest
from django.utils import translation

from learning.intake import presence
from learning.models import AttendanceStatus


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (
            "present",
            [
                "x",
                "X",
                "ja",
                "J",
                "yes",
                "1",
                "true",
                "✓",
                "närvarande",
                "deltog",
                "present",
                "Kom",
            ],
        ),
        ("absent", ["nej", "no", "0", "frånvarande", "absent", "–", "-", "uteblev"]),
        ("excused", ["sjuk", "förhinder", "avbokad", "excused", "VAB", "Sjuk, meddelat"]),
        ("", ["", "?", "okänt", "vet ej"]),
        ("walk_in", ["drop-in", "Drop in"]),
        (None, ["blå", "kanariefågel"]),
    ],
)
def test_words_for_being_there(status, words):
    assert {word: presence.presence(word) for word in words} == dict.fromkeys(words, status)


@pytest.mark.parametrize("text", ["☐", "Kanske", "oklart", "x", "sjuk", "(x)"])
def test_a_mark_that_is_asked_about_is_still_a_mark(text):
    assert presence.is_mark(text)
    assert not presence.is_mark("kanariefågel")


def test_late_word_is_word_and_perhaps_is_asked_about():
    assert presence.presence("Sent återbud") == "excused"
    assert presence.presence("kanske") is presence.presence("☐") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nej, förhinder", "excused"),
        ("nej (sjuk)", "excused"),
        ("Nej, glömde", "absent"),
        ("Ja, men gick 10", "present"),
        ("Blå, förhinder", None),
        ("(x)", None),
        ("x?", None),
        ("ja?", None),
        ("0,5", None),
        ("x/-", None),
        ("ja/nej", None),
        ("nej/ja", None),
        ("Ja / sjuk", None),
        ("nej, ja digitalt", None),
        ("Nej (deltog digitalt)", None),
        ("ja (ersättare Pia Ek)", None),
        ("x (Pia)", None),
        ("Ja (Teams)", "present"),
        ("ja, digitalt", "present"),
        ("Ja (kom sent)", "present"),
        ("n/a", ""),
    ],
)
def test_a_reason_beside_a_no_is_word_that_was_sent(text, said):
    assert presence.presence(text) == said


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_list_may_say_it_in_the_words_of_the_portal(language):
    with translation.override(language):
        for status in AttendanceStatus:
            assert presence.presence(str(status.label)) == status.value
