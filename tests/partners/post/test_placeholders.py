"""What placeholders are called and what each says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.post import kinds, placeholders, texts
from partners.post.placeholders import FORM, inert, known, said
from partners.reading.text import one_line

SITE = "https://portal.example"
APPS, LANGUAGES = ["partners", "learning", "northstar"], ["sv", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS)
def test_every_placeholder_has_a_line_of_help_and_known_marks(app, language):
    found = known(app, language)
    assert len(found) > 10
    for key, one in found.items():
        assert one.help, key
        assert one.marks <= {"[address]", "[kept]", "[text]", "[markup]"}, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS)
def test_every_line_of_a_file_is_read(app, language):
    path = Path(f"templates/{app}/mail/placeholders.{language}.txt")
    lines = [line for line in path.read_text().splitlines() if line.startswith("((")]
    shared = {} if app == "partners" else known("partners", language)
    own = {key for key, one in known(app, language).items() if shared.get(key) != one}
    assert len(own) == len(lines) > 0


def test_no_placeholder_is_of_no_use():
    for language in LANGUAGES:
        used = {app: set() for app in APPS}
        for letter in kinds.editable():
            words = texts.original(letter, language)
            names = FORM.findall(f"{words.subject}\n{words.text}\n{words.note}")
            used[letter.split("/")[0]] |= {placeholders.key_of(name) for name in names}
        for app in APPS:
            shared = set() if app == "partners" else set(known("partners", language))
            own = set(known(app, language)) - shared
            everybodys = set.union(*used.values()) if app == "partners" else used[app]
            assert own - everybodys == set(), (app, language)


def test_a_name_is_found_however_it_is_typed():
    assert placeholders.key_of("  Lämna   Kön ") == "lämna kön"


@given(st.text())
def test_what_is_inert_is_printed_as_it_was(value):
    shown = said(inert(value, SITE))
    if not any("\ue000" <= sign <= "\ue00f" for sign in value):
        assert "".join(one_line(shown).split()) == "".join(one_line(value).split())
    assert len(shown.splitlines()) <= 1


@given(st.text(alphabet="[]|<>=-: ab\n"))
def test_nothing_in_a_value_means_anything(value):
    assert not set(inert(value, SITE)) & set("[]|<>=-:\n")


@pytest.mark.parametrize(
    ("value", "stays"),
    [
        (f"{SITE}/traffar/1/", True),
        (f"{SITE}/svar/?usefulness=5", True),
        (f"{SITE}.evil.example/x", False),
        ("https://evil.example/", False),
        (f"{SITE}/a|b]", False),
        (f"{SITE}/a >> Klicka", False),
    ],
)
def test_an_address_of_the_portal_alone_stays_what_it_is(value, stays):
    assert (inert(value, SITE) == value) is stays
