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
# What docs/glossary.md has another word for. A few of its words have honest uses beside the retired
# one ("formulär", "löfte", "aktivitet", "möte", "okänd"), so no machine can refuse them.
RETIRED = re.compile(
    r"\b(samarbetet\w*|partnerskap\w*|(det )?gemensamma arbetet|systemet|sajt\w*|"
    r"ansluten organisation|företräd\w*|serie[rn]?|väntelist\w*|avanmäl\w*|"
    r"lämna(r|de|t|s)? (din )?plats(en)?|utebli\w*|frånvarande|återbud|drop-in\w*|oanmäld\w*|"
    r"ej kvantifierad\w*|brev(et|en)?)\b|(ton|CO₂e)\b[^.]* om året\b",
    re.I,
)
LETTERS = sorted(Path(settings.BASE_DIR).glob("templates/*/mail/*.sv.txt"))
SHIPPED = sorted(Path(settings.BASE_DIR).glob("partners/shipped/*.sv.md"))
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


def addresses_left_out(text):
    """What is an address of a page is no sentence: "traffar/<int:pk>/oanmald/"."""
    return "" if re.fullmatch(r"[\w/<>:.-]+/", text) else text


def test_no_swedish_text_has_a_retired_word():
    found = [(e.msgid, text) for e in read("sv", "po") for text in texts(e)]
    assert [pair for pair in found if RETIRED.search(addresses_left_out(pair[1]))] == []


@pytest.mark.parametrize("path", [*LETTERS, *SHIPPED], ids=lambda path: path.name)
def test_no_letter_and_no_page_of_a_new_portal_has_a_retired_word(path):
    text = path.read_text()
    assert [found.group() for found in RETIRED.finditer(text)] == []
    assert [found.group() for found in FORBIDDEN.finditer(text)] == []


def test_the_letters_and_pages_are_found():
    assert len(LETTERS) > 10
    assert len(SHIPPED) > 5


@pytest.mark.parametrize(
    "text",
    ["Du företräder Bostaden", "Väntelista", "Lämna platsen", "3 ton CO₂e om året", "Alla serier"],
)
def test_a_retired_word_is_found(text):
    assert RETIRED.search(text)


@pytest.mark.parametrize(
    "text", ["Träffserien är ny", "Lämna kön", "en gång om året", "Avboka platsen", "Brevlådan"]
)
def test_a_word_much_like_it_is_not(text):
    assert not RETIRED.search(text)
