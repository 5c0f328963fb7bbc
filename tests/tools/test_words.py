import os
import shutil
from pathlib import Path

import polib
import pytest

from tests.northstar.house import HOUSE
from tools import words

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ["manage.py", "pyproject.toml", "templates", "locale", *HOUSE]

with_gettext = pytest.mark.skipif(
    not shutil.which("xgettext") and not os.environ.get("CI"), reason="gettext is not installed"
)


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """The sources in a folder of their own, which the command then takes for the repository."""
    for name in SOURCES:
        place = ROOT / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, tmp_path / name)
    monkeypatch.setattr(words, "ROOT", tmp_path)
    return tmp_path


def entries(path):
    return {(e.msgctxt, e.msgid, e.msgid_plural): (e.msgstr, e.msgstr_plural) for e in path}


@with_gettext
def test_making_words_changes_nothing_when_all_are_there(copy, capsys):
    assert words.main() == 0, capsys.readouterr().out
    for language in words.LANGUAGES:
        kept = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
        made = polib.pofile(str(words.file_of(language)))
        assert list(entries(made).items()) == list(entries(kept).items())  # in order, too


@with_gettext
def test_a_new_sentence_waits_for_its_swedish_without_a_guess(copy, capsys):
    page = copy / "templates" / "404.html"
    page.write_text(
        page.read_text() + '{% translate "Attendance can be taken from the day of the sessions." %}'
    )
    assert words.main() == 1
    assert "Attendance can be taken from the day of the sessions." in capsys.readouterr().out
    written = words.file_of("sv").read_text()
    assert 'day of the sessions."\nmsgstr ""\n\n' in written
    assert "#| msgid" not in written


def test_without_gettext_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert words.main() == 1
    assert "apt-get install gettext" in capsys.readouterr().err


def test_tidying_sorts_and_drops_dates_and_guesses(tmp_path):
    path = tmp_path / "django.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"Language: sv\\n"\n"POT-Creation-Date: 2026-11-28\\n"\n\n'
        'msgid "b"\nmsgstr "be"\n\n#, fuzzy\n#| msgid "b"\nmsgid "a"\nmsgstr "be"\n'
    )
    assert words.untranslated(words.tidy(path)) == ["a"]
    assert path.read_text().endswith('msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr "be"\n')
    assert "POT-Creation-Date" not in path.read_text()
    assert [entry.msgid for entry in polib.mofile(str(path.with_suffix(".mo")))] == ["b"]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    source = polib.pofile(str(words.file_of(language)))
    compiled = polib.mofile(str(words.file_of(language).with_suffix(".mo")))
    assert entries(compiled) == entries(source.translated_entries())
    assert not source.fuzzy_entries()


def test_every_sentence_has_its_swedish():
    assert words.untranslated(polib.pofile(str(words.file_of("sv")))) == []
