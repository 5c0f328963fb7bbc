"""Translations: every English text has its Swedish, and what is compiled is what is written."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

LANGUAGES = ["sv", "en"]
FORBIDDEN = re.compile(
    r"\b(avseende|vänligen|erhåll\w*|nedan|nedanstående|ovanstående|submit|ok|oj|hoppsan)\b", re.I
)
# Django's own text; ours says it without the name of the table.
SAID_WITHOUT = {"%(model_name)s with this %(field_label)s already exists."}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}")


def read(language, ending):
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / f"django.{ending}"
    return polib.pofile(str(path)) if ending == "po" else polib.mofile(str(path))


def texts(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def test_every_text_has_its_swedish_and_none_is_a_guess():
    entries = [entry for entry in read("sv", "po") if not entry.obsolete]
    assert len(entries) > 1000
    assert [e.msgid for e in entries if e.fuzzy or not all(texts(e))] == []


def test_both_languages_know_the_same_texts():
    swedish, english = ({key(entry) for entry in read(language, "po")} for language in LANGUAGES)
    assert swedish ^ english == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    written = {key(e): texts(e) for e in read(language, "po").translated_entries()}
    compiled = {key(e): texts(e) for e in read(language, "mo")}
    assert compiled == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_its_text_does(language):
    """Only one form of a plural may leave its number out: "one person"."""
    wrong = []
    for entry in read(language, "po").translated_entries():
        if entry.msgid in SAID_WITHOUT:
            continue
        sources = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
        wanted = {part for source in sources for part in PLACEHOLDER.findall(source)}
        for text in texts(entry):
            said = set(PLACEHOLDER.findall(text))
            complete = said <= wanted if entry.msgid_plural else said == wanted
            wrong += [] if complete else [(entry.msgid, text)]
        if entry.msgid_plural and set(PLACEHOLDER.findall(texts(entry)[-1])) != wanted:
            wrong.append((entry.msgid, texts(entry)[-1]))
    assert wrong == []


def test_no_swedish_text_has_a_word_of_the_forms_of_old():
    found = [(e.msgid, text) for e in read("sv", "po") for text in texts(e)]
    assert [pair for pair in found if FORBIDDEN.search(pair[1])] == []
