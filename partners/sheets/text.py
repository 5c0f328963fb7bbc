"""Text from people made fit for files: a file's name, no formula. Knows no Django."""

import re
import unicodedata

from partners.reading.text import one_line

# A text that a spreadsheet would run as a formula (OWASP ASVS 1.2.10, and full-width signs).
# Apostrophes before it count along, so that taking one away gives back exactly what was written.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")


def lines_of(text: str) -> list[str]:
    """The lines of a cell that holds several, each tidied; nothing if it holds one."""
    if "\n" not in text and "\r" not in text:
        return []
    lines = [line for line in map(one_line, text.splitlines()) if line]
    return lines if len(lines) > 1 else []


def file_name(name: str) -> str:
    """*name* composed, without folders, and with nothing in it that is not seen."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = (char for char in name if not unicodedata.category(char).startswith("C"))
    return " ".join("".join(seen).split())


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What *guarded* was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
