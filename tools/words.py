"""Takes the portal's words out of code and templates, and compiles them: `make words`.

Django's makemessages finds them; the files keep one form (sorted by the English words, no line
numbers, no dates), so that a change of words is all that a diff shows. What gettext guesses for a
new sentence from one much like it is not kept: it would be read as a translation.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("sv", "en")
DATES = ("POT-Creation-Date", "Report-Msgid-Bugs-To")


def file_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def extract() -> None:
    """Bring both files up to date with the code, in makemessages' own form."""
    languages = [word for language in LANGUAGES for word in ("--locale", language)]
    form = ["--no-location", "--no-obsolete", "--ignore", "tests/*", "--ignore", "tools/*"]
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *languages, *form],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def tidy(path: Path) -> polib.POFile:
    """Write *path* in the form of the house, and return it."""
    words = polib.pofile(str(path))
    for entry in words:
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    for heading in DATES:
        words.metadata.pop(heading, None)
    words.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    words.save()
    words.save_as_mofile(str(path.with_suffix(".mo")))
    return words


def untranslated(words: polib.POFile) -> list[str]:
    return [entry.msgid for entry in words.untranslated_entries()]


def main() -> int:
    if missing := [name for name in ("xgettext", "msgmerge", "msguniq") if not shutil.which(name)]:
        print(
            f"make words needs gettext ({', '.join(missing)} not found). On Debian and Ubuntu: "
            "apt-get install gettext; on a Mac: brew install gettext.",
            file=sys.stderr,
        )
        return 1
    extract()
    swedish, _english = [tidy(file_of(language)) for language in LANGUAGES]
    left = untranslated(swedish)
    print(f"locale/ is up to date; {len(left)} sentences wait for their Swedish", *left, sep="\n  ")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
