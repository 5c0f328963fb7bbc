"""The words of a letter: one flat text with named placeholders."""

import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from learning.models import LearningSession
from partners.models import LetterText
from partners.post import kinds, letters, texts
from partners.post.texts import Words

LETTER = "learning/seat_confirmed"
LANGUAGES = ["sv", "en"]
KEPT = "[Avboka | ((avboka))]"
OWN = texts.original


def said(words, letter=LETTER, language="sv", **about):
    """A letter in *words* about a session nobody has kept."""
    return letters.write(language, letter, about, Words("Ämne", words, "-- Du får mejlet."))


def make_unsaved(**fields):
    return LearningSession(**fields)


def codes(text, subject="Ämne", letter=LETTER):
    found = texts.faults(letter, "sv", subject, text)
    return [fault.code for field in ("subject", "text") for fault in found[field]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", kinds.editable())
def test_an_original_is_flat_knows_its_placeholders_and_has_no_fault(letter, language):
    words = OWN(letter, language)
    whole = f"{words.subject}\n{words.text}\n{words.note}"
    assert "{%" not in whole
    assert "{{" not in whole
    assert words.note.startswith("-- ")
    assert "\n-- " not in words.text
    known = texts.placeholders.known(letter.split("/")[0], language)
    assert {texts.key_of(name) for name in texts.FORM.findall(whole)} <= set(known)
    assert texts.faults(letter, language, words.subject, words.text) == {"subject": [], "text": []}


@pytest.mark.parametrize("letter", sorted(kinds.BUILT))
def test_a_built_letter_is_a_template(letter):
    assert "{{" in OWN(letter, "sv").subject + OWN(letter, "sv").text + OWN(letter, "sv").note


@pytest.mark.parametrize("letter", kinds.editable())
def test_both_languages_keep_the_same_ways_in_and_out(letter):
    ways = [
        sum("[kept]" in one.marks for one in texts.vocabulary(letter, language).values())
        for language in LANGUAGES
    ]
    assert ways[0] == ways[1]


def test_a_line_whose_placeholder_says_nothing_is_left_out_and_its_paragraph_with_it():
    text = "Plats: ((plats))\nMöteslänk: ((möteslänk))\n\nHej ((träff))"
    session = make_unsaved(venue="", meeting_url="")
    shown = said(text, session=session, title="Budget").text
    assert "Plats" not in shown
    assert "\n\n\n" not in shown
    session.venue = "Väven"
    assert "Plats: Väven\n\nHej Budget" in said(text, session=session, title="Budget").text


def test_a_capital_begins_with_a_capital():
    shown = said("((När)) eller ((när))").text
    assert "I morgon eller i morgon" in shown


def test_a_subject_says_what_it_can():
    letter = letters.write(
        "sv", LETTER, {"title": "Budget\r\nBcc: x"}, Words("((träff)): ((plats))", KEPT, "-- N")
    )
    assert letter.subject == "Budget Bcc: x:"


BAD = [
    ("Hej ((foo)) " + KEPT, ["unknown"]),
    ("((0.__class__)) " + KEPT, ["unknown"]),
    ("((träff.pk)) " + KEPT, ["unknown"]),
    ("((a((träff)))) " + KEPT, ["nested"]),
    ("((träff((plats)) )) " + KEPT, ["nested"]),
    ("Hej ((träff " + KEPT, ["nested"]),
    ("Hej ((träff\n\n" + KEPT, ["open"]),
    (KEPT + " ((", ["open"]),
    ("(( )) " + KEPT, ["unknown"]),
    ("Hej", ["kept"]),
    ("", ["kept"]),
    (">> Klicka | https://evil.example/\n" + KEPT, ["elsewhere"]),
    ("[Klicka | https://evil.example/]\n" + KEPT, ["elsewhere"]),
    ("[Klicka | javascript:alert(1)]\n" + KEPT, ["elsewhere"]),
    (">> Se | ((träff))\n" + KEPT, ["elsewhere"]),
    (">> Se | ((sidan))x\n" + KEPT, ["elsewhere"]),
    (">> Se träffen\n" + KEPT, ["button"]),
]


@pytest.mark.parametrize(("text", "wrong"), BAD, ids=range(len(BAD)))
def test_a_bad_text_is_refused(text, wrong):
    assert codes(text) == wrong


GOOD = [
    KEPT,
    "{{ session.title }} {% load x %} {0.__class__} " + KEPT,
    "Se (((träff))) och (se ((träff))) " + KEPT,
    "))" + KEPT,
    f">> Se | {settings.SITE_URL}/traffar/\n\n{KEPT}",
    "((TRÄFF)) ((  träff ))" + KEPT,
]


@pytest.mark.parametrize("text", GOOD, ids=range(len(GOOD)))
def test_what_other_tools_read_as_code_is_text(text):
    assert codes(text) == []


def test_braces_are_printed_as_they_are():
    shown = said("{{ session }} {% now 'Y' %} {0.__class__}\n" + KEPT, title="x").text
    assert "{{ session }} {% now 'Y' %} {0.__class__}" in shown


def test_a_text_with_paragraphs_stands_alone_and_in_no_subject():
    letter = "learning/session_cancelled"
    assert codes("Skälet: ((skälet))", letter=letter) == ["alone"]
    assert codes("A\n\n((skälet))", subject="((skälet))", letter=letter) == ["long"]


def test_the_words_of_a_fault_are_short_and_on_one_line():
    (fault,) = texts.faults(LETTER, "sv", "x", f"(({'a' * 60}))\n{KEPT}")["text"]
    assert len(fault.params["words"]) <= 41


@pytest.mark.django_db
def test_what_a_coordinator_wrote_is_what_is_sent(lo, django_assert_num_queries):
    LetterText.objects.create(
        letter=LETTER, language="sv", number=1, subject="S", text=KEPT, written_by=lo
    )
    with django_assert_num_queries(1):
        assert texts.current(LETTER, "sv").subject == "S"
    assert texts.current(LETTER, "sv").note == OWN(LETTER, "sv").note
    assert texts.current(LETTER, "en") == OWN(LETTER, "en")
    LetterText.objects.create(
        letter=LETTER, language="sv", number=2, is_original=True, written_by=lo
    )
    assert texts.current(LETTER, "sv") == OWN(LETTER, "sv")


@pytest.mark.django_db
def test_no_letter_is_lost_over_a_text_that_does_not_fit_any_more(lo):
    LetterText.objects.create(
        letter=LETTER, language="sv", number=1, subject="S", text=f"((gone)) {KEPT}", written_by=lo
    )
    assert texts.current(LETTER, "sv") == OWN(LETTER, "sv")


# What is typed into the portal cannot be more than words in a letter


def shape(html):
    """What is more than words: links with a label, buttons, headings, tables, paragraphs.

    An address of the portal may be followed wherever it stands, and shows where it leads.
    """
    links = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', html)
    return (
        [goal for goal, label in links if goal != label],
        len(re.findall("<h2", html)),
        len(re.findall("<table", html)),
        len(re.findall("<p ", html)),
        len(re.findall("<tr", html)),
    )


MARKUP = st.text(
    alphabet=st.sampled_from("[]|<>=-: \n()ab\r\u2028\ue000\ue001\ue009{}%&\"'")
) | st.sampled_from(
    [
        ">> Klicka | https://evil.example/",
        ">> Klicka | http://localhost:8000/logga-ut/",
        "[Klicka | http://localhost:8000/x/]",
        "== Rubrik",
        "-- Fot",
        "((avboka))",
        "((träff))",
        "<<typed>>",
        "<<letter>>",
        "a\n\n-- b",
        "x: y\nz: w",
        "\ue000",
    ]
)
EVERYWHERE = (
    "((träff))\n((träff)) ((plats))\n\n((plats))\n((träff))\n\nTräff: ((träff))\nPlats: ((plats))"
)
EVERYWHERE += "\n\n>> Se ((träff)) | ((sidan))\n\n[Om ((träff)) | ((avboka))]\n\n== ((plats))"


@given(MARKUP, MARKUP)
def test_no_value_is_more_than_words(title, venue):
    about = {
        "session_url": "http://localhost:8000/t/1/",
        "withdraw_url": "http://localhost:8000/a/",
    }
    plain = said(EVERYWHERE, session=make_unsaved(venue="b"), title="a", **about)
    odd = said(EVERYWHERE, session=make_unsaved(venue=f"b{venue}"), title=f"{title}a", **about)
    assert shape(odd.html) == shape(plain.html)
    assert "\ue001" not in odd.text + odd.html
    assert len(odd.text.split("\n")) == len(plain.text.split("\n"))


@given(MARKUP)
def test_a_reason_with_paragraphs_is_no_more_than_words(reason):
    plain, odd = (
        said("((skälet))", letter="learning/session_cancelled", session=make_unsaved(**told)).html
        for told in ({"cancelled_because": "a"}, {"cancelled_because": f"a{reason}\n\n{reason}"})
    )
    assert shape(odd)[:3] == shape(plain)[:3]
    assert shape(plain)[:2] == ([], 0)
